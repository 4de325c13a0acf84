package finding_test

import (
	"testing"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

func TestParseSeverity(t *testing.T) {
	for _, s := range []finding.Severity{finding.Info, finding.Warning, finding.Error} {
		if got, err := finding.ParseSeverity(s.String()); err != nil || got != s {
			t.Errorf("ParseSeverity(%q) = %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "fatal", "Error"} {
		if got, err := finding.ParseSeverity(s); err == nil {
			t.Errorf("ParseSeverity(%q) = %v, want an error", s, got)
		}
	}
}

func TestSort(t *testing.T) {
	a, b := &manifest.File{Name: "a.yaml"}, &manifest.File{Name: "b.yaml"}
	mk := func(f *manifest.File, byte int, rule string) finding.Finding {
		return finding.Finding{File: f, Rule: rule, Range: manifest.Range{Start: manifest.Pos{Byte: byte}}}
	}
	got := []finding.Finding{mk(b, 0, "x"), mk(a, 9, "y"), mk(a, 9, "x"), mk(a, 3, "z")}
	finding.Sort(got)
	want := []finding.Finding{mk(a, 3, "z"), mk(a, 9, "x"), mk(a, 9, "y"), mk(b, 0, "x")}
	for i := range want {
		if got[i].File != want[i].File || got[i].Range != want[i].Range || got[i].Rule != want[i].Rule {
			t.Errorf("place %d: %s %d %s, want %s %d %s", i, got[i].File.Name, got[i].Range.Start.Byte, got[i].Rule, want[i].File.Name, want[i].Range.Start.Byte, want[i].Rule)
		}
	}
}
