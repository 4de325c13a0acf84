package schema

import (
	"fmt"
	"math"
	"slices"

	"github.com/rollcast/rollcast/manifest"
)

// A customWalk judges one custom resource. It takes the two steps of the server
// in one walk: strict decoding, which knows every field (apiserver/schema/pruning
// and objectmeta), and validation (kube-openapi/pkg/validation/validate,
// apiserver/schema/listtype).
type customWalk struct {
	*checker
	kind *customKind
	// lax is above 0 in what the server drops after it has decoded it: status.
	// Only unknown fields count there.
	lax int
}

// root judges the document; apiVersion, kind and metadata have been.
func (w *customWalk) root() {
	w.mapping(w.kind.root, w.doc.Root, nil, false, true)
	w.scale()
}

// scale judges the number of replicas where kubectl scale works: the server
// demands a number that fits 32 bits, whatever the schema says.
// = registry/customresource.customResourceValidator.ValidateScaleSpec
func (w *customWalk) scale() {
	if w.kind.replicas == nil {
		return
	}
	n := w.doc.Root.At(w.kind.replicas)
	if n == nil || w.isFaulty(n) {
		return
	}
	if i, _, whole := number(n); n.Kind != manifest.Int || !whole || i < 0 || i > math.MaxInt32 {
		w.blame(n, "value", fmt.Sprintf("%s must be a number from 0 to %d, because it is what kubectl scale sets, not %s", w.subject(n, site{}), math.MaxInt32, shown(n)), nil)
	}
}

// A holder is a mapping around the value in hand.
type holder struct {
	s     *structural
	n     *manifest.Node
	outer *holder
}

// value judges a value. kept says that unknown fields are kept here because the
// list around it says so.
func (w *customWalk) value(s *structural, n *manifest.Node, around *holder, kept bool) {
	if w.budget--; w.budget < 0 || w.isFaulty(n) {
		return
	}
	if s == nil {
		w.unknownBelow(n)
		return
	}
	switch n.Kind {
	case manifest.Mapping:
		w.mapping(s, n, around, kept, s.embedded)
	case manifest.Sequence:
		w.list(s, n, around, kept)
	default:
		if w.lax == 0 {
			w.scalar(s, n)
			w.combined(s, s, n, around)
		}
	}
}

// mapping judges a map: first its keys, because they tell which fields are
// missing only for a misspelling, then its values, then what is absent.
func (w *customWalk) mapping(s *structural, n *manifest.Node, around *holder, kept, object bool) {
	if w.lax == 0 && s.typed() && !s.takes("object") && !(object && s == w.kind.root) {
		w.wrong(s, n, around)
		return
	}
	here := &holder{s, n, around}
	kept = kept || s.preserve
	last := w.lastPairs(n)
	current := func(i int) bool { return last == nil || last[n.Pairs[i].Key.Text] == i }
	for i := range n.Pairs {
		key := n.Pairs[i].Key.Text
		if _, ok := s.props[key]; ok || !current(i) || kept || s.additional != nil || s.anything || object && isObjectField(key) {
			continue
		}
		w.unknownCustom(s, &n.Pairs[i], here)
	}
	if object && s != w.kind.root {
		w.object(n)
	}
	count := 0
	for i := range n.Pairs {
		p := &n.Pairs[i]
		sub, ok := s.props[p.Key.Text]
		if !ok {
			sub = s.additional
		}
		switch {
		case !current(i) || !ok && sub == nil && !s.anything:
			count++
			continue
		case object && isObjectField(p.Key.Text) && (!ok || p.Key.Text == "metadata" && around == nil):
			count++
			if ok {
				w.only(sub, p.Value, here)
			}
			continue
		case p.Value.Kind == manifest.Null && sub != nil && !sub.nullable:
			if sub.fallback != nil {
				count++
			}
			continue // it is dropped, or becomes the default
		}
		count++
		status := around == nil && p.Key.Text == "status" && w.kind.status
		if status {
			w.lax++
		}
		if sub == nil && kept {
			continue
		}
		w.value(sub, p.Value, here, false)
		if status {
			w.lax--
			count--
		}
	}
	for _, name := range s.names {
		if s.props[name].fallback != nil && n.Get(name) == nil {
			count++
		}
	}
	if w.lax == 0 {
		w.sizes(s, n, count)
		w.combined(s, s, n, around)
	}
}

// only judges metadata by what the schema adds to it: its name.
func (w *customWalk) only(s *structural, n *manifest.Node, around *holder) {
	if n.Kind != manifest.Mapping {
		return
	}
	for _, name := range s.names {
		if v := n.Get(name); v != nil && v.Kind != manifest.Null && !w.isFaulty(v) {
			w.value(s.props[name], v, &holder{s, n, around}, true)
		}
	}
	if prefix := stringAt(n.Get("generateName")); s.props["name"] != nil && n.Get("name") == nil && prefix != "" {
		// The server appends five letters or digits.
		if !w.fits(s.props["name"], s, &manifest.Node{Kind: manifest.String, Text: prefix + "bcdfg"}, around) {
			w.blame(n.Get("generateName"), "value", fmt.Sprintf("generateName %s makes a name that is not allowed here", quote(prefix)), nil)
		}
	}
	w.sizes(s, n, len(n.Pairs))
	w.combined(s, s, n, around)
}

