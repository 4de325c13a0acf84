package planner

import (
	"testing"
	"time"
)

func TestSpanString(t *testing.T) {
	for _, tc := range []struct {
		span Span
		want string
	}{
		{Span{}, "0s"},
		{Span{Max: 20 * time.Second}, "0s..20s"},
		{Span{Min: time.Minute, Max: 10 * time.Minute}, "1m..10m"},
		{Span{Min: 75 * time.Second, Max: 80 * time.Second}, "1m15s..1m20s"},
		{Span{Max: 2 * time.Hour}, "0s..2h"},
		{Span{Max: 2*time.Hour + 10*time.Second}, "0s..2h10s"},
		{Span{Max: 90 * time.Minute, Open: true}, "≥1h30m"},
		{Span{Min: 1500 * time.Millisecond, Max: 1500 * time.Millisecond}, "1.5s"},
	} {
		if got := tc.span.String(); got != tc.want {
			t.Errorf("%v: %s, want %s", tc.span.Max, got, tc.want)
		}
	}
}
