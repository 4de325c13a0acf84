package review

import (
	"slices"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/suppress"
)

// A Baseline hides what was found before.
type Baseline struct {
	*suppress.Baseline
	// Place makes a file's name relative to the folder of the baseline.
	Place func(file string) string
	// Gone reports whether a file, named as Place does, is no longer there.
	Gone func(file string) bool
}

// suppress takes out of the findings what comments and the baseline hide, and
// adds what is wrong with those.
func (r *run) suppress() (hidden []finding.Finding) {
	if !r.options.NoIgnores {
		hidden = r.ignore()
	}
	if b := r.options.Baseline; b != nil {
		judged := map[string]bool{}
		for f := range r.reported {
			judged[b.Place(f.Name)] = true
		}
		known, whole := r.chosen.known(), !r.in.Incomplete && len(r.in.Context) == 0
		kept, more, stale := b.Apply(r.findings, b.Place, func(rule, file string) bool {
			return slices.Contains(known, rule) && r.chosen.ran(rule, file) && (judged[file] || whole && b.Gone(file))
		})
		r.findings, hidden = kept, append(hidden, more...)
		for _, f := range stale {
			r.report(f)
		}
	}
	finding.Sort(hidden)
	return hidden
}

// ignore applies the comments of the reported files.
func (r *run) ignore() (hidden []finding.Finding) {
	known := r.chosen.known()
	var ignores []*suppress.Ignore
	for _, f := range r.in.Files {
		list, faults := suppress.Read(f, known)
		ignores = append(ignores, list...)
		for _, found := range faults {
			found.Set = r.names[found.Document]
			r.report(found)
		}
	}
	r.findings, hidden = suppress.Apply(ignores, r.findings)
	for _, f := range suppress.Unused(ignores, r.ran) {
		f.Set = r.names[f.Document]
		r.report(f)
	}
	return hidden
}

// ran reports whether the rule has judged the document in this run, as far as
// can be told: an ignore of a rule that had no say is not unused.
func (r *run) ran(rule string, d *manifest.Document) bool {
	if !r.chosen.ran(rule, d.File.Name) || len(r.failures) > 0 {
		return false
	}
	c := r.checked[d]
	if c == nil {
		return false // not judged at all
	}
	folder, ok := r.chosen.find(rule)
	return !ok || len(c.faults) == 0 && !(folder.NeedsContext && r.in.Incomplete)
}
