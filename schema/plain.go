package schema

import (
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// A Plain judgement is one that CUE's own evaluator can be compared with: CUE
// knows no versions, no nulls and no checks in Go.
type Plain struct {
	Definition string            // in CUE, with its "#"
	Root       *manifest.Node    // the document as CUE is to see it
	Faults     []finding.Finding // the errors that the table finds in it
}

// JudgePlain judges a document as the newest server with all its feature gates
// on, by the table alone. It is false for a kind that the table does not have.
func JudgePlain(doc *manifest.Document) (Plain, bool) { return builtin.plain(doc) }

func (s *set) plain(doc *manifest.Document) (Plain, bool) {
	id, known := s.tab.Lookup(doc.APIVersion, doc.Kind)
	if !known {
		return Plain{}, false
	}
	root := normal(s.tab, id, doc.Root)
	faults := errorsOf(s.check(withRoot(doc, root), Options{Gates: allGates(s.tab)}, false))
	return Plain{Definition: "#" + s.tab.Types[id].Name, Root: root, Faults: faults}, true
}

func withRoot(d *manifest.Document, root *manifest.Node) *manifest.Document {
	return &manifest.Document{File: d.File, APIVersion: d.APIVersion, Kind: d.Kind, Root: root}
}

// normal is the document as both evaluators are to see it: without nulls, and
// without the zero values that count as absent.
func normal(tab *table.Table, id table.ID, n *manifest.Node) *manifest.Node {
	out := *n
	t := &tab.Types[id]
	c := &checker{tab: tab}
	out.Pairs, out.Items = nil, nil
	for _, p := range n.Pairs {
		var elem table.ID
		if t.Map != nil {
			if f := t.Map.Field(p.Key.Text); f != nil {
				if p.Value.Kind == manifest.Null || c.unset(f, p.Value) {
					continue
				}
				elem = f.Type
			} else if len(t.Map.Keys) > 0 {
				elem = t.Map.Keys[0].Elem
			}
		}
		if p.Value.Kind == manifest.Null {
			continue
		}
		out.Pairs = append(out.Pairs, manifest.Pair{Key: p.Key, Value: normal(tab, elem, p.Value)})
	}
	for _, item := range n.Items {
		var elem table.ID
		if t.List != nil {
			elem = t.List.Elem
		}
		if item.Kind != manifest.Null {
			out.Items = append(out.Items, normal(tab, elem, item))
		}
	}
	return &out
}

// allGates switches everything on, so that no field is dropped: CUE knows no
// versions.
func allGates(tab *table.Table) map[string]bool {
	gates := map[string]bool{}
	for i := range tab.Types {
		t := &tab.Types[i]
		for _, v := range t.Values {
			gates[v.Since.Gate] = true
		}
		if t.Map != nil {
			for _, f := range t.Map.Fields {
				if f.Since != nil {
					gates[f.Since.Gate] = true
				}
			}
		}
	}
	return gates
}

func errorsOf(r Result) []finding.Finding {
	var out []finding.Finding
	for _, f := range r.Findings {
		if f.Severity == finding.Error {
			out = append(out, f)
		}
	}
	return out
}
