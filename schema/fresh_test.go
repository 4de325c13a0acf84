package schema

import (
	"bytes"
	"os"
	"testing"

	"github.com/rollcast/rollcast/schema/compile"
)

// TestTableIsFresh compiles the CUE files and compares the result with what is
// checked in.
func TestTableIsFresh(t *testing.T) {
	sources, err := compile.Sources(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	named, err := tableOf(sources)
	if err != nil {
		t.Fatal(err)
	}
	want, err := named.Source()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("kinds/table.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("schema/kinds/table.go is older than schema/*.cue: run go generate ./schema")
	}
}
