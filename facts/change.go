package facts

import "github.com/rollcast/rollcast/manifest"

// Change is what a review with a base compares a subject with, and what it found.
type Change struct {
	// Base is the object as it was written before; absent where it is created.
	Base    *Raw      `json:"base,omitempty"`
	Kinds   []string  `json:"kinds"` // the most severe first: rollout, scale
	Because []Because `json:"because"`
}

// A Because is one field that differs.
type Because struct {
	ID   int    `json:"id"`             // of the field, or of the nearest that is left of it
	Path string `json:"path"`           // spec.template.spec.containers[0].image
	From string `json:"from,omitempty"` // as written; absent where there was nothing
	To   string `json:"to,omitempty"`   // as written; absent where there is nothing
}

// SetChange adds what a review found out about the subject's object. base is nil
// where the object is created.
func (s *Subject) SetChange(base *manifest.Document, kinds []string) {
	s.Change = &Change{Kinds: kinds, Because: []Because{}}
	if base != nil {
		s.Change.Base = &Raw{base.Root}
	}
}

// SetMoved marks the Services that did not select the pods before: base gives
// what a Service was, nil where it did not exist or is as it was.
func (s *Subject) SetMoved(labels map[string]string, base func(*manifest.Document) *manifest.Document) {
	for i := range s.Context.Services {
		place, _ := s.Place(s.Context.Services[i].ID)
		before := base(place.Document)
		if before == nil {
			continue
		}
		selector := before.Root.At(manifest.Keys("spec", "selector"))
		if selector == nil || selector.Kind != manifest.Mapping {
			continue
		}
		for _, p := range selector.Pairs {
			if labels[p.Key.Text] != p.Value.Text {
				s.Context.Services[i].Moved = true
			}
		}
	}
}

// AddBecause adds a field that differs, after SetChange.
func (s *Subject) AddBecause(path manifest.Path, from, to string) {
	s.Change.Because = append(s.Change.Because, Because{ID: s.place(path), Path: path.String(), From: from, To: to})
}
