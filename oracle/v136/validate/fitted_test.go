package validate

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/oracle/mutate"
	"github.com/rollcast/rollcast/oracle/samples"
)

// fitted are the samples as this minor takes them: without the fields and
// values that came later. The server alone says which these are.
func fitted(t *testing.T) []samples.Sample {
	t.Helper()
	all, err := samples.All()
	if err != nil {
		t.Fatal(err)
	}
	var out []samples.Sample
	for _, s := range all {
		if tree, _, ok := fit(t, s, ""); ok {
			out = append(out, samples.Sample{Name: s.Name, Tree: tree})
		}
	}
	if len(out) < len(all)-3 {
		t.Fatalf("only %d of %d samples can be fitted", len(out), len(all))
	}
	return out
}

// sources are what mutants of this minor are made of, by kind: the fitted
// samples, and for each place that had to go a sample in which it alone
// stayed. Three of four mutants begin with a valid object.
func sources(t *testing.T) map[string][]mutate.Tree {
	t.Helper()
	all, err := samples.All()
	if err != nil {
		t.Fatal(err)
	}
	valid, late := map[string][]mutate.Tree{}, map[string][]mutate.Tree{}
	for _, s := range all {
		tree, gone, ok := fit(t, s, "")
		kind := kindOf(tree)
		if !ok {
			late[kind] = append(late[kind], s.Tree)
			continue
		}
		valid[kind] = append(valid[kind], tree)
		for _, place := range gone {
			with, _, _ := fit(t, s, place)
			late[kind] = append(late[kind], with)
		}
	}
	for kind, trees := range late {
		once := valid[kind]
		for len(valid[kind]) < 3*len(trees) {
			valid[kind] = append(valid[kind], once...)
		}
		valid[kind] = append(valid[kind], trees...)
	}
	return valid
}

// fit takes out of a sample what the server refuses, except at one place, and
// tells the places. A sample may lose what it cannot be without: not ok.
func fit(t *testing.T, s samples.Sample, except string) (tree mutate.Tree, gone []string, ok bool) {
	t.Helper()
	tree = mutate.Copy(s.Tree)
	for range 100 {
		v, err := Create(mutate.Bytes(tree), JSON)
		if err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
		place := refused(v, except)
		if place == "" {
			return tree, gone, true
		}
		place = drop(&tree, place)
		if place == "" || place == "spec" {
			t.Logf("1.%d refuses %s without %q: %s", minor, s.Name, gone, answer(v))
			return tree, gone, false
		}
		gone = append(gone, place)
	}
	t.Fatalf("%s: too much has to go: %q", s.Name, gone)
	return nil, nil, false
}

var unknownField = regexp.MustCompile(`unknown field "([^"]*)"`)

// refused is the first place that a verdict blames, outside the excepted one.
func refused(v Verdict, except string) string {
	for _, e := range v.Errors {
		place := e.Field
		if m := unknownField.FindStringSubmatch(e.Message); m != nil {
			place = m[1]
		}
		if key, ok := strings.CutPrefix(place, "annotations."); ok { // as Ingress writes it
			place = "metadata.annotations[" + key + "]"
		}
		if place != "" && (except == "" || !strings.HasPrefix(place, except) && !strings.HasPrefix(except, place)) {
			return place
		}
	}
	return ""
}

// drop deletes what is at a field path as the server writes it, or else the
// nearest thing around it, and tells its path.
func drop(tree *mutate.Tree, place string) string {
	steps := regexp.MustCompile(`[^.\[\]]+|\[[^\]]*\]`).FindAllString(place, -1)
	var path []any
	var at mutate.Tree = *tree
	for _, step := range steps {
		var next any = strings.Trim(step, "[]")
		if _, isList := at.([]any); isList {
			next, _ = strconv.Atoi(next.(string))
		}
		if mutate.At(at, next) == nil {
			break
		}
		path, at = append(path, next), mutate.At(at, next)
	}
	if len(path) == 0 {
		return ""
	}
	last := len(path) - 1
	switch parent := mutate.At(*tree, path[:last]...).(type) {
	case map[string]any:
		delete(parent, path[last].(string))
		return join(steps[:len(path)])
	default: // an item goes with its list
		return drop(tree, join(steps[:last]))
	}
}

// join is a field path of its steps.
func join(steps []string) string {
	return strings.ReplaceAll(strings.Join(steps, "."), ".[", "[")
}
