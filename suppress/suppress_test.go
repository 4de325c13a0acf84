package suppress_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/suppress"
)

var known = []string{"image-tag-latest", "no-grace-period", "schema/type", "syntax"}

func read(t *testing.T, text string) ([]*suppress.Ignore, []finding.Finding) {
	t.Helper()
	return suppress.Read(manifest.Parse("a.yaml", []byte(text), manifest.Options{}), known)
}

// TestPlaces: which node a comment covers. The comment is the only one of each
// text; want is its path.
func TestPlaces(t *testing.T) {
	const comment = "# rollcast: ignore image-tag-latest -- why not"
	for _, tc := range []struct{ name, text, want string }{
		{"above the first key, the document", "@\napiVersion: v1\nkind: Pod\n", "0:"},
		{"the same with --- between", "@\n---\napiVersion: v1\nkind: Pod\n", "0:"},
		{"the second document", "apiVersion: v1\nkind: Pod\n---\n@\n\n# license\nkind: Pod\napiVersion: v1\n", "1:"},
		{"beside the first key, the key", "apiVersion: v1 @\nkind: Pod\n", "0:apiVersion"},
		{"above a key", "apiVersion: v1\nkind: Pod\nspec:\n  @\n  containers: []\n  nodeName: a\n", "0:spec.containers"},
		{"above a map's first key, that key", "apiVersion: v1\nkind: Pod\n@\nspec:\n  nodeName: a\n", "0:spec"},
		{"beside a key with a map below", "apiVersion: v1\nkind: Pod\nspec: @\n  nodeName: a\n", "0:spec"},
		{"beside an item's first key, the item", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a @\n    image: b\n", "0:spec.containers[0]"},
		{"beside an item's second key", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: b @\n", "0:spec.containers[0].image"},
		{"above an item", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n  @\n  - name: b\n", "0:spec.containers[1]"},
		{"a flow map is one line", "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a}], nodeName: b} @\n", "0:spec"},
		{"an item of a List", "apiVersion: v1\nkind: List\nitems:\n@\n- apiVersion: v1\n  kind: Pod\n", "0:"},
		{"an alias is where it is used", "apiVersion: v1\nkind: Pod\nmetadata:\n  labels: &l {a: b}\n  annotations: *l @\n", "0:metadata.annotations"},
		{"windows lines", "apiVersion: v1\r\nkind: Pod @\r\n", "0:kind"},
	} {
		list, faults := read(t, strings.Replace(tc.text, "@", comment, 1))
		got := ""
		for _, f := range faults {
			got = f.Message
		}
		if len(list) == 1 {
			got = fmt.Sprintf("%d:%s", slices.Index(list[0].File.Documents, list[0].Document), list[0].Path)
		}
		if got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

func TestMalformed(t *testing.T) {
	const last = "apiVersion: v1\nkind: Pod # rollcast: "
	for _, tc := range []struct{ text, want string }{
		{last + "ignore image-tag-latest", "an ignore needs a reason"},
		{last + "ignore image-tag-latest --", "an ignore needs a reason"},
		{last + "ignore image-tag-latest -- ", "an ignore needs a reason"},
		{last + "ignore -- why", "an ignore names the rules"},
		{last + "ignore a, -- why", "an ignore names the rules"},
		{last + "ignore image-tag-latest because", "rules are separated by commas"},
		{last + "ignroe image-tag-latest -- why", "rollcast does not understand this comment"},
		{last + "ignore image-tag-lastest -- why", "(did you mean image-tag-latest?)"},
		{"apiVersion: v1\nkind: Pod\nspec: {\n  nodeName: a\n} # rollcast: ignore syntax -- why\n", "stands beside no field"},
		{"apiVersion: v1\nkind: Pod\n# rollcast: ignore syntax -- why\n", "stands beside no field"},
	} {
		list, faults := read(t, tc.text)
		if len(list) != 0 || len(faults) != 1 || faults[0].Rule != suppress.RuleMalformed || !strings.Contains(faults[0].Message, tc.want) {
			t.Errorf("%q: %d ignores, %v; want %s", tc.text, len(list), faults, tc.want)
		}
	}
	// One wrong name costs the others nothing; nothing here is a comment.
	list, faults := read(t, "apiVersion: v1\nkind: Pod #rollcast: ignore nonsense,no-grace-period -- a -- b\nx: '# rollcast: ignore'\ny: |\n  # rollcast: ignore\nz: a#rollcast:x\n")
	if len(faults) != 1 || len(list) != 1 || list[0].Reason != "a -- b" || !slices.Equal(list[0].Rules, []string{"no-grace-period"}) {
		t.Errorf("%v, %v", list, faults)
	}
	if list, faults := read(t, "replicas: 3 # rollcast: whatever\n"); list != nil || faults != nil {
		t.Errorf("no manifest: %v, %v", list, faults)
	}
}

const pods = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec: # rollcast: ignore image-tag-latest, no-grace-period, schema/type -- pinned elsewhere
  containers:
  - name: b
    image: c
---
apiVersion: v1
kind: Pod
metadata: {name: b}
spec:
  containers:
  - name: b
    image: c
`

func image(f *manifest.File, doc int, rule string) finding.Finding {
	d := f.Documents[doc]
	p := append(manifest.Keys("spec", "containers"), manifest.Index(0), manifest.Key("image"))
	return finding.Finding{Rule: rule, Severity: finding.Warning, Message: "latest", File: f, Document: d, Path: p, Range: d.Range(p)}
}

func TestIgnores(t *testing.T) {
	f := manifest.Parse("a.yaml", []byte(pods), manifest.Options{})
	ignores, faults := suppress.Read(f, known)
	if len(faults) != 0 {
		t.Fatal(faults)
	}
	found := []finding.Finding{image(f, 0, "image-tag-latest"), image(f, 1, "image-tag-latest"), image(f, 0, "syntax")}
	kept, hidden := suppress.Apply(ignores, found)
	if len(kept) != 2 || len(hidden) != 1 || hidden[0].Document.Name != "a" || *hidden[0].Suppression != (finding.Suppression{InSource: true, Reason: "pinned elsewhere"}) {
		t.Errorf("kept %v, hidden %v", kept, hidden)
	}
	unused := suppress.Unused(ignores, func(rule string, d *manifest.Document) bool { return rule != "schema/type" })
	if len(unused) != 1 || unused[0].Rule != suppress.RuleUnused || !strings.HasPrefix(unused[0].Message, "no-grace-period ") || unused[0].Range.Start.Line != 4 {
		t.Errorf("unused: %v", unused)
	}
}

func here(file string) string { return file }

func always(string, string) bool { return true }

// TestBaseline: what a baseline knows stays hidden after lines have shifted,
// documents changed places and the file moved, and nothing else does.
func TestBaseline(t *testing.T) {
	f := manifest.Parse("a.yaml", []byte(pods), manifest.Options{})
	text := suppress.WriteBaseline([]finding.Finding{image(f, 0, "image-tag-latest"), image(f, 1, "image-tag-latest")}, here)
	documents := strings.SplitAfter(pods, "---\n")
	moved := "# a new line\n\n" + documents[1] + "---\n" + strings.TrimSuffix(documents[0], "---\n")
	g := manifest.Parse("k8s/b.yaml", []byte(moved), manifest.Options{})
	for _, tc := range []struct {
		name  string
		found []finding.Finding
		kept  int
		stale int
	}{
		{"nothing changed", []finding.Finding{image(f, 0, "image-tag-latest"), image(f, 1, "image-tag-latest")}, 0, 0},
		{"moved", []finding.Finding{image(g, 0, "image-tag-latest"), image(g, 1, "image-tag-latest")}, 0, 0},
		{"another rule", []finding.Finding{image(f, 0, "no-grace-period"), image(f, 1, "image-tag-latest")}, 1, 1},
		{"once more than it was", []finding.Finding{image(f, 0, "image-tag-latest"), image(f, 0, "image-tag-latest"), image(f, 1, "image-tag-latest")}, 1, 0},
		{"a copy elsewhere: the old place is the known one", []finding.Finding{image(g, 0, "image-tag-latest"), image(f, 0, "image-tag-latest"), image(f, 1, "image-tag-latest")}, 1, 0},
		{"mended", nil, 0, 2},
	} {
		b, err := suppress.ReadBaseline("known", text)
		if err != nil {
			t.Fatal(err)
		}
		kept, hidden, stale := b.Apply(tc.found, here, always)
		if len(kept) != tc.kept || len(stale) != tc.stale || len(kept)+len(hidden) != len(tc.found) {
			t.Errorf("%s: kept %d, want %d; stale %d, want %d", tc.name, len(kept), tc.kept, len(stale), tc.stale)
		}
		for _, k := range kept {
			if tc.name == "a copy elsewhere: the old place is the known one" && k.File != g {
				t.Errorf("%s: %s is kept", tc.name, k.File.Name)
			}
		}
	}
	b, _ := suppress.ReadBaseline("known", text)
	_, _, stale := b.Apply(nil, here, func(rule, file string) bool { return file == "b.yaml" })
	if len(stale) != 0 {
		t.Errorf("entries of files that were not judged are stale: %v", stale)
	}
	_, _, stale = b.Apply(nil, here, always)
	if at := stale[0].Range.Start; at.Line != 3 || at.Column != 1 || !strings.Contains(stale[0].Message, "image-tag-latest is no longer found in a.yaml") {
		t.Errorf("stale %+v", stale[0])
	}
}

func TestBaselineText(t *testing.T) {
	f := manifest.Parse("a.yaml", []byte(pods), manifest.Options{})
	one, two := image(f, 0, "image-tag-latest"), image(f, 1, "image-tag-latest")
	one.Message = "a tab\tand a line\n"
	text := suppress.WriteBaseline([]finding.Finding{two, one}, here)
	if diff := cmp.Diff(string(suppress.WriteBaseline([]finding.Finding{one, two}, here)), string(text)); diff != "" {
		t.Errorf("the order of findings matters:\n%s", diff)
	}
	if !strings.Contains(string(text), "\timage-tag-latest\ta.yaml\tPod a spec.containers[0].image\ta tab\\tand a line\\n\n") {
		t.Errorf("not for people:\n%s", text)
	}
	if _, err := suppress.ReadBaseline("known", []byte("# x\n\nnonsense\r\n")); err == nil || !strings.HasPrefix(err.Error(), "known:3:1: ") {
		t.Errorf("nonsense is taken: %v", err)
	}
	if b, err := suppress.ReadBaseline("known", suppress.WriteBaseline(nil, here)); err != nil || b == nil {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(pods)
	f.Add("# rollcast: ignore syntax -- a\n- b: [\n c # rollcast: ignore syntax -- b\n]")
	f.Fuzz(func(t *testing.T, text string) {
		file := manifest.Parse("a.yaml", []byte(text), manifest.Options{})
		list, faults := suppress.Read(file, known)
		for _, i := range list {
			if i.Document == nil || i.Document.Root.At(i.Path) == nil || i.Range.End.Byte > len(text) {
				t.Errorf("%+v", i)
			}
		}
		for _, f := range faults {
			if f.Range.Start.Byte > f.Range.End.Byte || f.Message == "" {
				t.Errorf("%+v", f)
			}
		}
	})
}
