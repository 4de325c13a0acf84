package cli

import (
	"errors"
	"io"
	"os"
	"strconv"
	"syscall"

	"golang.org/x/term"
)

// streams are the process's three streams and what is known of them.
type streams struct {
	in       io.Reader
	out, err io.Writer
	terminal bool // out is a terminal
	width    int  // of the terminal in columns; 0 where out is none

	errTerminal bool      // err is a terminal
	errRaw      io.Writer // err, without an end to the progress
	progress    *progress // nil where none is shown
}

func newStreams(in io.Reader, out, errOut io.Writer) *streams {
	s := &streams{in: in, errRaw: errOut}
	s.out, s.err = restfulWriter{&quietWriter{w: out}, s}, restfulWriter{errOut, s}
	if f, ok := errOut.(*os.File); ok {
		s.errTerminal = term.IsTerminal(int(f.Fd()))
	}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		s.terminal = true
		s.width = 80
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
			s.width = w
		}
		if w, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && w > 0 {
			s.width = w
		}
	}
	return s
}

// colour decides once whether standard output gets colours. An explicit flag
// wins over the environment, and the environment over the terminal.
func (s *streams) colour(flag string) bool {
	switch flag {
	case colourAlways:
		return true
	case colourNever:
		return false
	}
	switch {
	case os.Getenv("NO_COLOR") != "":
		return false
	case forced(os.Getenv("CLICOLOR_FORCE")), forced(os.Getenv("FORCE_COLOR")):
		return true
	}
	return s.terminal && os.Getenv("TERM") != "dumb"
}

func forced(v string) bool { return v != "" && v != "0" }

// A quietWriter swallows what is written after its reader has gone away: in
// `rollcast lint | head` the verdict is still true and nobody wants to read
// about the pipe.
type quietWriter struct {
	w    io.Writer
	gone bool
}

func (q *quietWriter) Write(p []byte) (int, error) {
	if q.gone {
		return len(p), nil
	}
	n, err := q.w.Write(p)
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) {
		q.gone = true
		return len(p), nil
	}
	return n, err
}
