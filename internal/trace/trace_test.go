package trace

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRoundTrip reads all recorded traces and writes the same bytes.
func TestRoundTrip(t *testing.T) {
	files, err := filepath.Glob("../../testdata/traces/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no traces (%v)", err)
	}
	for _, file := range files {
		recorded, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts, err := ParseText(recorded)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if diff := cmp.Diff(string(recorded), string(FormatText(texts))); diff != "" {
			t.Errorf("%s (-recorded +written):\n%s", file, diff)
		}
		for _, text := range texts {
			if _, typed := text.Spec.Get("kind"); typed {
				continue // another kind than the planner's types are for
			}
			tr, err := text.Trace()
			if err != nil {
				t.Errorf("%s: %s: %v", file, text.Name, err)
			}
			racing := strings.HasPrefix(text.Name, "races:") // outcomes lose their conditions
			if diff := cmp.Diff(text.String(), tr.String()); diff != "" && !racing {
				t.Errorf("%s: through the planner's types (-text +typed):\n%s", file, diff)
			}
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"start -> 1:1/1/1", "line 1: a trace starts with # and its name"},
		{"# x\n-> 1:1/1/1", "line 2: a state without an event"},
		{"# x\n or 1:1/1/1", "line 2: an outcome without another"},
		{"# x\nspec replica=1", "x: a Deployment has no replica"},
		{"# x\nscenario mood=good", "x: a scenario has no mood"},
		{"# x\nstart -> 1:1/1", `x: "1:1/1" is no revision's pods`},
		{"# x\nstart\nready revision=one", `x: ready revision=one: revision=one: strconv.Atoi: parsing "one": invalid syntax`},
		{"# x\nstart\nupdate time=1s", "x: update time=1s: time=1s: a Deployment has no time"},
	} {
		_, err := Parse([]byte(tc.text))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != tc.want {
			t.Errorf("%q: got error %q, want %q", tc.text, got, tc.want)
		}
	}
}
