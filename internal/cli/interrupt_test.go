//go:build unix

package cli

import (
	"bytes"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestInterrupt: a file is the old one or the new one, and nothing lies beside
// it, whenever the interrupt comes.
func TestInterrupt(t *testing.T) {
	late := make(chan os.Signal, 100) // an interrupt after the write ends no test
	signal.Notify(late, os.Interrupt)
	defer signal.Stop(late)
	before, after := []byte("before"), bytes.Repeat([]byte("after "), 1<<22)
	interrupted := false
	for wait := time.Duration(0); wait < 100*time.Millisecond && !interrupted; wait += time.Millisecond / 2 {
		dir := t.TempDir()
		name := filepath.Join(dir, "out")
		if err := os.WriteFile(name, before, 0o644); err != nil {
			t.Fatal(err)
		}
		sent := make(chan error)
		go func() {
			time.Sleep(wait)
			sent <- syscall.Kill(os.Getpid(), syscall.SIGINT)
		}()
		err := replaceFile(name, after)
		if err := <-sent; err != nil {
			t.Fatal(err)
		}
		want := after
		if err != nil {
			want, interrupted = before, true
		}
		if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("after %s: %d bytes, want %d", wait, len(got), len(want))
		}
		if list, err := os.ReadDir(dir); err != nil || len(list) != 1 {
			t.Errorf("after %s: %v lies there", wait, list)
		}
	}
	if !interrupted {
		t.Error("no write was interrupted")
	}
}
