package review

import (
	"slices"

	"github.com/rollcast/rollcast/manifest"
)

// A difference is one place at which two completed objects differ.
type difference struct {
	path     manifest.Path // in the head, or in the base where it was removed
	from, to *manifest.Node
	basePath manifest.Path // where from stands
	order    bool          // the items of a list are the same, in another order
}

// maxDifferences bounds what is told of one object.
const maxDifferences = 200

// A differ collects the differences of two objects.
type differ struct {
	found []difference
	more  int
}

// diff lists where two completed values differ. Maps compare by keys, lists by
// position: the order of a list is part of the object, for the API server too.
func diff(a, b *manifest.Node) (found []difference, more int) {
	var d differ
	d.values(nil, nil, a, b)
	return d.found, d.more
}

func (d *differ) add(x difference) {
	if len(d.found) == maxDifferences {
		d.more++
		return
	}
	x.path, x.basePath = x.path.Clone(), x.basePath.Clone()
	d.found = append(d.found, x)
}

func (d *differ) values(p, q manifest.Path, a, b *manifest.Node) {
	switch {
	case a == b || a != nil && b != nil && same(a, b):
	case a == nil || b == nil:
		d.add(difference{path: p, basePath: q, from: a, to: b})
	case a.Kind == manifest.Mapping && b.Kind == manifest.Mapping:
		for _, pair := range b.Pairs {
			key := manifest.Key(pair.Key.Text)
			d.values(append(p, key), append(q, key), a.Get(pair.Key.Text), pair.Value)
		}
		for _, pair := range a.Pairs {
			if key := manifest.Key(pair.Key.Text); b.Get(pair.Key.Text) == nil {
				d.values(append(p, key), append(q, key), pair.Value, nil)
			}
		}
	case a.Kind == manifest.Sequence && b.Kind == manifest.Sequence:
		d.lists(p, q, a, b)
	default:
		d.add(difference{path: p, basePath: q, from: a, to: b})
	}
}

// lists pairs the items of two lists by their names, so that one container more
// is one difference. Lists of items without names compare by position.
func (d *differ) lists(p, q manifest.Path, a, b *manifest.Node) {
	key := itemKey(a, b)
	if key == "" {
		for i := range max(len(a.Items), len(b.Items)) {
			var x, y *manifest.Node
			if i < len(a.Items) {
				x = a.Items[i]
			}
			if i < len(b.Items) {
				y = b.Items[i]
			}
			d.values(append(p, manifest.Index(i)), append(q, manifest.Index(i)), x, y)
		}
		return
	}
	old := map[string]int{}
	for i, item := range a.Items {
		old[item.Get(key).Text] = i
	}
	last, sorted := -1, true
	kept := map[string]bool{}
	for _, item := range b.Items {
		kept[item.Get(key).Text] = true
	}
	for i, item := range b.Items {
		j, ok := old[item.Get(key).Text]
		if !ok && i < len(a.Items) && !kept[a.Items[i].Get(key).Text] { // another name in its place
			j, ok = i, true
			kept[a.Items[i].Get(key).Text] = true
		}
		if !ok {
			d.values(append(p, manifest.Index(i)), q, nil, item)
			continue
		}
		sorted = sorted && j > last
		last = j
		d.values(append(p, manifest.Index(i)), append(q, manifest.Index(j)), a.Items[j], item)
	}
	for i, item := range a.Items {
		if !kept[item.Get(key).Text] {
			d.values(p, append(q, manifest.Index(i)), item, nil)
		}
	}
	if !sorted {
		d.add(difference{path: p, basePath: q, from: a, to: b, order: true})
	}
}

// mergeKeys name the items of lists, as kubectl merges them.
var mergeKeys = []string{"name", "mountPath", "devicePath", "containerPort", "port", "topologyKey", "ip", "key", "secretRef", "type"}

// itemKey is the key whose value names each item of both lists once, "" for
// none.
func itemKey(a, b *manifest.Node) string {
	for _, key := range mergeKeys {
		if names(a, key) && names(b, key) {
			return key
		}
	}
	return ""
}

func names(list *manifest.Node, key string) bool {
	seen := map[string]bool{}
	for _, item := range list.Items {
		v := item.Get(key)
		if v == nil || v.Kind == manifest.Mapping || v.Kind == manifest.Sequence || seen[v.Text] {
			return false
		}
		seen[v.Text] = true
	}
	return true
}

// same reports whether two completed values are equal. The order of a mapping
// does not count.
func same(a, b *manifest.Node) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil || a.Kind != b.Kind || a.Text != b.Text || len(a.Pairs) != len(b.Pairs) || len(a.Items) != len(b.Items) {
		return false
	}
	for i := range a.Pairs {
		v := b.Pairs[i].Value // mostly in the same order
		if b.Pairs[i].Key.Text != a.Pairs[i].Key.Text {
			v = b.Get(a.Pairs[i].Key.Text)
		}
		if v == nil || !same(a.Pairs[i].Value, v) {
			return false
		}
	}
	return slices.EqualFunc(a.Items, b.Items, same)
}
