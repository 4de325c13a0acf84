// Package mutate makes almost valid manifests out of valid ones, and makes a
// manifest on which two judges disagree as small as it can be.
package mutate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// A Tree is a document as JSON sees it: map[string]any, []any, string,
// json.Number, bool and nil.
type Tree = any

// Parse reads a JSON document.
func Parse(doc []byte) (Tree, error) {
	d := json.NewDecoder(bytes.NewReader(doc))
	d.UseNumber()
	var t Tree
	if err := d.Decode(&t); err != nil {
		return nil, err
	}
	return t, nil
}

// Bytes writes a tree as JSON, the same bytes for the same tree.
func Bytes(t Tree) []byte {
	b, err := json.Marshal(t)
	if err != nil {
		panic(err) // no tree of ours holds what JSON cannot say
	}
	return b
}

// Copy is a tree that shares nothing with t.
func Copy(t Tree) Tree {
	switch t := t.(type) {
	case map[string]any:
		m := make(map[string]any, len(t))
		for k, v := range t {
			m[k] = Copy(v)
		}
		return m
	case []any:
		l := make([]any, len(t))
		for i, v := range t {
			l[i] = Copy(v)
		}
		return l
	}
	return t
}

// A slot is a place in a tree: an entry of a map or an item of a list.
type slot struct {
	parent any // *[]any or map[string]any
	key    string
	index  int
	path   string // with [] for every index: spec.containers[].name
	set    func(any)
	del    func()
}

func (s slot) get() any {
	switch p := s.parent.(type) {
	case map[string]any:
		return p[s.key]
	case *[]any:
		return (*p)[s.index]
	}
	return nil
}

// slots lists all places of a tree, in an order that depends on nothing but
// the tree. Deleting or setting through one invalidates the others.
func slots(root *Tree) []slot {
	var out []slot
	var walk func(t any, path string, set func(any))
	walk = func(t any, path string, set func(any)) {
		switch t := t.(type) {
		case map[string]any:
			for _, k := range slices.Sorted(maps.Keys(t)) {
				p := k
				if path != "" {
					p = path + "." + k
				}
				put := func(v any) { t[k] = v }
				out = append(out, slot{parent: t, key: k, path: p, set: put, del: func() { delete(t, k) }})
				walk(t[k], p, put)
			}
		case []any:
			list := &t
			for i := range t {
				p := path + "[]"
				put := func(v any) { t[i] = v }
				out = append(out, slot{parent: list, index: i, path: p, set: put, del: func() {
					set(slices.Delete(slices.Clone(t), i, i+1))
				}})
				walk(t[i], p, put)
			}
		}
	}
	walk(*root, "", func(v any) { *root = v })
	return out
}

// At is the subtree at a path of map keys and list indexes, or nil.
func At(t Tree, path ...any) Tree {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, _ := t.(map[string]any)
			t = m[step]
		case int:
			l, _ := t.([]any)
			if step >= len(l) {
				return nil
			}
			t = l[step]
		default:
			panic(fmt.Sprintf("mutate.At: step %v", step))
		}
	}
	return t
}
