package manifest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpus reads the files of real repositories that lie beside the project, by
// their names; the test is skipped where there are none.
func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	root := filepath.Join("..", "..", "shared", "corpus")
	if _, err := os.Stat(root); err != nil {
		t.Skip("no corpus")
	}
	files := map[string][]byte{}
	err := filepath.WalkDir(root, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, "ml") {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(rel)], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestCorpusSameAsServer(t *testing.T) {
	documents := 0
	for _, data := range corpus(t) {
		for _, c := range split(data) {
			documents++
			sameAsServer(t, data[c.start:c.end])
		}
	}
	if documents < 2000 {
		t.Errorf("only %d documents", documents)
	}
}

// TestCorpusPlaces holds every value of the corpus against its text, and pins
// the files that are no valid YAML, with the places where libyaml stops.
func TestCorpusPlaces(t *testing.T) {
	want := map[string]string{
		"argoproj__argo-rollouts/test/e2e/expectedfailures/analysis-run-failfast.yaml":        "19:5",
		"linkerd__linkerd2/cli/cmd/testdata/inject_gettest_deployment.bad.input.yml":          "36:5",
		"linkerd__linkerd2/test/integration/deep/dualstack/testdata/ipfamilies-policy.yml":    "32:17",
		"linkerd__linkerd2/cli/cmd/testdata/inject_emojivoto_list_empty_resources.golden.yml": "530:3 531:3",
		"linkerd__linkerd2/cli/cmd/testdata/inject_emojivoto_list_empty_resources.input.yml":  "69:5 70:5",
	}
	documents := 0
	for name, data := range corpus(t) {
		f := Parse(name, data, Options{})
		checkPlaces(t, f)
		documents += len(f.Documents)
		var places []string
		for _, p := range f.Problems {
			places = append(places, itoa(p.Range.Start.Line)+":"+itoa(p.Range.Start.Column))
		}
		if got := strings.Join(places, " "); got != want[name] {
			t.Errorf("%s: problems at %q, want %q", name, got, want[name])
		}
	}
	if documents < 2000 {
		t.Errorf("only %d documents", documents)
	}
}
