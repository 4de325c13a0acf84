package cli

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// A nodeReader reads settings from a file's nodes and gathers every fault with
// its place.
type nodeReader struct {
	doc    *manifest.Document
	faults []fault
}

type fault struct {
	at      manifest.Pos
	message string
}

// faultf notes a fault of the value at p.
func (r *nodeReader) faultf(p manifest.Path, format string, args ...any) {
	r.faults = append(r.faults, fault{r.doc.Range(p).Start, fmt.Sprintf(format, args...)})
}

// err is all faults in the order of the file, nil where there are none.
func (r *nodeReader) err() error {
	slices.SortStableFunc(r.faults, func(a, b fault) int { return cmp.Compare(a.at.Byte, b.at.Byte) })
	errs := make([]error, len(r.faults))
	for i, f := range r.faults {
		errs[i] = fmt.Errorf("%s:%d:%d: %s", r.doc.File.Name, f.at.Line, f.at.Column, f.message)
	}
	return errors.Join(errs...)
}

// fields are the values of a map by key; nil where the node is no map. A key
// that is not among the known ones is a fault; manifest.ParseSettings has refused
// keys that are given twice.
func (r *nodeReader) fields(p manifest.Path, known ...string) map[string]*manifest.Node {
	n := r.doc.Root.At(p)
	what := "the file"
	if len(p) > 0 {
		what = p[len(p)-1].Key
	}
	if n == nil || n.Kind != manifest.Mapping {
		r.faultf(p, "%s must be a map with %s", what, orList(known))
		return nil
	}
	fields := map[string]*manifest.Node{}
	for _, pair := range n.Pairs {
		key := pair.Key.Text
		if slices.Contains(known, key) {
			fields[key] = pair.Value
			continue
		}
		at := r.doc.KeyRange(p.Append(manifest.Key(key))).Start
		r.faults = append(r.faults, fault{at, unknownChoice("key", key, known).Error()})
	}
	return fields
}

// word is a string that must be one of the choices.
func (r *nodeReader) word(p manifest.Path, n *manifest.Node, choices []string) string {
	if n.Kind != manifest.String || !slices.Contains(choices, n.Text) {
		r.faultf(p, "%s", unknownChoice(p[len(p)-1].Key, n.Text, choices))
		return ""
	}
	return n.Text
}

// number is an integer from least to 2147483647.
func (r *nodeReader) number(p manifest.Path, n *manifest.Node, least int32) int32 {
	v, err := strconv.ParseInt(n.Text, 10, 32)
	if n.Kind != manifest.Int || err != nil || int32(v) < least {
		r.faultf(p, "%s must be a whole number from %d to %d", name(p), least, math.MaxInt32)
		return least
	}
	return int32(v)
}

// pods is an absolute number of pods or a percentage.
func (r *nodeReader) pods(p manifest.Path, n *manifest.Node) *planner.IntOrPercent {
	v, err := parsePods(n.Text)
	if err != nil || v.Percent != (n.Kind == manifest.String) || (n.Kind != manifest.Int && n.Kind != manifest.String) {
		r.faultf(p, "%s must be a number of pods such as 3, or a percentage such as 25%%", name(p))
		return nil
	}
	return &v
}

// name is the last key of a path.
func name(p manifest.Path) string { return p[len(p)-1].Key }
