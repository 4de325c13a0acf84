package manifest

import (
	"fmt"
	"math/rand/v2"
	"path"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// files parses texts by name. A text without a colon is a list of objects,
// KIND/NAME or KIND/NAMESPACE/NAME.
func files(texts map[string]string) []*File {
	var list []*File
	for name, text := range texts {
		if !strings.Contains(text, ":") {
			var b strings.Builder
			for object := range strings.FieldsSeq(text) {
				parts := strings.Split(object, "/")
				namespace := ""
				if len(parts) == 3 {
					namespace = "\n  namespace: " + parts[1]
				}
				fmt.Fprintf(&b, "---\napiVersion: v1\nkind: %s\nmetadata:\n  name: %s%s\n", parts[0], parts[len(parts)-1], namespace)
			}
			text = b.String()
		}
		list = append(list, Parse(name, []byte(text), Options{Stdin: name == "-"}))
	}
	return list
}

// describe writes a layout, one set, split or skipped file a line.
func describe(l *Layout) string {
	var b strings.Builder
	for _, s := range l.Sets {
		b.WriteString("set " + s.Name + ":")
		for _, d := range s.Documents {
			b.WriteString(" " + d.File.Name + ":" + d.Name)
		}
		b.WriteString("\n")
	}
	for _, s := range l.Splits {
		fmt.Fprintf(&b, "split %s by %s in %s and %s: %s\n", s.Folder, s.First.Name, s.First.File.Name, s.Second.File.Name, strings.Join(s.Sets, " "))
	}
	for _, s := range l.Skipped {
		b.WriteString("skipped " + s.File.Name + ": " + s.Reason + "\n")
	}
	return b.String()
}

func TestLayout(t *testing.T) {
	for _, test := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"one folder", map[string]string{"a.yaml": "A/x A/q", "b.yaml": "B/x"},
			"set .: a.yaml:x a.yaml:q b.yaml:x\n"},
		{"folders without duplicates join", map[string]string{"a.yaml": "A/x", "sub/b.yaml": "A/q", "sub/deep/c.yaml": "A/z"},
			"set .: a.yaml:x sub/b.yaml:q sub/deep/c.yaml:z\n"},
		{"named by the lowest folder", map[string]string{"deploy/prod/a.yaml": "A/x", "deploy/prod/sub/b.yaml": "A/q"},
			"set deploy/prod: deploy/prod/a.yaml:x deploy/prod/sub/b.yaml:q\n"},
		{"namespaces differ", map[string]string{"a.yaml": "A/x", "b.yaml": "A/ns/x"},
			"set .: a.yaml:x b.yaml:x\n"},
		{"dev and prod", map[string]string{"dev/a.yaml": "A/x", "dev/s.yaml": "S/x", "prod/a.yaml": "A/x", "common.yaml": "C/x"},
			`set .: common.yaml:x
set dev: dev/a.yaml:x dev/s.yaml:x
set prod: prod/a.yaml:x
split . by x in dev/a.yaml and prod/a.yaml: . dev prod
`},
		{"a stray copy", map[string]string{"web.yaml": "D/web", "web-old.yaml": "D/web", "service.yaml": "S/web"},
			`set service.yaml: service.yaml:web
set web-old.yaml: web-old.yaml:web
set web.yaml: web.yaml:web
split . by web in web-old.yaml and web.yaml: service.yaml web-old.yaml web.yaml
`},
		{"a copy below", map[string]string{"web.yaml": "D/web", "service.yaml": "S/web", "old/web.yaml": "D/web"},
			`set .: service.yaml:web web.yaml:web
set old: old/web.yaml:web
split . by web in web.yaml and old/web.yaml: . old
`},
		{"two divided folders", map[string]string{"a/1.yaml": "D/x", "a/2.yaml": "D/x", "b/1.yaml": "D/q", "b/2.yaml": "D/q"},
			`set a/1.yaml: a/1.yaml:x
set a/2.yaml: a/2.yaml:x
set b/1.yaml: b/1.yaml:q
set b/2.yaml: b/2.yaml:q
split . by x in a/1.yaml and a/2.yaml: a/1.yaml a/2.yaml b/1.yaml b/2.yaml
split b by q in b/1.yaml and b/2.yaml: b/1.yaml b/2.yaml
`},
		{"twice in one file divides nothing", map[string]string{"a.yaml": "D/x D/x", "b.yaml": "S/x"},
			"set .: a.yaml:x a.yaml:x b.yaml:x\n"},
		{"a moved group keeps its key", map[string]string{
			"new.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n",
			"old.yaml": "apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: {name: x}\n"},
			"set new.yaml: new.yaml:x\nset old.yaml: old.yaml:x\nsplit . by x in new.yaml and old.yaml: new.yaml old.yaml\n"},
		{"without a name there is no key", map[string]string{
			"1.yaml": "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: x-}\n",
			"2.yaml": "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: x-}\n"},
			"set .: 1.yaml: 2.yaml:\n"},
		{"standard input", map[string]string{"-": "D/x D/x", "a.yaml": "D/x"},
			"set -: -:x -:x\nset .: a.yaml:x\n"},
		{"a base belongs to each overlay", map[string]string{
			"base/kustomization.yaml":          "resources: [deploy.yaml, ./service.yaml]\n",
			"base/deploy.yaml":                 "D/x",
			"base/service.yaml":                "S/x",
			"base/unused.yaml":                 "D/x",
			"overlays/dev/kustomization.yaml":  "resources: [../../base]\npatches: [{path: patch.yaml}]\n",
			"overlays/dev/patch.yaml":          "D/x",
			"overlays/prod/kustomization.yml":  "bases: [../../base/]\nresources: [pdb.yaml]\npatchesStrategicMerge: [patch.yaml]\npatchesJson6902: [{path: json.yaml}]\n",
			"overlays/prod/pdb.yaml":           "P/x",
			"overlays/prod/patch.yaml":         "D/x",
			"overlays/prod/json.yaml":          "J/x",
			"overlays/prod/other.yaml":         "O/x",
			"overlays/empty/kustomization.yml": "resources: [https://example.com/x.yaml, missing.yaml, ../../../outside]\n",
		}, `set .: base/unused.yaml:x overlays/prod/other.yaml:x
set overlays/dev: base/deploy.yaml:x base/service.yaml:x
set overlays/prod: base/deploy.yaml:x base/service.yaml:x overlays/prod/pdb.yaml:x
skipped overlays/dev/patch.yaml: patch that overlays/dev/kustomization.yaml names
skipped overlays/prod/json.yaml: patch that overlays/prod/kustomization.yml names
skipped overlays/prod/patch.yaml: patch that overlays/prod/kustomization.yml names
`},
		{"a leftover beside a kustomization", map[string]string{
			"k/Kustomization": "resources: [a.yaml]\ntransformers: [labels.yaml]\n", "k/a.yaml": "A/x", "k/b.yaml": "A/x", "k/labels.yaml": "L/x"},
			"set k: k/a.yaml:x\nset k/*: k/b.yaml:x\nskipped k/labels.yaml: configuration that k/Kustomization names\n"},
		{"a cycle", map[string]string{
			"a/kustomization.yaml": "resources: [../b, x.yaml]\n", "a/x.yaml": "A/x",
			"b/kustomization.yaml": "resources: [../a, y.yaml, .]\n", "b/y.yaml": "A/q",
			"c/kustomization.yaml": "resources: [z.yaml]\ncomponents: [../b]\n", "c/z.yaml": "A/z",
			"d/kustomization.yaml": "resources: [../e]\n", "e/kustomization.yaml": "resources: [../d, w.yaml]\n", "e/w.yaml": "A/w"},
			"set c: a/x.yaml:x b/y.yaml:q c/z.yaml:z\nset d: e/w.yaml:w\n"},
		{"a patch for one, a resource for another", map[string]string{
			"a/kustomization.yaml": "patches: [{path: ../x.yaml}]\n", "b/kustomization.yaml": "resources: [../x.yaml]\n", "x.yaml": "A/x"},
			"set b: x.yaml:x\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			list := files(test.files)
			rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			if diff := cmp.Diff(test.want, describe(NewLayout(list))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestSetOf asks for the sets of files of which nothing can be read.
func TestSetOf(t *testing.T) {
	const broken = "apiVersion: v1\nkind: [\n"
	all := files(map[string]string{
		"prod/kustomization.yaml": "resources: [../base/a.yaml, ../base/broken.yaml]",
		"base/a.yaml":             "A/x", "base/broken.yaml": broken,
		"dev/a.yaml": "A/z", "dev/sub/deep/broken.yaml": broken,
		"test/a.yaml": "A/z", "broken.yaml": broken, "-": broken,
	})
	l := NewLayout(all)
	want := map[string]string{
		"base/a.yaml": "prod", "base/broken.yaml": "prod", "dev/a.yaml": "dev", "dev/sub/deep/broken.yaml": "dev", "broken.yaml": ".", "-": "-",
	}
	for _, f := range all {
		if want, ok := want[f.Name]; ok && l.SetOf(f) != want {
			t.Errorf("%s is of the set %q, want %q", f.Name, l.SetOf(f), want)
		}
	}
}

// TestLayoutOfRandomFolders holds the folder sets against their definition.
func TestLayoutOfRandomFolders(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 3))
		texts := map[string]string{}
		folders := []string{"."}
		for range 6 {
			folders = append(folders, path.Join(folders[r.IntN(len(folders))], string(rune('a'+r.IntN(3)))))
		}
		for i := range 12 {
			texts[path.Join(folders[r.IntN(len(folders))], fmt.Sprintf("f%d.yaml", i))] = fmt.Sprintf("D/x%d D/x%d", r.IntN(25), r.IntN(25))
		}
		list := files(texts)
		l := NewLayout(list)
		home := map[*File]string{}
		for _, s := range l.Sets {
			for _, d := range s.Documents {
				if other, ok := home[d.File]; ok && other != s.Name {
					t.Fatalf("seed %d: %s is in %s and %s", seed, d.File.Name, other, s.Name)
				}
				home[d.File] = s.Name
			}
		}
		for i, a := range list {
			for _, b := range list[:i] {
				// Two files are together if a folder that holds both is clean,
				// or if they lie in one folder whose own files are.
				together := clean(list, func(f *File) bool { return below(f.Name, common(a.Name, b.Name)) }) ||
					folderOf(a.Name) == folderOf(b.Name) && clean(list, func(f *File) bool { return folderOf(f.Name) == folderOf(a.Name) })
				if got := home[a] == home[b]; got != together {
					t.Fatalf("seed %d: %s and %s together: %v, want %v\n%s", seed, a.Name, b.Name, got, together, describe(l))
				}
			}
		}
	}
}

