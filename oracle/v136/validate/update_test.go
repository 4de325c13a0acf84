package validate

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/oracle/mutate"
	"github.com/rollcast/rollcast/schema"
)

// A pair is an object and a changed one, with the server's answer.
type pair struct {
	sample, edits string
	server        Updated
}

// TestUpdates changes the samples and asks the server and a review with a base
// what that does: whether the update is refused, and whether the pod template
// is another one. The review is the program itself, which reads all pairs at
// once, each in a folder of its own.
func TestUpdates(t *testing.T) {
	if minor != schema.Newest {
		t.Skip("updates are judged as the newest minor does")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "rollcast")
	build := exec.Command("go", "build", "-o", program, "./cmd/rollcast")
	build.Dir = "../../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	pairs := writePairs(t, dir, 20**mutants)
	ours := reviewed(t, program, dir)
	refused, rolled := 0, 0
	seen := map[string]bool{}
	for i, p := range pairs {
		kinds := ours[folderOf(i)+"/a.json"]
		if !p.server.Accepted {
			refused++
		}
		if p.server.Template {
			rolled++
		}
		var wrong []string
		if p.server.Accepted == slices.Contains(kinds, "rejected") {
			wrong = append(wrong, "the server: "+firstLine(answer(Verdict{Accepted: p.server.Accepted, Errors: p.server.Errors})))
		}
		if p.server.HasTemplate && p.server.Template != slices.Contains(kinds, "rollout") {
			wrong = append(wrong, fmt.Sprintf("another template for the server: %v", p.server.Template))
		}
		sign := p.sample + inBrackets.ReplaceAllString(strings.Join(wrong, "")+p.edits, "")
		if len(wrong) > 0 && len(seen) < 60 && !seen[sign] {
			seen[sign] = true
			t.Errorf("%s after %s: %s; we: %v", p.sample, p.edits, strings.Join(wrong, "; "), kinds)
		}
	}
	t.Logf("%d pairs, %d refused, %d with another template", len(pairs), refused, rolled)
}

func firstLine(s string) string { return s[:strings.IndexByte(s+"\n", '\n')] }

func folderOf(i int) string { return fmt.Sprintf("head/%05d", i) }

// writePairs writes about n pairs that a create accepts below base and head.
// What a create refuses has tests of its own.
func writePairs(t *testing.T, dir string, n int) (pairs []pair) {
	t.Helper()
	all := fitted(t)
	for i, s := range all {
		if *onlyKind != "" && !strings.HasSuffix(kindOf(s.Tree), "/"+*onlyKind) {
			continue
		}
		sample := written(s.Tree)
		base := mutate.Bytes(sample)
		source := mutate.New(*seed+uint64(i), sample)
		if mutate.At(sample, "metadata", "name") == nil {
			continue // a new object each time
		}
		for range max(1, n/len(all)) {
			tree, edits := source.Next()
			if _, ok := mutate.At(tree, "metadata").(map[string]any); !ok || unspeakable(tree) {
				continue
			}
			tree = written(tree)
			m := mutate.At(tree, "metadata").(map[string]any)
			for _, key := range []string{"name", "namespace"} { // else it is another object
				delete(m, key)
				if v := mutate.At(sample, "metadata", key); v != nil {
					m[key] = v
				}
			}
			head := mutate.Bytes(tree)
			if v, err := Create(head, JSON); err != nil || !v.Accepted {
				continue
			}
			server, ok := Update(base, head)
			if !ok {
				continue
			}
			folder := folderOf(len(pairs))
			write(t, filepath.Join(dir, folder, "a.json"), head)
			write(t, filepath.Join(dir, strings.Replace(folder, "head", "base", 1), "a.json"), base)
			pairs = append(pairs, pair{s.Name, edits, server})
		}
	}
	return pairs
}

// written is a copy of an object with what people write: no status, and of the
// metadata names, labels and annotations.
func written(tree mutate.Tree) mutate.Tree {
	c := mutate.Copy(tree).(map[string]any)
	delete(c, "status")
	m, _ := c["metadata"].(map[string]any)
	for key := range m {
		if key != "name" && key != "namespace" && key != "labels" && key != "annotations" {
			delete(m, key)
		}
	}
	if c["kind"] == "Pod" { // what a create makes of these is stored, and apply leaves it alone
		delete(m, "annotations")
		if spec, ok := c["spec"].(map[string]any); ok {
			delete(spec, "affinity")
			delete(spec, "resources")
			delete(spec, "topologySpreadConstraints")
		}
	}
	return c
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// reviewed is what the program says of each file of head.
func reviewed(t *testing.T, program, dir string) map[string][]string {
	t.Helper()
	cmd := exec.Command(program, "review", "--no-config", "--kubernetes-version", fmt.Sprintf("1.%d", minor), "--only", "schema/immutable", "--fail-on", "never", "--format", "json", "--base", "./base", "head")
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var result struct {
		Changes []struct {
			Object struct{ Kind, Namespace, Name string }
			Kinds  []string
			File   string
		}
	}
	if err := json.Unmarshal(out, &result); err != nil {
		t.Fatal(err)
	}
	kinds := map[string][]string{}
	for _, c := range result.Changes {
		kinds[c.File] = append(kinds[c.File], c.Kinds...)
	}
	return kinds
}
