package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// maxGuesses bounds the search for what misspelt keys may have meant.
const maxGuesses = 100

// unknown tells that a mapping has no such field, and what may have been meant:
// a field with nearly that name, or the same name elsewhere.
func (c *checker) unknown(st *table.Struct, n *manifest.Node, p *manifest.Pair) {
	if c.hushed() {
		return
	}
	key := p.Key.Text
	message := fmt.Sprintf("unknown field %s", quote(key))
	path := c.pathOf(n).Append(manifest.Key(key))
	f := fault{rule: "unknown-field", path: path, rng: c.nodeRange(p.Key)}
	best, where := "", ""
	ok, found := false, false
	if c.guesses++; c.guesses <= maxGuesses {
		best, ok = c.meant(st, n, key)
		if !ok || !strings.EqualFold(best, key) {
			where, found = c.elsewhere(st, n, key)
		}
	}
	switch {
	case found:
		message += ": " + where
	case ok:
		message += fmt.Sprintf(": did you mean %s?", best)
		if v := n.Get(best); v == nil || v.Kind == manifest.Null {
			c.markMissing(n, best)
			f.fix = c.rename(p.Key, best)
		}
	case len(path) > 1:
		message += " in " + nameOf(path[:len(path)-1])
	}
	f.message = message
	f.related = c.anchored(p.Key, nil)
	c.tell(f)
}

// meant is the field that a key may have meant: one that typing errors explain,
// or, of those that begin or end with it, the one that is required and missing,
// or the only one.
//
// Example: port in a container's ports means containerPort, and not hostPort,
// because a port needs the former.
func (c *checker) meant(st *table.Struct, n *manifest.Node, key string) (string, bool) {
	if best, ok := closest(key, fieldNames(st)); ok {
		return best, true
	}
	if len(key) < 3 {
		return "", false
	}
	var candidates []string
	word := strings.ToLower(key)
	for i := range st.Fields {
		f := &st.Fields[i]
		name := strings.ToLower(f.Name)
		part := strings.HasPrefix(name, word) || strings.HasSuffix(name, word)
		switch {
		case n.Get(f.Name) != nil:
		case f.Presence == table.Required && (part || shortFor(word, name)):
			return f.Name, true
		case part:
			candidates = append(candidates, f.Name)
		}
	}
	if len(candidates) == 1 {
		return candidates[0], true
	}
	return "", false
}

// shortFor reports whether a word is a name with letters left out, from the
// first on: img for image.
func shortFor(word, name string) bool {
	if word[0] != name[0] || len(word)*2 < len(name) {
		return false
	}
	i := 0
	for j := 0; j < len(name) && i < len(word); j++ {
		if name[j] == word[i] {
			i++
		}
	}
	return i == len(word)
}

func (c *checker) rename(key *manifest.Node, to string) *finding.Fix {
	if key.Anchor() != nil {
		return nil
	}
	r := c.nodeRange(key)
	return &finding.Fix{
		Safe:        true, // the server refused the document
		Description: fmt.Sprintf("rename %s to %s", key.Text, to),
		Edits:       []finding.Edit{{File: c.doc.File, Start: r.Start.Byte, End: r.End.Byte, Text: to}},
	}
}

func fieldNames(st *table.Struct) []string {
	names := make([]string, len(st.Fields))
	for i := range st.Fields {
		names[i] = st.Fields[i].Name
	}
	return names
}

// elsewhere looks for the mapping to which a key belongs: one around this one,
// if the key stands too far to the right, or one below it, if it stands too far
// to the left. The field that is then missing there is marked.
func (c *checker) elsewhere(st *table.Struct, n *manifest.Node, key string) (string, bool) {
	paths, depth := c.below(st, key)
	for up := 1; up < len(c.frames); up++ {
		if depth > 0 && depth < up {
			break
		}
		fr := c.frames[len(c.frames)-1-up]
		if fr.typ == nil || fr.typ.Index(key) < 0 {
			continue
		}
		if fr.node.Get(key) == nil {
			c.markMissing(fr.node, key)
		}
		path := c.pathOf(c.real(fr.node))
		if len(path) == 0 {
			return "it belongs at the top of the document", true
		}
		levels := "one level"
		if up > 1 {
			levels = fmt.Sprintf("%d levels", up)
		}
		return fmt.Sprintf("it belongs %s up, in %s", levels, nameOf(path)), true
	}
	if depth == 0 {
		return "", false
	}
	down := paths[0]
	if len(paths) > 1 {
		written := slices.DeleteFunc(slices.Clone(paths), func(p manifest.Path) bool { return n.At(p) == nil })
		if len(written) != 1 {
			var names []string
			for _, p := range paths {
				names = append(names, underName(p))
			}
			if len(names) > 4 {
				return "", false
			}
			return "it belongs under " + oneOf(names), true
		}
		down = written[0]
	}
	if inner := n.At(down); inner != nil && inner.Kind == manifest.Mapping && inner.Get(key) == nil {
		c.markMissing(inner, key)
	}
	return "it belongs under " + underName(down), true
}

// underName writes a path with [] for any item: template.spec.containers[].
func underName(p manifest.Path) string {
	var steps []string
	for _, s := range p {
		if s.IsIndex() {
			steps[len(steps)-1] += "[]"
			continue
		}
		steps = append(steps, s.Key)
	}
	return strings.Join(steps, ".")
}

