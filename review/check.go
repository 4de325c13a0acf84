package review

import (
	"fmt"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema"
)

// checked is what the schema says of one document.
type checked struct {
	findings []finding.Finding
	// faults are the paths of its errors: what stands there has no meaning.
	faults []manifest.Path
	// rejection is why it gets no plan, "" where the server accepts it.
	rejection string
	noSchema  bool
	custom    bool // it was judged by the definition of a custom resource
}

// checkSchema judges every document of the relevant sets by itself, each once.
func (r *run) checkSchema() {
	docs := r.documents()
	all := make([]*checked, len(docs))
	customs := r.customs()
	options := func(d *manifest.Document) schema.Options {
		o := r.options.schema()
		if found := customs[d]; found != nil {
			o.Custom = found
		}
		return o
	}
	parallel(len(docs), func(i int) {
		d := docs[i]
		old := r.memory.checked[d]
		if old != nil && !old.custom && (!old.noSchema || customs[d] == nil) {
			all[i] = old
			return
		}
		all[i] = check(d, options(d), r.options.House)
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
	r.checkUnknown(docs, options)
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
