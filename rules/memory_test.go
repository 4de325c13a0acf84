package rules

import (
	"errors"
	"testing"
	"time"
)

func TestWatchMemory(t *testing.T) {
	stopped := make(chan error, 1)
	cancel := func(err error) { stopped <- err }

	end := watchMemory(16<<20, cancel)
	select {
	case err := <-stopped:
		t.Errorf("nothing grew: %v", err)
	case <-time.After(5 * watchPeriod):
	}
	end()

	// The heap grows until somebody stops it, however late the watch looks.
	end = watchMemory(16<<20, cancel)
	defer end()
	var held [][]byte
	for range 2000 {
		held = append(held, make([]byte, 1<<20))
		select {
		case err := <-stopped:
			if !errors.Is(err, errTooLarge) || err.Error() != "takes too much memory, more than 16 MiB" {
				t.Error(err)
			}
			return
		case <-time.After(5 * time.Millisecond):
		}
	}
	t.Errorf("%d MiB were never stopped", len(held))
}
