package spell_test

import (
	"testing"

	"github.com/rollcast/rollcast/internal/spell"
)

func TestNearest(t *testing.T) {
	choices := []string{"format", "profile", "fail-on", "max-surge", "max-unavailable"}
	for _, tc := range []struct{ word, want string }{
		{"fromat", "format"}, // two neighbours swapped
		{"Profil", "profile"},
		{"failon", "fail-on"},
		{"xml", ""}, // nothing like it
		{"", ""},
		{"prof", "profile"}, // the beginning of one
		{"max", ""},         // of two
		{"max-su", "max-surge"},
		{"pr", ""}, // too little to tell
	} {
		if got := spell.Nearest(tc.word, choices); got != tc.want {
			t.Errorf("Nearest(%q) = %q, want %q", tc.word, got, tc.want)
		}
	}
}

func TestOr(t *testing.T) {
	for want, choices := range map[string][]string{"nothing": nil, "a": {"a"}, "a or b": {"a", "b"}, "a, b or c": {"a", "b", "c"}} {
		if got := spell.Or(choices); got != want {
			t.Errorf("Or(%q) = %q, want %q", choices, got, want)
		}
	}
}
