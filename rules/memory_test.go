package rules

import (
	"errors"
	"testing"
	"time"
)

func TestWatchMemory(t *testing.T) {
	for _, grows := range []bool{false, true} {
		stopped := make(chan error, 1)
		end := watchMemory(16<<20, func(err error) { stopped <- err })
		time.Sleep(3 * watchPeriod) // the heap before
		var held [][]byte
		if grows {
			for range 64 {
				held = append(held, make([]byte, 1<<20))
			}
		}
		var err error
		select {
		case err = <-stopped:
		case <-time.After(5 * watchPeriod):
		}
		end()
		if errors.Is(err, errTooLarge) != grows || grows && err.Error() != "takes too much memory, more than 16 MiB" {
			t.Errorf("grows %v: %v (%d MiB held)", grows, err, len(held))
		}
	}
}
