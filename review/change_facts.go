package review

import (
	"slices"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/manifest"
)

// tellRules puts each change into the facts of its object, for rules that judge
// a change: they run on the head alone, so what they find is new.
func (c *comparison) tellRules() {
	of := map[*manifest.Document][]*Change{}
	for _, ch := range c.changes {
		if !ch.Is(Deleted) {
			of[ch.Document] = append(of[ch.Document], ch)
		}
	}
	tell := func(s *facts.Subject, set string) {
		list := of[s.Document()]
		if len(list) == 0 {
			return
		}
		ch := list[0]
		if i := slices.IndexFunc(list, func(ch *Change) bool { return ch.Set == set }); i >= 0 {
			ch = list[i]
		}
		addChange(s, ch)
	}
	// reselected is what a Service was whose selector the change moves.
	reselected := func(d *manifest.Document) *manifest.Document {
		for _, ch := range of[d] {
			for _, b := range ch.Because {
				if ch.Base != nil && b.Path.HasPrefix(manifest.Keys("spec", "selector")) {
					return ch.Base
				}
			}
		}
		return nil
	}
	for i, subjects := range c.after.subjects {
		for _, s := range subjects {
			if s.facts != nil {
				tell(s.facts, c.after.sets[i].Name)
				s.facts.SetMoved(s.workload.Pod.Labels, reselected)
			}
		}
		for _, s := range c.after.unattached[i] {
			tell(s, c.after.sets[i].Name)
		}
	}
}

// addChange puts a change into the facts.
func addChange(s *facts.Subject, ch *Change) {
	var kinds []string
	for _, k := range ch.Kinds {
		kinds = append(kinds, string(k))
	}
	s.SetChange(ch.Base, kinds)
	for _, b := range ch.Because {
		s.AddBecause(b.Path, b.From, b.To)
	}
}
