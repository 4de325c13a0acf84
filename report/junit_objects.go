package report

import (
	"cmp"
	"maps"
	"slices"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/review"
)

// A testFile is what a result says of one file, object by object.
type testFile struct {
	name    string
	objects []*testObject
}

// A testObject is a document, or with none the file as a whole.
type testObject struct {
	document      *manifest.Document
	schema, rules test
}

// A test is what was found, and found and ignored, by one kind of rules.
type test struct{ findings, suppressed []*finding.Finding }

func (t test) worst() (s finding.Severity) {
	for _, f := range t.findings {
		s = max(s, f.Severity)
	}
	return s
}

// testsOf sorts a result by file and object: every object that was judged, and
// everything that was found, which may lie in a file without objects.
func testsOf(r *review.Result) []*testFile {
	files := map[string]*testFile{}
	objects := map[*manifest.Document]*testObject{}
	object := func(f *manifest.File, d *manifest.Document) *testObject {
		file := files[f.Name]
		if file == nil {
			file = &testFile{name: f.Name}
			files[f.Name] = file
		}
		if d == nil && (len(file.objects) == 0 || file.objects[0].document != nil) {
			file.objects = slices.Insert(file.objects, 0, &testObject{})
		}
		if d == nil {
			return file.objects[0]
		}
		if objects[d] == nil {
			objects[d] = &testObject{document: d}
			file.objects = append(file.objects, objects[d])
		}
		return objects[d]
	}
	for _, d := range r.Documents {
		object(d.File, d)
	}
	for _, f := range reported(r) {
		t := object(f.File, f.Document).test(f)
		t.findings = append(t.findings, f)
	}
	for i := range r.Suppressed {
		f := &r.Suppressed[i]
		t := object(f.File, f.Document).test(f)
		t.suppressed = append(t.suppressed, f)
	}
	return slices.SortedFunc(maps.Values(files), func(a, b *testFile) int { return cmp.Compare(a.name, b.name) })
}

// test is the one that a finding belongs to. What concerns no object, such as
// broken YAML, is a matter of the schema.
func (o *testObject) test(f *finding.Finding) *test {
	if o.document == nil || review.IsServerRule(f.Rule) {
		return &o.schema
	}
	return &o.rules
}
