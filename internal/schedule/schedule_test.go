package schedule

import (
	"testing"
	"time"
)

func TestNext(t *testing.T) {
	for _, tc := range []struct{ text, zone, after, want string }{
		{"*/5 * * * *", "", "2026-01-05T10:00:00Z", "2026-01-05T10:05:00Z"},
		{"@hourly", "", "2026-01-05T10:00:01Z", "2026-01-05T11:00:00Z"},
		{"0 9 * * *", "Europe/Berlin", "2026-01-05T07:00:00Z", "2026-01-05T08:00:00Z"},
		{"0 9 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T07:00:00Z"},  // summer time
		{"30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z"}, // no half past two that night
		{"30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"}, // the second one
		{"0 12 15 * 1", "", "2026-01-12T12:00:00Z", "2026-01-15T12:00:00Z"},
	} {
		next, err := Parse(tc.text, tc.zone)
		if err != nil {
			t.Fatal(err)
		}
		after, _ := time.Parse(time.RFC3339, tc.after)
		if got := next(after).UTC().Format(time.RFC3339); got != tc.want {
			t.Errorf("%s %s after %s: %s, want %s", tc.text, tc.zone, tc.after, got, tc.want)
		}
	}
	if next, err := Parse("0 0 31 2 *", ""); err != nil || !next(time.Unix(0, 0)).IsZero() {
		t.Errorf("31 February comes (%v)", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"*/5 * * * *", "@every 1s", "TZ=", "TZ=0", "0 0 31 2 *", "99 * * * *", "* * * * * *", ""} {
		f.Add(text, "")
	}
	f.Add("0 0 * * *", "Mars/Olympus")
	f.Fuzz(func(t *testing.T, text, zone string) {
		next, err := Parse(text, zone)
		if err != nil {
			return
		}
		now := time.Unix(1_800_000_000, 0)
		if at := next(now); !at.IsZero() && !at.After(now) {
			t.Errorf("%q in %q: %s is not after %s", text, zone, at, now)
		}
	})
}
