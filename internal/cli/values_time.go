package cli

import (
	"fmt"
	"time"

	"github.com/spf13/pflag"
)

// A timeFlag is a moment, zero where the flag is absent.
type timeFlag struct{ value time.Time }

var _ pflag.Value = (*timeFlag)(nil)

func (f *timeFlag) String() string {
	if f.value.IsZero() {
		return ""
	}
	return f.value.Format(time.RFC3339)
}

func (f *timeFlag) Type() string { return "TIME" }

// The API server's clock has seconds.
func (f *timeFlag) Set(s string) error {
	if s == "now" {
		f.value = time.Now().UTC().Truncate(time.Second)
		return nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Year() < 1970 || t.Year() > 9000 {
		return fmt.Errorf("%q is no time: write it as 2026-01-05T10:00:00Z, or now", s)
	}
	f.value = t.UTC()
	return nil
}
