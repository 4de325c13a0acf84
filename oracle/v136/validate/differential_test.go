package validate

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/oracle/mutate"
	"github.com/rollcast/rollcast/oracle/plaincue"
	"github.com/rollcast/rollcast/oracle/samples"
	"github.com/rollcast/rollcast/schema"
)

var (
	mutants  = flag.Int("mutants", mutantsOf("ORACLE_MUTANTS", 250), "mutants of each kind that server and CUE are asked about; rollcast is asked about ten times as many")
	seed     = flag.Uint64("seed", 1, "seed of the mutants")
	onlyKind = flag.String("kind", "", "mutants of this kind only")
)

// mutantsOf is the number in an environment variable: 250 mutants take half a
// minute, the 5,000 of a long run ten.
func mutantsOf(variable string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil && n > 0 {
		return n
	}
	return otherwise
}

// TestCUEAgainstServer asks the server and CUE's own evaluator about mutants
// of the samples. What CUE rejects the server must reject. What the server
// rejects and CUE accepts must be what a @check of schema/ says in Go, and
// must be a small part.
func TestCUEAgainstServer(t *testing.T) {
	if minor != schema.Newest {
		t.Skip("CUE by itself knows the newest minor only")
	}
	judge, err := plaincue.Load("../../../schema")
	if err != nil {
		t.Fatal(err)
	}
	byKind := sources(t)
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		if *onlyKind != "" && !strings.HasSuffix(kind, "/"+*onlyKind) {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			rejected, found := compare(t, mutate.New(*seed, byKind[kind]...), *mutants, func(tree mutate.Tree) []string {
				faults, _ := judge.Errors(tree, minor)
				return faults
			}, explained)
			share := 100 * found / max(rejected, 1)
			t.Logf("of %d mutants the server rejects %d; CUE alone finds %d of them, %d %%", *mutants, rejected, found, share)
			if share < 80 {
				t.Errorf("CUE alone finds %d %% of the rejections, less than 80 %%", share)
			}
		})
	}
}

// kindsOf sorts samples by apiVersion/kind.
func kindsOf(all []samples.Sample) map[string][]mutate.Tree {
	byKind := map[string][]mutate.Tree{}
	for _, s := range all {
		k := kindOf(s.Tree)
		byKind[k] = append(byKind[k], s.Tree)
	}
	return byKind
}

func kindOf(tree mutate.Tree) string {
	return mutate.At(tree, "apiVersion").(string) + "/" + mutate.At(tree, "kind").(string)
}

// compare asks the server and another judge, which lists the faults it finds,
// about n mutants. It reports each difference that excused does not excuse
// once, as small as it can be, and counts what the server rejects and what of
// it the judge finds.
func compare(t *testing.T, source *mutate.Source, n int, judge func(mutate.Tree) []string, excused func(Verdict) bool) (rejected, found int) {
	seen := map[string]bool{}
	for range n {
		tree, edits := source.Next()
		if unspeakable(tree) {
			continue
		}
		server, err := Create(mutate.Bytes(tree), JSON)
		if err != nil {
			continue // a field such as "apiversion" became the version
		}
		faults := judge(tree)
		if !server.Accepted {
			rejected++
			if len(faults) > 0 {
				found++
			}
		}
		sign := signature(server, faults)
		if server.Accepted == (len(faults) == 0) || seen[sign] || excused(server) {
			continue
		}
		seen[sign] = true
		small := mutate.Shrink(tree, func(x mutate.Tree) bool {
			v, err := Create(mutate.Bytes(x), JSON)
			return err == nil && v.Accepted == server.Accepted && !excused(v) && (len(judge(x)) == 0) != v.Accepted
		})
		server, _ = Create(mutate.Bytes(small), JSON)
		faults = judge(small)
		if sign := "small: " + signature(server, faults); !seen[sign] {
			seen[sign] = true
			t.Errorf("after %s\n%s\nserver: %s\nwe: %s", edits, mutate.Bytes(small), answer(server), strings.Join(faults, "\n    "))
		}
	}
	return rejected, found
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
