package schema

import (
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// A House is what users demand of their objects beyond what the API server does.
type House struct {
	set      *set
	bindings []table.Binding
}

// NewHouse takes a compiled schema and what it binds to which kinds.
func NewHouse(tab *table.Table, bindings []table.Binding) *House {
	return &House{set: newSet(tab), bindings: bindings}
}

// Names are the names of its demands; the findings of NAME have the rule
// house/NAME.
func (h *House) Names() []string {
	var names []string
	for _, b := range h.bindings {
		names = append(names, b.Name)
	}
	return names
}

// Check are the demands that a document does not meet, as errors of the rule
// house/NAME. told are the findings that it has already: what the API server
// refuses is not told once more.
func (h *House) Check(doc *manifest.Document, opt Options, told []finding.Finding) []finding.Finding {
	var out []finding.Finding
	for _, b := range h.bindings {
		if b.APIVersion != doc.APIVersion || b.Kind != doc.Kind {
			continue
		}
		c := h.set.checker(doc, opt, true)
		c.frames, c.results = c.space[:0], c.few[:0]
		c.value(b.Type, doc.Root, site{})
		c.tellRest()
		for _, f := range c.findings {
			if f.Severity == finding.Error && !isRefused(f, told) {
				f.Rule = "house/" + b.Name
				out = append(out, f)
			}
		}
	}
	return out
}

// isRefused reports whether an error at the same place, or around it, has been
// told.
func isRefused(f finding.Finding, told []finding.Finding) bool {
	for _, t := range told {
		if t.Severity == finding.Error && f.Path.HasPrefix(t.Path) && (len(t.Path) > 0 || len(f.Path) == 0) {
			return true
		}
	}
	return false
}
