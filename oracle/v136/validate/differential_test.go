package validate

import (
	"flag"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/oracle/mutate"
	"github.com/rollcast/rollcast/oracle/plaincue"
	"github.com/rollcast/rollcast/oracle/samples"
)

var (
	mutants  = flag.Int("mutants", 300, "mutants of each kind that server and CUE are asked about")
	seed     = flag.Uint64("seed", 1, "seed of the mutants")
	onlyKind = flag.String("kind", "", "mutants of this kind only")
)

// TestCUEAgainstServer asks the server and CUE's own evaluator about mutants
// of the samples. What CUE rejects the server must reject. What the server
// rejects and CUE accepts must be what a @check of schema/ says in Go, and
// must be a small part.
func TestCUEAgainstServer(t *testing.T) {
	judge, err := plaincue.Load("../../../schema")
	if err != nil {
		t.Fatal(err)
	}
	all, err := samples.All()
	if err != nil {
		t.Fatal(err)
	}
	byKind := map[string][]mutate.Tree{}
	for _, s := range all {
		k := mutate.At(s.Tree, "apiVersion").(string) + "/" + mutate.At(s.Tree, "kind").(string)
		byKind[k] = append(byKind[k], s.Tree)
	}
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		if *onlyKind != "" && !strings.HasSuffix(kind, "/"+*onlyKind) {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			compare(t, judge, mutate.New(*seed, byKind[kind]...))
		})
	}
}

func compare(t *testing.T, judge *plaincue.Judge, source *mutate.Source) {
	var rejected, found int
	seen := map[string]bool{}
	for range *mutants {
		tree, edits := source.Next()
		server, cue, err := ask(judge, tree)
		if err != nil {
			t.Fatal(err)
		}
		if !server.Accepted {
			rejected++
			if len(cue) > 0 {
				found++
			}
		}
		if server.Accepted == (len(cue) == 0) || explained(server) {
			continue
		}
		// One example of each difference is enough.
		if sign := signature(server, cue); seen[sign] {
			continue
		} else {
			seen[sign] = true
		}
		small := mutate.Shrink(tree, func(x mutate.Tree) bool {
			v, faults, err := ask(judge, x)
			return err == nil && v.Accepted == server.Accepted && (len(faults) > 0) == (len(cue) > 0) && !explained(v)
		})
		v, faults, _ := ask(judge, small)
		if sign := "small: " + signature(v, faults); !seen[sign] {
			seen[sign] = true
			t.Errorf("after %s\n%s\nserver: %s\nCUE: %s", edits, mutate.Bytes(small), answer(v), strings.Join(faults, "\n     "))
		}
	}
	share := 100 * found / max(rejected, 1)
	t.Logf("of %d mutants the server rejects %d; CUE alone finds %d of them, %d %%", *mutants, rejected, found, share)
	if share < 80 {
		t.Errorf("CUE alone finds %d %% of the rejections, less than 80 %%", share)
	}
}

// ask both judges; an error means that the object's kind got lost.
func ask(judge *plaincue.Judge, tree mutate.Tree) (Verdict, []string, error) {
	v, err := Create(mutate.Bytes(tree), JSON)
	if err != nil {
		return v, nil, err
	}
	faults, _ := judge.Errors(tree, minor)
	return v, faults, nil
}

func answer(v Verdict) string {
	if v.Accepted {
		return "accepted"
	}
	var lines []string
	for _, e := range v.Errors {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s", e.Field, e.Type, e.Message)))
	}
	return strings.Join(lines, "\n        ")
}

var inBrackets = regexp.MustCompile(`\[[^\]]*\]|"[^"]*"|\d+`)

// signature is what two equal differences share.
func signature(v Verdict, faults []string) string {
	var parts []string
	for _, e := range v.Errors {
		parts = append(parts, inBrackets.ReplaceAllString(e.Field+e.Message, ""))
	}
	for _, f := range faults {
		path, _, _ := strings.Cut(f, ":")
		parts = append(parts, inBrackets.ReplaceAllString(path, ""))
	}
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), "|")
}
