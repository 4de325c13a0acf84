package custom

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/oracle/mutate"
	rollcast "github.com/rollcast/rollcast/schema"
	"sigs.k8s.io/yaml"
)

var mutants = flag.Int("mutants", 200, "mutants of each kind that both are asked about")

// corpusDir holds manifests of real repositories, beside the project.
const corpusDir = "../../../../shared/corpus"

// TestDefinitions asks the server and rollcast about objects of every kind that
// a CustomResourceDefinition of testdata or the corpus describes: those that
// are there, and mutants of them.
func TestDefinitions(t *testing.T) {
	definitions, objects := read(t)
	kinds, custom := 0, map[string]*rollcast.Custom{}
	byKind := map[string]*Kind{}
	for _, d := range definitions {
		js, err := yaml.YAMLToJSON(d.text)
		if err != nil {
			t.Fatal(err)
		}
		found, err := Kinds(js)
		if err != nil {
			t.Errorf("%s: %v", d.name, err)
			continue
		}
		ours := rollcast.NewCustom(manifest.Parse(d.name, d.text, manifest.Options{}).Documents)
		for _, k := range found {
			id := k.GVK.GroupVersion().String() + " " + k.GVK.Kind
			if byKind[id] == nil {
				kinds++
				byKind[id], custom[id] = k, ours
			}
		}
	}
	asked, accepted := 0, 0
	for _, id := range slices.Sorted(maps.Keys(byKind)) {
		k, ours := byKind[id], custom[id]
		var trees []mutate.Tree
		for _, o := range objects[id] {
			trees = append(trees, o)
			compare(t, k, ours, o, "as it is")
		}
		trees = append(trees, minimal(k, id))
		source := mutate.New(1, trees...)
		seen := map[string]bool{}
		for range *mutants {
			tree, edits := source.Next()
			asked++
			theirs, mine := k.Create(mutate.Bytes(tree)), judged(ours, mutate.Bytes(tree))
			if len(theirs) == 0 {
				accepted++
			}
			sign := fmt.Sprint(signs(theirs), len(mine))
			if (len(theirs) == 0) == (len(mine) == 0) || seen[sign] {
				continue
			}
			seen[sign] = true
			small := mutate.Shrink(tree, func(x mutate.Tree) bool {
				v := k.Create(mutate.Bytes(x))
				return (len(v) == 0) == (len(theirs) == 0) && (len(judged(ours, mutate.Bytes(x))) == 0) != (len(v) == 0)
			})
			compare(t, k, ours, small, edits)
		}
	}
	t.Logf("%d definitions, %d kinds, %d objects of them; %d mutants, of which the server accepts %d", len(definitions), kinds, count(objects), asked, accepted)
}

func count(objects map[string][]mutate.Tree) (n int) {
	for _, o := range objects {
		n += len(o)
	}
	return n
}

var volatile = regexp.MustCompile(`\[[^\]]*\]|"[^"]*"|\d+`)

// signs is what equal differences share.
func signs(faults []Fault) string {
	var out []string
	for _, f := range faults {
		out = append(out, volatile.ReplaceAllString(f.Field+f.Message, ""))
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), "|")
}

func compare(t *testing.T, k *Kind, ours *rollcast.Custom, tree mutate.Tree, what string) {
	theirs, mine := k.Create(mutate.Bytes(tree)), judged(ours, mutate.Bytes(tree))
	if (len(theirs) == 0) != (len(mine) == 0) {
		t.Errorf("%s %s\n%.1500s\nserver: %v\nwe: %v", k.GVK.Kind, what, mutate.Bytes(tree), theirs, mine)
	}
}

// judged are rollcast's errors.
func judged(custom *rollcast.Custom, object []byte) []string {
	var out []string
	file := manifest.Parse("mutant.json", object, manifest.Options{})
	for _, p := range file.Problems {
		if !p.Warning {
			out = append(out, p.Message)
		}
	}
	for _, d := range file.Documents {
		r := rollcast.Check(d, rollcast.Options{Custom: custom})
		for _, f := range r.Findings {
			if f.Severity == finding.Error {
				out = append(out, f.Path.String()+": "+f.Message)
			}
		}
		if !r.Known {
			out = append(out, "no schema")
		}
	}
	return out
}

// minimal is an object that has nothing but what its schema makes it have: a
// start for mutants of a kind without a sample.
func minimal(k *Kind, id string) mutate.Tree {
	tree := sample(k.root, 0)
	m, ok := tree.(map[string]any)
	if !ok {
		m = map[string]any{}
	}
	m["apiVersion"], m["kind"] = k.GVK.GroupVersion().String(), k.GVK.Kind
	m["metadata"] = map[string]any{"name": "sample"}
	return m
}

type doc struct {
	name string
	text []byte
}

// read finds the definitions, and the objects by their kinds.
func read(t *testing.T) (definitions []doc, objects map[string][]mutate.Tree) {
	objects = map[string][]mutate.Tree{}
	take := func(path string) error {
		file, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i, text := range strings.Split("\n"+string(file), "\n---") {
			_, text, _ = strings.Cut(text, "\n")
			js, err := yaml.YAMLToJSONStrict([]byte(text))
			if err != nil {
				continue
			}
			tree, err := mutate.Parse(js)
			if err != nil {
				continue
			}
			apiVersion, _ := mutate.At(tree, "apiVersion").(string)
			kind, _ := mutate.At(tree, "kind").(string)
			if apiVersion == "apiextensions.k8s.io/v1" && kind == "CustomResourceDefinition" {
				definitions = append(definitions, doc{fmt.Sprintf("%s#%d", path, i), []byte(text)})
			} else if kind != "" && strings.Contains(apiVersion, ".") {
				id := apiVersion + " " + kind
				objects[id] = append(objects[id], tree)
			}
		}
		return nil
	}
	for _, root := range []string{"testdata", corpusDir} {
		if _, err := os.Stat(root); err != nil {
			continue
		}
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(path)) {
				return err
			}
			return take(path)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return definitions, objects
}
