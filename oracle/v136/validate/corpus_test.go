package validate

import (
	"bufio"
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/oracle/mutate"
	"github.com/rollcast/rollcast/oracle/plaincue"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// corpusDir holds manifests of real repositories, beside the project.
const corpusDir = "../../../../shared/corpus"

// A document is one of a kind that the server and CUE know.
type document struct {
	name string // file and number
	text []byte
	tree mutate.Tree
	// repeats is whether keys are repeated, which a tree does not show.
	repeats bool
}

// TestCorpus asks the server, CUE's own evaluator and rollcast about every
// built-in object of real repositories as it is, and about mutants of them.
func TestCorpus(t *testing.T) {
	docs := corpus(t)
	judge, err := plaincue.Load("../../../schema")
	if err != nil {
		t.Fatal(err)
	}
	judges := map[string]func(mutate.Tree) []string{
		"CUE":      func(tree mutate.Tree) []string { faults, _ := judge.Errors(tree, minor); return faults },
		"rollcast": product,
	}
	sources := map[string][]mutate.Tree{}
	accepted := 0
	for _, doc := range docs {
		server, err := Create(doc.text, YAML)
		if err != nil {
			t.Errorf("%s: %v", doc.name, err)
			continue
		}
		if server.Accepted {
			accepted++
		}
		for who, faults := range map[string][]string{"CUE": judges["CUE"](doc.tree), "rollcast": findings(doc.name, doc.text)} {
			if server.Accepted != (len(faults) == 0) && !(who == "CUE" && (doc.repeats || explained(server))) {
				t.Errorf("%s\nserver: %s\n%s: %s", doc.name, answer(server), who, strings.Join(faults, "\n    "))
			}
		}
		kind := kindOf(doc.tree)
		sources[kind] = append(sources[kind], doc.tree)
	}
	t.Logf("the server accepts %d of %d documents", accepted, len(docs))
	for _, kind := range slices.Sorted(maps.Keys(sources)) {
		if *onlyKind != "" && !strings.HasSuffix(kind, "/"+*onlyKind) {
			continue
		}
		t.Run("CUE/"+kind, func(t *testing.T) {
			compare(t, mutate.New(*seed, sources[kind]...), *mutants, judges["CUE"], explained)
		})
		t.Run("rollcast/"+kind, func(t *testing.T) {
			compare(t, mutate.New(*seed, sources[kind]...), 10**mutants, product, func(Verdict) bool { return false })
		})
	}
}

// corpus reads the documents, and skips the test where there are none.
func corpus(t *testing.T) []document {
	if _, err := os.Stat(corpusDir); err != nil {
		t.Skip("no corpus")
	}
	var docs []document
	err := filepath.WalkDir(corpusDir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(path)) {
			return err
		}
		file, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(path, corpusDir+"/")
		docs = append(docs, documentsOf(name, file)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// documentsOf are the documents of a file that can be read and whose kind is
// known; an item of a List is none, and what says to be a patch is none.
func documentsOf(name string, file []byte) []document {
	var docs []document
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(file)))
	for i := 1; ; i++ {
		text, err := reader.Read()
		if err != nil { // the end, or no YAML from here on
			return docs
		}
		js, err := yaml.YAMLToJSON(text)
		if err != nil {
			continue
		}
		_, repeats := yaml.YAMLToJSONStrict(text)
		tree, err := mutate.Parse(js)
		if err != nil {
			continue
		}
		apiVersion, _ := mutate.At(tree, "apiVersion").(string)
		kind, _ := mutate.At(tree, "kind").(string)
		if Known(apiVersion, kind) && !bytes.Contains(text, []byte("$patch:")) {
			docs = append(docs, document{name: name + "#" + strconv.Itoa(i), text: text, tree: tree, repeats: repeats != nil})
		}
	}
}
