package validate

import (
	"strings"
	"testing"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/oracle/mutate"
	"github.com/rollcast/rollcast/schema"
)

// TestProductAgainstServer asks the server and rollcast's own check about
// mutants of the samples. Here nothing is explained away: the two must agree.
func TestProductAgainstServer(t *testing.T) {
	for kind, trees := range sources(t) {
		if *onlyKind != "" && !strings.HasSuffix(kind, "/"+*onlyKind) {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			source := mutate.New(*seed, trees...)
			compare(t, source, 10**mutants, product, func(Verdict) bool { return false })
		})
	}
}

// product is what rollcast says of an object: its errors, one line each.
func product(tree mutate.Tree) []string {
	return findings("mutant.json", mutate.Bytes(tree))
}

func findings(name string, text []byte) []string {
	file := manifest.Parse(name, text, manifest.Options{})
	var faults []string
	for _, p := range file.Problems {
		if !p.Warning {
			faults = append(faults, "syntax: "+p.Message)
		}
	}
	for _, doc := range file.Documents {
		for _, f := range schema.Check(doc, schema.Options{Minor: minor}).Findings {
			if f.Severity == finding.Error {
				faults = append(faults, f.Path.String()+": "+f.Rule+": "+f.Message)
			}
		}
	}
	return faults
}
