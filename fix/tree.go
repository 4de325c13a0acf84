package fix

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/rollcast/rollcast/manifest"
)

// clone copies a tree, places aside.
func clone(n *manifest.Node) *manifest.Node {
	if n == nil {
		return nil
	}
	c := &manifest.Node{Kind: n.Kind, Text: n.Text}
	for _, p := range n.Pairs {
		c.Pairs = append(c.Pairs, manifest.Pair{Key: clone(p.Key), Value: clone(p.Value)})
	}
	for _, item := range n.Items {
		c.Items = append(c.Items, clone(item))
	}
	return c
}

// equal compares trees as the server reads them: keys in any order.
func equal(a, b *manifest.Node) bool {
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Pairs) != len(b.Pairs) || len(a.Items) != len(b.Items) {
		return false
	}
	for _, p := range a.Pairs {
		other := b.Get(p.Key.Text)
		if other == nil || !equal(a.Get(p.Key.Text), other) {
			return false
		}
	}
	for i := range a.Items {
		if !equal(a.Items[i], b.Items[i]) {
			return false
		}
	}
	return true
}

// apply carries out an operation on a tree.
func apply(root *manifest.Node, op Op) error {
	n := root
	for _, step := range op.Path[:len(op.Path)-1] {
		next := n.At(manifest.Path{step})
		if next == nil {
			if step.IsIndex() || n.Kind != manifest.Mapping {
				return errors.New("there is nothing to add to")
			}
			next = &manifest.Node{Kind: manifest.Mapping}
			n.Pairs = append(n.Pairs, manifest.Pair{Key: text(step.Key), Value: next})
		}
		n = next
	}
	last := op.Path[len(op.Path)-1]
	switch {
	case op.Kind == Remove:
		n.Pairs = slices.DeleteFunc(n.Pairs, func(p manifest.Pair) bool { return p.Key.Text == last.Key })
	case last.IsIndex() && last.Index < len(n.Items):
		n.Items[last.Index] = node(op.Value)
	case last.IsIndex():
		n.Items = append(n.Items, node(op.Value))
	default:
		for i := range n.Pairs {
			if n.Pairs[i].Key.Text == last.Key {
				n.Pairs[i].Value = node(op.Value)
				return nil
			}
		}
		n.Pairs = append(n.Pairs, manifest.Pair{Key: text(last.Key), Value: node(op.Value)})
	}
	return nil
}

func text(s string) *manifest.Node { return &manifest.Node{Kind: manifest.String, Text: s} }

// node is a value as a tree.
func node(v any) *manifest.Node {
	switch v := v.(type) {
	case nil:
		return &manifest.Node{Kind: manifest.Null, Text: "null"}
	case bool:
		return &manifest.Node{Kind: manifest.Bool, Text: fmt.Sprint(v)}
	case string:
		return text(v)
	case json.Number, int, int64:
		return &manifest.Node{Kind: manifest.Int, Text: fmt.Sprint(v)}
	case []any:
		n := &manifest.Node{Kind: manifest.Sequence}
		for _, item := range v {
			n.Items = append(n.Items, node(item))
		}
		return n
	case map[string]any:
		n := &manifest.Node{Kind: manifest.Mapping}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			n.Pairs = append(n.Pairs, manifest.Pair{Key: text(key), Value: node(v[key])})
		}
		return n
	}
	return &manifest.Node{}
}
