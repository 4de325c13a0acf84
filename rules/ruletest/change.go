package ruletest

import (
	"slices"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/manifest"
)

// change tells each subject how its object differs from the one of the same key
// among the documents of the base, as far as rules look at it: the kinds
// created, rollout and scale, and each value that differs. A review says more.
func change(subjects []*facts.Subject, base []*manifest.Document) {
	before := map[manifest.ObjectKey]*manifest.Document{}
	for _, d := range base {
		if key, ok := d.ObjectKey(); ok {
			before[key] = d
		}
	}
	was := func(d *manifest.Document) *manifest.Document {
		key, _ := d.ObjectKey()
		return before[key]
	}
	for _, s := range subjects {
		doc := s.Document()
		labels := map[string]string{}
		if n := doc.Root.At(manifest.Keys("spec", "template", "metadata", "labels")); n != nil {
			for _, p := range n.Pairs {
				labels[p.Key.Text] = p.Value.Text
			}
		}
		s.SetMoved(labels, was)
		old := was(doc)
		if old == nil {
			s.SetChange(nil, []string{"created"})
			continue
		}
		var list []difference
		compare(nil, old.Root, doc.Root, &list)
		if len(list) == 0 {
			continue
		}
		var kinds []string
		for _, k := range []struct {
			kind string
			path manifest.Path
		}{{"rollout", manifest.Keys("spec", "template")}, {"scale", manifest.Keys("spec", "replicas")}} {
			if slices.ContainsFunc(list, func(d difference) bool { return d.path.HasPrefix(k.path) }) {
				kinds = append(kinds, k.kind)
			}
		}
		s.SetChange(old, append(kinds, "metadata")[:max(len(kinds), 1)])
		for _, d := range list {
			s.AddBecause(d.path, d.from, d.to)
		}
	}
}

type difference struct {
	path     manifest.Path
	from, to string
}

// compare lists the scalars and items that differ, by place.
func compare(path manifest.Path, old, now *manifest.Node, list *[]difference) {
	switch {
	case old == nil && now == nil:
	case old != nil && now != nil && old.Kind == now.Kind && now.Kind == manifest.Mapping:
		for _, p := range now.Pairs {
			compare(path.Append(manifest.Key(p.Key.Text)), old.Get(p.Key.Text), p.Value, list)
		}
		for _, p := range old.Pairs {
			if now.Get(p.Key.Text) == nil {
				compare(path.Append(manifest.Key(p.Key.Text)), p.Value, nil, list)
			}
		}
	case old != nil && now != nil && old.Kind == now.Kind && now.Kind == manifest.Sequence:
		for i := range max(len(old.Items), len(now.Items)) {
			compare(path.Append(manifest.Index(i)), item(old, i), item(now, i), list)
		}
	case old == nil || now == nil || old.Kind != now.Kind || old.Text != now.Text:
		*list = append(*list, difference{path, shown(old), shown(now)})
	}
}

func item(n *manifest.Node, i int) *manifest.Node {
	if i >= len(n.Items) {
		return nil
	}
	return n.Items[i]
}

// shown is a scalar's text, "" for what is absent and for lists and maps.
func shown(n *manifest.Node) string {
	if n == nil {
		return ""
	}
	return n.Text
}
