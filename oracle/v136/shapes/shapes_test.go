package shapes

import (
	"os"
	"testing"

	"cuelang.org/go/cue/format"
	"github.com/google/go-cmp/cmp"
)

// TestShapes holds schema/shapes.cue against the Go types. UPDATE=1 rewrites it.
func TestShapes(t *testing.T) {
	const golden = "../../../schema/shapes.cue"
	s, err := Scheme()
	if err != nil {
		t.Fatal(err)
	}
	since, err := os.ReadFile("../../../schema/testdata/since.txt")
	if err != nil {
		t.Fatal(err)
	}
	text, err := File(s, Kinds, Since(string(since)))
	if err != nil {
		t.Fatal(err)
	}
	if text, err = format.Source(text); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(text)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", golden, diff)
	}
}
