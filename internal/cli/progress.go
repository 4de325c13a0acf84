package cli

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// patience is how long nothing is said about work that is going on.
const patience = time.Second

// A progress is one line about work that takes long, on standard error where
// that is a terminal. Whatever is written afterwards takes its place.
type progress struct {
	w       io.Writer
	done    chan struct{}
	stopped sync.WaitGroup
}

// busy says what is being done, once it has taken a while. Pipes and CI see
// nothing of it.
func (s *streams) busy(what string, patience time.Duration) {
	if !s.errTerminal || s.progress != nil || os.Getenv("CI") != "" || os.Getenv("TERM") == "dumb" {
		return
	}
	p := &progress{w: s.errRaw, done: make(chan struct{})}
	s.progress = p
	p.stopped.Go(func() {
		start := time.Now()
		tick := time.NewTicker(patience)
		defer tick.Stop()
		for shown := false; ; shown = true {
			select {
			case <-p.done:
				if shown {
					io.WriteString(p.w, clearLine)
				}
				return
			case <-tick.C:
				fmt.Fprintf(p.w, "%s%s, %d s", clearLine, what, int(time.Since(start).Seconds()))
			}
		}
	})
}

// clearLine goes to the start of the line and removes what is there.
const clearLine = "\r\x1b[K"

// rest removes the line, if there is one.
func (s *streams) rest() {
	if p := s.progress; p != nil {
		s.progress = nil
		close(p.done)
		p.stopped.Wait()
	}
}

// A restfulWriter ends the progress before it writes.
type restfulWriter struct {
	w io.Writer
	s *streams
}

func (r restfulWriter) Write(p []byte) (int, error) {
	r.s.rest()
	return r.w.Write(p)
}
