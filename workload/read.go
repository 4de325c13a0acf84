package workload

import (
	"math"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// A reader reads the fields of one document. Each method's ok is false where
// the field is there but cannot be read; an absent or null field is its
// default, as for the server.
type reader struct {
	doc    *manifest.Document
	faults []manifest.Path

	room    [16]manifest.Step
	scratch manifest.Path // what in has returned last, mostly in room
}

// in is the path of a field below p, for a look at it: it holds until the next
// call. Most fields are absent, and a path that is kept costs memory.
func (r *reader) in(p manifest.Path, keys ...string) manifest.Path {
	if r.scratch == nil {
		r.scratch = r.room[:0]
	}
	r.scratch = append(r.scratch[:0], p...)
	for _, key := range keys {
		r.scratch = append(r.scratch, manifest.Key(key))
	}
	return r.scratch
}

// broken reports whether a fault lies at the path or below it. A fault above
// it does not count: a container without an image is refused at the container,
// and its probes can still be read.
func (r *reader) broken(p manifest.Path) bool {
	for _, f := range r.faults {
		if f.HasPrefix(p) {
			return true
		}
	}
	return false
}

// get is the node at the path, nil where it is absent or null; ok is false
// where a fault lies in it or it is not of the kind.
func (r *reader) get(p manifest.Path, k manifest.Kind) (n *manifest.Node, ok bool) {
	n = r.node(p)
	if n == nil {
		return nil, !r.broken(p)
	}
	return n, n.Kind == k && !r.broken(p)
}

// node is the node at the path, nil where it is absent or null.
func (r *reader) node(p manifest.Path) *manifest.Node {
	n := r.doc.Root.At(p)
	if n == nil || n.Kind == manifest.Null {
		return nil
	}
	return n
}

// list holds the items at the path; ok is false where it is not a list. Faults
// below it are the items' own.
func (r *reader) list(p manifest.Path) (items []*manifest.Node, ok bool) {
	n := r.node(p)
	if n == nil {
		return nil, true
	}
	return n.Items, n.Kind == manifest.Sequence
}

func (r *reader) int64(p manifest.Path, absent int64) (int64, bool) {
	n, ok := r.get(p, manifest.Int)
	if n == nil || !ok {
		return absent, ok
	}
	v, err := strconv.ParseInt(n.Text, 10, 64)
	return v, err == nil
}

// int32 reads a number of pods or seconds, from 0.
func (r *reader) int32(p manifest.Path, absent int32) (int32, bool) {
	v, ok := r.int64(p, int64(absent))
	if !ok || v < 0 || v > math.MaxInt32 {
		return absent, false
	}
	return int32(v), true
}

func (r *reader) str(p manifest.Path, absent string) (string, bool) {
	n, ok := r.get(p, manifest.String)
	if n == nil || !ok {
		return absent, ok
	}
	return n.Text, true
}

func (r *reader) bool(p manifest.Path) (value, ok bool) {
	n, ok := r.get(p, manifest.Bool)
	return n != nil && ok && n.Text == "true", ok
}

// strings reads a map of strings, such as labels.
func (r *reader) strings(p manifest.Path) (map[string]string, bool) {
	n := r.node(p)
	if n == nil {
		return nil, true
	}
	if n.Kind != manifest.Mapping {
		return nil, false
	}
	m := make(map[string]string, len(n.Pairs))
	for _, pair := range n.Pairs {
		switch pair.Value.Kind {
		case manifest.String:
			m[pair.Key.Text] = pair.Value.Text
		case manifest.Null: // decodes to the empty string
			m[pair.Key.Text] = ""
		default:
			return nil, false
		}
	}
	return m, true
}

// words reads a list of strings, such as a command.
func (r *reader) words(p manifest.Path) ([]string, bool) {
	items, ok := r.list(p)
	if !ok || r.broken(p) {
		return nil, false
	}
	words := make([]string, 0, len(items))
	for _, n := range items {
		if n.Kind != manifest.String {
			return nil, false
		}
		words = append(words, n.Text)
	}
	return words, true
}

// share reads a number of pods or a percentage, nil where it is absent: 3, or
// "25%". A string without the sign is neither.
func (r *reader) share(p manifest.Path) (*planner.IntOrPercent, bool) {
	n := r.node(p)
	switch {
	case r.broken(p):
		return nil, false
	case n == nil:
		return nil, true
	case n.Kind == manifest.Int:
		v, ok := r.int32(p, 0)
		share := planner.Count(v)
		return &share, ok
	case n.Kind == manifest.String:
		digits, percent := strings.CutSuffix(n.Text, "%")
		v, err := strconv.ParseUint(digits, 10, 31)
		share := planner.Percent(int32(v))
		return &share, percent && err == nil
	default:
		return nil, false
	}
}
