package since

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLines holds schema/testdata/since.txt, with which the tests of schema/
// compare the attributes in CUE, against the Go types. UPDATE=1 rewrites it.
func TestLines(t *testing.T) {
	lines, err := Lines()
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "../../schema/testdata/since.txt", lines)
}

// TestGates holds schema/gates.txt, with which the tests of schema/ compare the
// gates in CUE, against the feature gates of every minor.
func TestGates(t *testing.T) {
	lines, err := Gates()
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "../../schema/gates.txt", lines)
}

func golden(t *testing.T, name string, lines []string) {
	t.Helper()
	got := strings.Join(lines, "\n") + "\n"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
