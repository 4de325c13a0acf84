package review

import (
	"fmt"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// checked is what the schema says of one document.
type checked struct {
	findings []finding.Finding
	// faults are the paths of its errors: what stands there has no meaning.
	faults []manifest.Path
	// rejection is why it gets no plan, "" where the server accepts it.
	rejection string
	noSchema  bool
}

// checkSchema judges every document of the relevant sets by itself, each once.
func (r *run) checkSchema() {
	docs := r.documents()
	all := make([]*checked, len(docs))
	o := r.options.schema()
	parallel(len(docs), func(i int) {
		if all[i] = r.memory.checked[docs[i]]; all[i] == nil {
			all[i] = check(docs[i], o)
		}
	})
	r.checked = make(map[*manifest.Document]*checked, len(docs))
	for i, d := range docs {
		r.checked[d] = all[i]
		for j := range all[i].findings {
			all[i].findings[j].Set = r.names[d]
		}
		r.add(all[i].findings...)
	}
	r.memory.checked = r.checked
}

// conclude derives the faults and the rejection from the findings.
func (c *checked) conclude() {
	finding.Sort(c.findings)
	for _, f := range c.findings {
		if f.Severity != finding.Error {
			continue
		}
		c.faults = append(c.faults, f.Path)
		if c.rejection == "" {
			at := f.Range.Start
			c.rejection = fmt.Sprintf("the API server would reject it: %s (%s:%d:%d)", f.Message, f.File.Name, at.Line, at.Column)
		}
	}
}