// clean reports whether no object is in two of the files.
func clean(list []*File, in func(*File) bool) bool {
	owner := map[ObjectKey]*File{}
	for _, f := range list {
		if !in(f) {
			continue
		}
		for _, d := range f.Documents {
			key, ok := d.ObjectKey()
			if !ok {
				continue
			}
			if owner[key] != nil && owner[key] != f {
				return false
			}
			owner[key] = f
		}
	}
	return true
}

// common is the lowest folder that holds both names.
func common(a, b string) string {
	for dir := folderOf(a); ; dir = path.Dir(dir) {
		if below(b, dir) {
			return dir
		}
	}
}

func below(name, folder string) bool {
	return folder == "." || strings.HasPrefix(name, folder+"/")
}

func TestLayoutOfCorpus(t *testing.T) {
	byRepository := map[string][]*File{}
	for name, data := range corpus(t) {
		repository, _, _ := strings.Cut(name, "/")
		byRepository[repository] = append(byRepository[repository], Parse(name, data, Options{}))
	}
	repeated := 0
	for _, list := range byRepository {
		owners := map[ObjectKey]map[*File]bool{}
		for _, f := range list {
			for _, d := range f.Documents {
				if key, ok := d.ObjectKey(); ok {
					if owners[key] == nil {
						owners[key] = map[*File]bool{}
					}
					owners[key][f] = true
				}
			}
		}
		for _, files := range owners {
			if len(files) > 1 {
				repeated++
			}
		}
		l := NewLayout(list)
		seen := map[string]bool{}
		for _, s := range l.Sets {
			if seen[s.Name] {
				t.Errorf("two sets are called %s", s.Name)
			}
			seen[s.Name] = true
			if s.Kustomization == nil && !clean(list, func(f *File) bool {
				return slices.ContainsFunc(s.Documents, func(d *Document) bool { return d.File == f })
			}) {
				t.Errorf("set %s holds one object in two files", s.Name)
			}
		}
		slices.Reverse(list)
		if diff := cmp.Diff(describe(l), describe(NewLayout(list))); diff != "" {
			t.Errorf("the order of the files matters (-first +reversed)\n%s", diff)
		}
	}
	t.Logf("%d keys occur in several files of one repository", repeated)
	if repeated < 400 {
		t.Errorf("only %d keys occur in several files of one repository", repeated)
	}
}

func TestLayoutIsFast(t *testing.T) {
	var list []*File
	for i := range 20000 {
		f := &File{Name: fmt.Sprintf("a%d/b%d/f%d.yaml", i%20, i%400, i)}
		f.Documents = []*Document{{File: f, APIVersion: "v1", Kind: "D", Name: fmt.Sprint(i % 15000)}}
		list = append(list, f)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	start := time.Now()
	l := NewLayout(list)
	if took := time.Since(start); took > time.Second {
		t.Errorf("20,000 documents in %d sets took %v", len(l.Sets), took)
	}
}
