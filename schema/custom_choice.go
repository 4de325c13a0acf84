package schema

import (
	"fmt"

	"github.com/rollcast/rollcast/manifest"
)

// combined judges allOf, anyOf, oneOf and not of a value; s is the schema that
// says which fields the value has.
func (w *customWalk) combined(of, s *structural, n *manifest.Node, around *holder) {
	for _, sub := range of.allOf {
		if !w.fits(sub, s, n, around) {
			w.complain(sub, s, n, around)
		}
	}
	if len(of.anyOf) > 0 {
		w.choose(of.anyOf, s, n, around, false)
	}
	if len(of.oneOf) > 0 {
		w.choose(of.oneOf, s, n, around, true)
	}
	if of.not != nil && w.fits(of.not, s, n, around) && !w.hushed() {
		w.blame(n, "value", w.subject(n, site{})+" "+forbiddenForm(of.not), nil)
	}
}

// forbiddenForm says what a not rules out, where that is easy to say.
func forbiddenForm(s *structural) string {
	switch {
	case len(s.required) > 0 && s.props == nil:
		return "must not have " + list(s.required, "and") + " together"
	case s.pattern != nil:
		return "must not match " + s.pattern.String()
	}
	return "has a form that its definition excludes"
}

// choose judges alternatives, of which one at least must fit, or exactly one.
func (w *customWalk) choose(of []*structural, s *structural, n *manifest.Node, around *holder, exactly bool) {
	fit := 0
	for _, sub := range of {
		if w.fits(sub, s, n, around) {
			fit++
		}
	}
	if fit == 1 || fit > 1 && !exactly || w.hushed() {
		return
	}
	if len(of) == 1 {
		w.complain(of[0], s, n, around)
		return
	}
	name, rule := w.subject(n, site{}), "value"
	message := fmt.Sprintf("%s fits none of the %d forms that its definition allows", name, len(of))
	if keys := requiredKeys(of); keys != nil {
		rule = "one-of"
		word := "at least one of"
		if exactly {
			word = "exactly one of"
		}
		var have []string
		for _, key := range keys {
			if w.has(s, n, key) {
				have = append(have, key)
			}
		}
		message = fmt.Sprintf("%s must have %s %s", name, word, list(keys, "and"))
		if len(have) > 1 {
			message += fmt.Sprintf(" (%s are there)", list(have, "and"))
		}
	} else if fit > 1 {
		message = fmt.Sprintf("%s fits %d of the forms of which its definition allows one", name, fit)
	}
	w.blame(n, rule, message, nil)
}

// requiredKeys are the keys, if each alternative asks for one and nothing else.
func requiredKeys(of []*structural) []string {
	var keys []string
	for _, s := range of {
		if len(s.required) != 1 || len(s.props) > 0 || s.pattern != nil || s.enum != nil || s.not != nil {
			return nil
		}
		keys = append(keys, s.required[0])
	}
	return keys
}

// fits reports whether a value is valid by an alternative of s.
func (w *customWalk) fits(sub, s *structural, n *manifest.Node, around *holder) bool {
	w.quiet++
	was := w.failed
	w.failed = false
	w.complain(sub, s, n, around)
	ok := !w.failed
	w.failed = was
	w.quiet--
	return ok
}

// complain judges a value by an alternative of s: what it says besides, the
// fields being those of s.
func (w *customWalk) complain(sub, s *structural, n *manifest.Node, around *holder) {
	if w.budget--; w.budget < 0 {
		return
	}
	switch n.Kind {
	case manifest.Mapping:
		if sub.typed() && !sub.takes("object") {
			w.wrong(sub, n, around)
			return
		}
		count := 0
		for i := range n.Pairs {
			if w.has(s, n, n.Pairs[i].Key.Text) {
				count++
			}
		}
		for _, name := range s.names {
			if s.props[name].fallback != nil && n.Get(name) == nil {
				count++
			}
		}
		for _, name := range sub.names {
			v, of := n.Get(name), s.props[name]
			if of == nil {
				of = s.additional
			}
			if of == nil {
				of = &structural{}
			}
			if v == nil || v.Kind == manifest.Null && !of.nullable {
				if v = of.fallback; v == nil {
					continue
				}
			}
			w.complain(sub.props[name], of, v, around)
		}
		if sub.additional != nil {
			for i := range n.Pairs {
				if sub.props[n.Pairs[i].Key.Text] == nil {
					w.complain(sub.additional, s, n.Pairs[i].Value, around)
				}
			}
		}
		both := *sub
		both.props = s.props // tells which fields have defaults
		w.sizes(&both, n, count)
	case manifest.Sequence:
		if sub.typed() && !sub.takes("array") {
			w.wrong(sub, n, around)
			return
		}
		size := int64(len(n.Items))
		if sub.minItems != nil && size < *sub.minItems || sub.maxItems != nil && size > *sub.maxItems {
			w.blame(n, "value", fmt.Sprintf("%s cannot have %s", w.subject(n, site{}), several(size, "item")), nil)
		}
		of := s.items
		if of == nil {
			of = &structural{}
		}
		if sub.items != nil {
			for _, item := range n.Items {
				w.complain(sub.items, of, item, around)
			}
		}
	default:
		w.scalar(sub, n)
	}
	w.combined(sub, s, n, around)
}
