package rules

import (
	"errors"
	"fmt"
	"runtime/metrics"
	"time"
)

var (
	errTooSlow  = errors.New("takes too long")
	errTooLarge = errors.New("takes too much memory")
)

const (
	// maxGrowth is by how much the heap may grow while a user's rule is
	// evaluated, in bytes; other goroutines' share counts too.
	maxGrowth   = 1 << 30
	watchPeriod = 20 * time.Millisecond
)

// watchMemory cancels once the heap has grown by more bytes than growth. The
// function it returns ends the watch.
func watchMemory(growth uint64, cancel func(error)) (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(watchPeriod)
		defer tick.Stop()
		var before uint64
		for first := true; ; first = false {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			now := heap()
			switch {
			case first:
				before = now
			case now > before+growth:
				cancel(fmt.Errorf("%w, more than %d MiB", errTooLarge, growth>>20))
				return
			}
		}
	}()
	return func() { close(done) }
}

// heap is how many bytes the objects of the heap take, dead ones included that
// have not been collected yet.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
