package schema

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// list judges a list: its items, their number, and whether they repeat.
func (w *customWalk) list(s *structural, n *manifest.Node, around *holder, kept bool) {
	if w.lax == 0 && s.typed() && !s.takes("array") && !(s.format != "" && s.takes("string")) {
		w.wrong(s, n, around)
		return
	}
	kept = kept || s.preserve
	for _, item := range n.Items {
		switch {
		case s.items == nil:
			if !kept && s.kind == "array" {
				w.unknownBelow(item)
			}
		case item.Kind == manifest.Null && !s.items.nullable && s.items.fallback != nil:
		default:
			w.value(s.items, item, around, kept)
		}
	}
	if w.lax > 0 {
		return
	}
	size := int64(len(n.Items))
	if s.minItems != nil && size < *s.minItems {
		w.blame(n, "value", fmt.Sprintf("%s must have at least %s, not %d", w.subject(n, site{}), several(*s.minItems, "item"), size), nil)
	}
	if s.maxItems != nil && size > *s.maxItems {
		w.blame(n, "value", fmt.Sprintf("%s has %d items, and at most %d are allowed", w.subject(n, site{}), size, *s.maxItems), nil)
	}
	w.distinct(s, n)
	w.combined(s, s, n, around)
}

func several(n int64, word string) string {
	if n != 1 {
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}

// distinct judges a list that is a set, or a map by some keys of its items.
// = apiserver/schema/listtype.ValidateListSetsAndMaps
func (w *customWalk) distinct(s *structural, n *manifest.Node) {
	if s.listType == "" || w.hushable(n) {
		return
	}
	first := map[string]*manifest.Node{}
	for _, item := range n.Items {
		id := canonical(item)
		if s.listType == "map" {
			var parts []string
			for _, key := range s.mapKeys {
				v := item.Get(key)
				if v == nil && s.items != nil && s.items.props[key] != nil {
					v = s.items.props[key].fallback
				}
				part := "-"
				if v != nil && (v.Kind != manifest.Null || s.items == nil || s.items.props[key] == nil || s.items.props[key].nullable) {
					part = canonical(v)
				}
				parts = append(parts, key+" "+part)
			}
			id = strings.Join(parts, ", ")
		}
		other, repeated := first[id]
		if !repeated {
			first[id] = item
			continue
		}
		if w.hushed() {
			return
		}
		path := w.pathOf(item)
		message := fmt.Sprintf("%s repeats %s", nameOf(path), nameOf(w.pathOf(other)))
		if s.listType == "map" {
			message += ": both have " + id
		}
		w.tell(fault{rule: "duplicate", message: message, path: path, rng: w.place(item, path),
			related: []finding.Related{w.related(other, "the first one is here")}})
	}
}

// hushable reports whether a faulty item makes the comparison of items pointless.
func (w *customWalk) hushable(n *manifest.Node) bool {
	return slices.ContainsFunc(n.Items, w.isFaulty)
}

// canonical is the value in a form that only equal values share.
func canonical(n *manifest.Node) string {
	var b strings.Builder
	write(&b, n)
	return b.String()
}

func write(b *strings.Builder, n *manifest.Node) {
	switch n.Kind {
	case manifest.Mapping:
		pairs := slices.Clone(n.Pairs)
		slices.SortStableFunc(pairs, func(x, y manifest.Pair) int { return strings.Compare(x.Key.Text, y.Key.Text) })
		b.WriteByte('{')
		for i := range pairs {
			b.WriteString(strconv.Quote(pairs[i].Key.Text) + ":")
			write(b, pairs[i].Value)
			b.WriteByte(',')
		}
		b.WriteByte('}')
	case manifest.Sequence:
		b.WriteByte('[')
		for _, item := range n.Items {
			write(b, item)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case manifest.String:
		b.WriteString(strconv.Quote(n.Text))
	default:
		b.WriteString(n.Text)
	}
}

// number is a scalar as the server's JSON decoder reads it: an int64 where the
// digits fit, else a float64.
func number(n *manifest.Node) (i int64, f float64, whole bool) {
	if n.Kind == manifest.Int {
		if i, err := strconv.ParseInt(n.Text, 10, 64); err == nil {
			return i, float64(i), true
		}
	}
	f, _ = strconv.ParseFloat(n.Text, 64)
	return 0, f, false
}

// maxSafe is the largest whole number that a float64 holds with its neighbours.
const maxSafe = 1<<53 - 1

// scalar judges a value that is no map and no list.
func (w *customWalk) scalar(s *structural, n *manifest.Node) {
	if !w.kindFits(s, n) {
		w.wrong(s, n, nil)
		return
	}
	switch n.Kind {
	case manifest.String:
		w.string(s, n)
	case manifest.Int, manifest.Float:
		w.number(s, n)
	}
	w.oneOfValues(s, n)
}

func (w *customWalk) kindFits(s *structural, n *manifest.Node) bool {
	if !s.typed() {
		return s.format == "" || n.Kind == manifest.String || n.Kind == manifest.Null
	}
	switch n.Kind {
	case manifest.Null:
		return s.nullable
	case manifest.Bool:
		return s.takes("boolean")
	case manifest.String:
		return s.takes("string")
	case manifest.Float, manifest.Int:
		if s.takes("number") {
			return true
		}
		_, f, whole := number(n)
		return s.takes("integer") && (whole || math.Trunc(f) == f && math.Abs(f) <= maxSafe)
	}
	return false
}

func (w *customWalk) string(s *structural, n *manifest.Node) {
	length := int64(runes(n.Text))
	name := func() string { return w.subject(n, site{}) }
	switch {
	case s.maxLength != nil && length > *s.maxLength:
		w.blame(n, "value", fmt.Sprintf("%s has %d characters, and at most %d are allowed", name(), length, *s.maxLength), nil)
	case s.minLength != nil && length < *s.minLength:
		if length == 0 {
			w.blame(n, "value", name()+" must not be empty", nil)
			return
		}
		w.blame(n, "value", fmt.Sprintf("%s must have at least %s, not %s", name(), several(*s.minLength, "character"), quoted(n)), nil)
	case s.pattern != nil && !s.pattern.MatchString(n.Text):
		w.blame(n, "value", fmt.Sprintf("%s %s must match %s", name(), quoted(n), s.pattern), nil)
	case formats[s.format] != nil && !formats[s.format](n.Text) && (w.opt.Minor >= 34 || !strings.HasPrefix(s.format, "k8s")):
		w.blame(n, "value", fmt.Sprintf("%s %s must have the format %s", name(), quoted(n), formatNames[s.format]), nil)
	}
}

// number judges the bounds. The server compares whole numbers with bounds
// whose decimals it has cut off.
func (w *customWalk) number(s *structural, n *manifest.Node) {
	i, f, whole := number(n)
	above := func(limit float64, open bool) bool {
		if whole {
			return i > int64(limit) || open && i == int64(limit)
		}
		return f > limit || open && f == limit
	}
	below := func(limit float64, open bool) bool {
		if whole {
			return i < int64(limit) || open && i == int64(limit)
		}
		return f < limit || open && f == limit
	}
	name := func() string { return w.subject(n, site{}) }
	switch {
	case s.format == "int32" && (f < math.MinInt32 || f > math.MaxInt32):
		w.blame(n, "value", fmt.Sprintf("%s must fit 32 bits, not %s", name(), quoted(n)), nil)
	case s.format == "float" && math.Abs(f) > math.MaxFloat32:
		w.blame(n, "value", fmt.Sprintf("%s must fit a 32-bit number, not %s", name(), quoted(n)), nil)
	case s.maximum != nil && above(*s.maximum, s.openMax):
		w.blame(n, "value", fmt.Sprintf("%s must be %s %s, not %s", name(), map[bool]string{true: "below", false: "at most"}[s.openMax], short(*s.maximum), quoted(n)), nil)
	case s.minimum != nil && below(*s.minimum, s.openMin):
		w.blame(n, "value", fmt.Sprintf("%s must be %s %s, not %s", name(), map[bool]string{true: "above", false: "at least"}[s.openMin], short(*s.minimum), quoted(n)), nil)
	case s.multipleOf != nil && !multiple(i, f, whole, *s.multipleOf):
		w.blame(n, "value", fmt.Sprintf("%s must be a multiple of %s, not %s", name(), short(*s.multipleOf), quoted(n)), nil)
	}
}

func short(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func multiple(i int64, f float64, whole bool, of float64) bool {
	if whole {
		return int64(of) > 0 && i%int64(of) == 0
	}
	q := f / of
	return of > 0 && (q == math.Trunc(q) || math.Abs(q-math.Round(q)) < 1e-9)
}

// oneOfValues judges an enumeration.
func (w *customWalk) oneOfValues(s *structural, n *manifest.Node) {
	if s.enum == nil {
		return
	}
	var values []string
	for _, e := range s.enum {
		if sameValue(e, n) {
			return
		}
		if e.Kind == manifest.String {
			values = append(values, e.Text)
		} else {
			values = append(values, canonical(e))
		}
	}
	if w.hushed() {
		return
	}
	claim := fmt.Sprintf("%s must be %s, not %s", w.subject(n, site{}), oneOf(values), quoted(n))
	if len(values) > 12 {
		claim = fmt.Sprintf("%s must be one of its %d values, not %s", w.subject(n, site{}), len(values), quoted(n))
	}
	if best, ok := closest(n.Text, values); ok && len(values) > 1 {
		claim += fmt.Sprintf(" (did you mean %s?)", best)
	}
	w.blame(n, "value", claim, nil)
}

func sameValue(e, n *manifest.Node) bool {
	if n.Kind == manifest.Null {
		return false // as the server has it, whatever the list says
	}
	numeric := func(n *manifest.Node) bool { return n.Kind == manifest.Int || n.Kind == manifest.Float }
	if numeric(e) && numeric(n) {
		_, x, _ := number(e)
		_, y, _ := number(n)
		return x == y
	}
	return e.Kind == n.Kind && canonical(e) == canonical(n)
}

// wrong tells that a value is of another kind than the schema wants.
func (w *customWalk) wrong(s *structural, n *manifest.Node, around *holder) {
	if w.hushed() {
		return
	}
	name := w.subject(n, site{})
	message := fmt.Sprintf("%s must be %s, not %s", name, s.words(), shown(n))
	var fix *finding.Fix
	switch {
	case n.Kind == manifest.Mapping && s.takes("array") && len(n.Pairs) > 0 && s.items != nil && s.items.props[n.Pairs[0].Key.Text] != nil:
		message = fmt.Sprintf("%s must be a list: put '- ' before %s", name, n.Pairs[0].Key.Text)
		fix = w.listify(n, name)
	case n.Kind == manifest.Sequence && s.takes("object") && len(n.Items) == 1 && n.Items[0].Kind == manifest.Mapping && len(n.Items[0].Pairs) > 0:
		message += ": remove '- ' before " + n.Items[0].Pairs[0].Key.Text
		fix = w.unlist(n, name)
	case n.Kind == manifest.String && (s.takes("integer") && isInteger(n.Text) || s.takes("boolean") && (n.Text == "true" || n.Text == "false")):
		message += ": remove the quotes"
		fix = w.requote(n, n.Text, "remove the quotes of "+name)
	case s.takes("string") && (n.Kind == manifest.Int || n.Kind == manifest.Float || n.Kind == manifest.Bool):
		source, _ := json.Marshal(w.doc.Source(n))
		message += ": put it in quotes"
		fix = w.requote(n, string(source), "put "+name+" in quotes")
	}
	w.blame(n, "type", message, fix)
}

// formatNames are the formats as definitions write them.
var formatNames = map[string]string{
	"bsonobjectid": "bsonobjectid", "byte": "byte (base64)", "cidr": "cidr, such as 10.0.0.0/8", "date": "date, such as 2026-01-31",
	"datetime": "date-time, such as 2026-01-31T12:00:00Z", "duration": "duration, such as 90s", "email": "email", "hexcolor": "hexcolor",
	"hostname": "hostname", "ipv4": "ipv4", "ipv6": "ipv6", "k8slongname": "k8s-long-name", "k8sshortname": "k8s-short-name", "mac": "mac",
	"rgbcolor": "rgbcolor", "ssn": "ssn", "uri": "uri, such as https://example.com", "uuid": "uuid", "uuid3": "uuid3", "uuid4": "uuid4", "uuid5": "uuid5",
}