func isObjectField(key string) bool { return key == "apiVersion" || key == "kind" || key == "metadata" }

// object judges what makes an embedded object one.
// = apiserver/schema/objectmeta.Validate
func (w *customWalk) object(n *manifest.Node) {
	for _, name := range []string{"apiVersion", "kind"} {
		switch v := n.Get(name); {
		case v == nil || v.Kind == manifest.Null && w.lax == 0:
			if w.lax == 0 {
				w.missingField(n, name)
			}
		case v.Kind != manifest.String:
			w.blame(v, "type", fmt.Sprintf("%s must be a string, not %s", name, shown(v)), nil)
		case v.Text == "" && w.lax == 0:
			w.blame(v, "value", name+" must not be empty", nil)
		}
	}
	if m := n.Get("metadata"); m != nil && m.Kind != manifest.Null && w.quiet == 0 {
		w.builtinValue("AnywhereMetadata", m)
	}
}

// sizes judges how many keys a map has, and which have to be there.
func (w *customWalk) sizes(s *structural, n *manifest.Node, count int) {
	name := ""
	if s.minProps != nil && int64(count) < *s.minProps || s.maxProps != nil && int64(count) > *s.maxProps {
		name = w.subject(n, site{})
	}
	if s.minProps != nil && int64(count) < *s.minProps {
		w.blame(n, "value", fmt.Sprintf("%s must have at least %d keys, not %d", name, *s.minProps, count), nil)
	}
	if s.maxProps != nil && int64(count) > *s.maxProps {
		w.blame(n, "value", fmt.Sprintf("%s has %d keys, and at most %d are allowed", name, count, *s.maxProps), nil)
	}
	for _, name := range s.required {
		if !w.has(s, n, name) {
			w.missingField(n, name)
		}
	}
}

// has reports whether a map has a field once the server has dropped nulls and
// filled in defaults.
func (w *customWalk) has(s *structural, n *manifest.Node, name string) bool {
	sub := s.props[name]
	if n == w.doc.Root && name == "status" && w.kind.status {
		return sub != nil && sub.fallback != nil
	}
	v := n.Get(name)
	if v == nil {
		return sub != nil && sub.fallback != nil
	}
	return v.Kind != manifest.Null || sub == nil || sub.nullable || sub.fallback != nil
}

func (w *customWalk) missingField(n *manifest.Node, name string) {
	if w.hushed() || w.missing[missingField{n, name}] {
		return
	}
	path := w.pathOf(n).Append(manifest.Key(name))
	w.markMissing(n, name)
	in := ""
	if len(path) > 1 {
		in = " in " + nameOf(path[:len(path)-1])
	}
	w.tell(fault{rule: "required", message: name + " is missing" + in, path: path, rng: w.keyPlace(n, path[:len(path)-1])})
}

// unknownCustom tells that there is no such field, and what may have been meant.
func (w *customWalk) unknownCustom(s *structural, p *manifest.Pair, here *holder) {
	if w.hushed() {
		return
	}
	key := p.Key.Text
	path := w.pathOf(here.n).Append(manifest.Key(key))
	f := fault{rule: "unknown-field", path: path, rng: w.nodeRange(p.Key), related: w.anchored(p.Key, nil)}
	f.message = "unknown field " + quote(key)
	best, ok := "", false
	if w.guesses++; w.guesses <= maxGuesses {
		best, ok = closest(key, s.names)
	}
	outer := here.outer
	switch {
	case ok:
		f.message += fmt.Sprintf(": did you mean %s?", best)
		if v := here.n.Get(best); v == nil || v.Kind == manifest.Null {
			w.markMissing(here.n, best)
			f.fix = w.rename(p.Key, best)
		}
	case outer != nil && outer.s.props[key] != nil && outer.n.Get(key) == nil:
		w.markMissing(outer.n, key)
		f.message += ": it belongs one level up, in " + nameOf(w.pathOf(outer.n))
	case slices.ContainsFunc(s.names, func(name string) bool { return s.props[name].props[key] != nil }):
		i := slices.IndexFunc(s.names, func(name string) bool { return s.props[name].props[key] != nil })
		f.message += ": it belongs under " + s.names[i]
		if inner := here.n.Get(s.names[i]); inner != nil && inner.Kind == manifest.Mapping && inner.Get(key) == nil {
			w.markMissing(inner, key)
		}
	case len(path) > 1:
		f.message += " in " + nameOf(path[:len(path)-1])
	}
	w.tell(f)
}

// unknownBelow tells every key of a value of which the schema says nothing.
func (w *customWalk) unknownBelow(n *manifest.Node) {
	for i := range n.Pairs {
		if !w.hushed() {
			key := n.Pairs[i].Key
			w.tell(fault{rule: "unknown-field", message: "unknown field " + quote(key.Text), path: w.pathOf(n).Append(manifest.Key(key.Text)), rng: w.nodeRange(key)})
		}
	}
	for _, item := range n.Items {
		w.unknownBelow(item)
	}
}