// below are the nearest paths below a mapping's type to one with the field;
// lists are passed through at their first item. depth is the number of mappings
// down, 0 for none within reach.
func (c *checker) below(st *table.Struct, key string) (paths []manifest.Path, depth int) {
	type candidate struct {
		st   *table.Struct
		path manifest.Path
	}
	level := []candidate{{st: st}}
	for depth := 1; depth <= 3; depth++ {
		var next []candidate
		for _, k := range level {
			for i := range k.st.Fields {
				f := &k.st.Fields[i]
				if f.Name == "status" && len(k.path) == 0 {
					continue
				}
				path := k.path.Append(manifest.Key(f.Name))
				t := &c.tab.Types[f.Type]
				for t.Map == nil && t.List != nil {
					path = path.Append(manifest.Index(0))
					t = &c.tab.Types[t.List.Elem]
				}
				if t.Map == nil {
					continue
				}
				if t.Map.Index(key) >= 0 {
					paths = append(paths, path)
				}
				next = append(next, candidate{t.Map, path})
			}
		}
		if len(paths) > 0 {
			return paths, depth
		}
		level = next
	}
	return nil, 0
}

// badKey tells that a key has not the form that the keys of its mapping have.
func (c *checker) badKey(st *table.Struct, n *manifest.Node, p *manifest.Pair) {
	if c.hushed() {
		return
	}
	path := c.pathOf(n).Append(manifest.Key(p.Key.Text))
	holder := nameOf(path[:len(path)-1])
	var words, values []string
	for _, k := range st.Keys {
		t := &c.tab.Types[k.Key]
		if t.Is != "" {
			words = append(words, t.Is)
		}
		for i := range t.Scalars {
			values = append(values, t.Scalars[i].Values...)
		}
	}
	message := fmt.Sprintf("%s cannot be a key of %s", quote(p.Key.Text), holder)
	if len(words) > 0 {
		message = fmt.Sprintf("the key %s of %s must be %s", quote(p.Key.Text), holder, strings.Join(words, " or "))
	}
	if best, ok := closest(p.Key.Text, values); ok {
		message += fmt.Sprintf(" (did you mean %s?)", best)
	}
	up := 0
	if slices.ContainsFunc(st.Keys, func(k table.KeyPattern) bool {
		name := c.tab.Types[k.Key].Name
		return name == "LabelKey" || name == "AnnotationKey"
	}) {
		up = 1
	}
	c.tell(fault{rule: "value", message: message, path: path, rng: c.nodeRange(p.Key), related: c.anchored(p.Key, nil), unnamed: up})
}

// unknownYet tells that the field is not in this version of the API.
func (c *checker) unknownYet(f *table.Field, n, key *manifest.Node) {
	if c.hushed() {
		return
	}
	path := c.pathOf(n).Append(manifest.Key(f.Name))
	message := fmt.Sprintf("unknown field %s: it came with Kubernetes 1.%d", quote(f.Name), f.Since.Added)
	if c.opt.Minor >= int(f.Since.Added) {
		message = fmt.Sprintf("unknown field %s: it went with Kubernetes 1.%d", quote(f.Name), f.Since.Removed)
	}
	c.markMissing(n, f.Name) // what needs it has nothing to add
	c.tell(fault{rule: "unknown-field", message: message, path: path, rng: c.nodeRange(key)})
}

// dropped tells that the server overlooks the field.
func (c *checker) dropped(f *table.Field, n, key, v *manifest.Node) {
	if c.quiet > 0 || c.shape > 0 || v.Kind == manifest.Null {
		return
	}
	c.ignored(f.Name, f.Since, n, f, key)
}

// droppedValue tells that the server overlooks the field because of its value.
func (c *checker) droppedValue(f *table.Field, in, v *manifest.Node) {
	if c.quiet > 0 || c.shape > 0 {
		return
	}
	t := &c.tab.Types[f.Type]
	for i := range t.Values {
		if t.Values[i].Value == v.Text {
			c.ignored(f.Name+" "+quoted(v), &t.Values[i].Since, in, f, v)
			return
		}
	}
}

func (c *checker) ignored(what string, since *table.Since, in *manifest.Node, f *table.Field, at *manifest.Node) {
	message := what + " has no effect"
	if since.Works > uint8(c.opt.Minor) {
		message += fmt.Sprintf(" before Kubernetes 1.%d", since.Works)
	}
	if since.Gate != "" {
		message += fmt.Sprintf(": the feature gate %s is off", since.Gate)
	}
	c.tell(fault{
		rule: "ignored-field", severity: finding.Warning, message: message,
		path: c.pathOf(in).Append(manifest.Key(f.Name)), rng: c.nodeRange(at),
	})
}

// duplicates tells the keys that are given twice.
func (c *checker) duplicates() {
	for _, d := range c.doc.Duplicates {
		c.tell(fault{
			rule:    "duplicate",
			message: fmt.Sprintf("the key %s is given twice", quote(d.Second.Text)),
			path:    d.Path, rng: c.nodeRange(d.Second),
			related: []finding.Related{c.related(d.First, "the first one is here")},
		})
	}
}
