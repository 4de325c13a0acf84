package review

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls do for 0 to n−1 on all CPUs. Each call writes only what
// belongs to its index, so the result does not depend on who came first.
func parallel(n int, do func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers <= 1 {
		for i := range n {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
			}
		})
	}
	wait.Wait()
}
