package cli

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/planner"
)

func TestParsePods(t *testing.T) {
	for in, want := range map[string]planner.IntOrPercent{
		"0": planner.Count(0), "3": planner.Count(3), "2147483647": planner.Count(2147483647),
		"0%": planner.Percent(0), "25%": planner.Percent(25), "300%": planner.Percent(300),
	} {
		if got, err := parsePods(in); err != nil || got != want {
			t.Errorf("parsePods(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"", "%", "-1", "+3", "2147483648", "2.5", "25 %", "many", "0x10", "1e3", "25%%"} {
		if got, err := parsePods(in); err == nil {
			t.Errorf("parsePods(%q) = %v, want an error", in, got)
		}
	}
}

func TestSpanFlag(t *testing.T) {
	for in, want := range map[string]planner.Span{
		"20s":      {Min: 20 * time.Second, Max: 20 * time.Second},
		"0s..1m":   {Max: time.Minute},
		"1.5s..2s": {Min: 1500 * time.Millisecond, Max: 2 * time.Second},
		"0":        {},
	} {
		var f spanFlag
		if err := f.Set(in); err != nil {
			t.Errorf("Set(%q): %v", in, err)
		} else if diff := cmp.Diff(want, *f.value); diff != "" {
			t.Errorf("Set(%q) (-want +got):\n%s", in, diff)
		}
	}
	for _, in := range []string{"", "20", "..", "5s..", "..5s", "2s..1s", "-1s", "1s..2s..3s", "9000h", "1h..never"} {
		var f spanFlag
		if err := f.Set(in); err == nil {
			t.Errorf("Set(%q) = %v, want an error", in, *f.value)
		}
	}
}

func TestNearest(t *testing.T) {
	choices := []string{"text", "json", "sarif", "liveness-kills-slow-start"}
	for in, want := range map[string]string{
		"jsno": "json", "JSON": "json", "sarf": "sarif", "txet": "text",
		"livness-kill-slow-start": "liveness-kills-slow-start",
		"xml":                     "", "": "", "yaml": "",
	} {
		if got := nearest(in, choices); got != want {
			t.Errorf("nearest(%q) = %q, want %q", in, got, want)
		}
	}
}
