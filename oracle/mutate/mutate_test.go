package mutate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const sample = `{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"a","ports":[{"containerPort":80}]},{"name":"b"}]}}`

func parse(t *testing.T, doc string) Tree {
	t.Helper()
	tree, err := Parse([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func TestSourceIsDeterministicAndLeavesSamplesAlone(t *testing.T) {
	tree := parse(t, sample)
	a, b := New(7, tree), New(7, tree)
	changed := 0
	for range 500 {
		x, edits := a.Next()
		y, _ := b.Next()
		if diff := cmp.Diff(string(Bytes(x)), string(Bytes(y))); diff != "" {
			t.Fatalf("equal seeds differ after %s: %s", edits, diff)
		}
		if string(Bytes(x)) != sample {
			changed++
		}
	}
	if got := string(Bytes(tree)); got != sample {
		t.Errorf("the sample became %s", got)
	}
	if changed < 300 {
		t.Errorf("only %d of 500 mutants differ from the sample", changed)
	}
}

func TestShrink(t *testing.T) {
	got := Shrink(parse(t, sample), func(t Tree) bool {
		return strings.Contains(string(Bytes(t)), "containerPort")
	})
	want := `{"spec":{"containers":[{"ports":[{"containerPort":80}]}]}}`
	if diff := cmp.Diff(want, string(Bytes(got))); diff != "" {
		t.Error(diff)
	}
}
