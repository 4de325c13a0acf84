package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestProgress: one line after a while, gone before anything else is written,
// and none of it in pipes and CI.
func TestProgress(t *testing.T) {
	t.Setenv("CI", "")
	t.Setenv("TERM", "xterm")
	var out, errOut bytes.Buffer
	s := newStreams(nil, &out, &errOut)
	s.errTerminal = true
	s.busy("judging", time.Millisecond)
	s.busy("twice", time.Millisecond)
	time.Sleep(20 * time.Millisecond)
	if _, err := s.out.Write([]byte("result\n")); err != nil {
		t.Fatal(err)
	}
	shown := errOut.String()
	if !strings.HasPrefix(shown, clearLine+"judging, 0 s") || !strings.HasSuffix(shown, clearLine) || strings.Contains(shown, "twice") {
		t.Errorf("progress %q", shown)
	}
	s.rest() // a second time is nothing
	if out.String() != "result\n" {
		t.Errorf("out %q", out.String())
	}

	errOut.Reset()
	s.busy("quick", time.Hour)
	if _, err := s.err.Write([]byte("said\n")); err != nil || errOut.String() != "said\n" {
		t.Errorf("quick work shows %q", errOut.String())
	}
	for name, quiet := range map[string]func(){
		"CI":     func() { t.Setenv("CI", "true") },
		"dumb":   func() { t.Setenv("CI", ""); t.Setenv("TERM", "dumb") },
		"a pipe": func() { t.Setenv("TERM", "xterm"); s.errTerminal = false },
	} {
		errOut.Reset()
		s.errTerminal = true
		quiet()
		s.busy("judging", time.Millisecond)
		time.Sleep(10 * time.Millisecond)
		s.rest()
		if errOut.Len() > 0 {
			t.Errorf("%s sees %q", name, errOut.String())
		}
	}
}
