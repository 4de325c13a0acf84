package schema

import (
	"unicode/utf8"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// value judges a value by its complete type.
func (c *checker) value(id table.ID, n *manifest.Node, at site) {
	t := &c.tab.Types[id]
	if f := at.field; f != nil && !at.item {
		if w := c.former(f); w != nil {
			t = &c.tab.Types[w.Type]
			if w.Typed {
				c.shape++
				defer func() { c.shape-- }()
			}
		}
	}
	if t.Any {
		return
	}
	switch n.Kind {
	case manifest.Mapping:
		if t.Map == nil {
			c.wrongKind(t, n, at)
			return
		}
		c.mapping(t, n)
	case manifest.Sequence:
		if t.List == nil {
			c.wrongKind(t, n, at)
			return
		}
		c.list(t, n, at)
	default:
		if !c.scalar(t, n, at) {
			return
		}
	}
	if n.Kind != manifest.Mapping {
		for i := range t.Checks {
			c.named(&t.Checks[i], n, at, "", "")
		}
	}
}

// former is the type that the field had in the minor, nil for its present one.
func (c *checker) former(f *table.Field) *table.Was {
	for i := range f.Was {
		if f.Was[i].Counts(c.opt.Minor, c.opt.Gates) {
			return &f.Was[i]
		}
	}
	return nil
}

func (c *checker) list(t *table.Type, n *manifest.Node, at site) {
	at.item = true
	for _, item := range n.Items {
		if item.Kind == manifest.Null {
			item = c.zero(t.List.Elem, item)
		}
		if item != nil && c.gone[item] {
			c.shape++
			c.value(t.List.Elem, item, at)
			c.shape--
		} else if item != nil {
			c.value(t.List.Elem, item, at)
		}
	}
	at.item = false
	if c.shape == 0 {
		c.length(t.List, n, at)
	}
}

// zero is the value that the server reads from a null in a list or map: the
// zero value of the type. It is nil where the type does not say which that is.
func (c *checker) zero(id table.ID, null *manifest.Node) *manifest.Node {
	if z := c.zeros[null]; z != nil {
		return z
	}
	z := *null
	t := &c.tab.Types[id]
	switch {
	case t.Map != nil:
		z.Kind, z.Text = manifest.Mapping, ""
	case t.List != nil:
		z.Kind, z.Text = manifest.Sequence, ""
	case len(t.Scalars) == 0:
		return nil
	default:
		z.Kind, z.Text = zeroScalar(t)
	}
	if c.stands == nil {
		c.stands = map[*manifest.Node]*manifest.Node{}
		c.zeros = map[*manifest.Node]*manifest.Node{}
	}
	c.stands[&z], c.zeros[null] = null, &z
	return &z
}

func zeroScalar(t *table.Type) (manifest.Kind, string) {
	kind := table.String
	for _, s := range t.Scalars {
		kind = min(kind, s.Kind)
	}
	switch kind {
	case table.Bool:
		return manifest.Bool, "false"
	case table.Int, table.Number:
		return manifest.Int, "0"
	default:
		return manifest.String, ""
	}
}

func (c *checker) mapping(t *table.Type, n *manifest.Node) {
	st := t.Map
	room0 := len(c.values)
	c.values = append(c.values, make([]*manifest.Node, len(st.Fields))...)
	written := c.values[room0:len(c.values):len(c.values)]
	c.frames = append(c.frames, frame{node: n, typ: st, written: written})
	var room [48]int16
	index := room[:0]
	count := 0
	// Keys that are not known come first: they tell which fields are missing
	// only because they are misspelt.
	last := c.lastPairs(n)
	for i := range n.Pairs {
		p := &n.Pairs[i]
		j := -2
		if last == nil || last[p.Key.Text] == i {
			if j = st.Index(p.Key.Text); j < 0 {
				c.otherKey(st, n, p)
			}
			count++
		}
		index = append(index, int16(j)) // -2: a later pair counts, and the repetition has been told
	}
	// All fields are known before the first is judged: what stands in one of
	// them may refer to another, whatever their order.
	for i, j := range index {
		if j < 0 {
			continue
		}
		v := n.Pairs[i].Value
		if v.Kind == manifest.Null && len(st.Keys) > 0 {
			v = c.entry(st, st.Fields[j].Name, v)
		}
		if c.takes(&st.Fields[j], n, n.Pairs[i].Key, v) {
			written[j] = v
		}
	}
	for i, j := range index {
		if j >= 0 && written[j] != nil {
			c.field(&st.Fields[j], written[j], site{parent: n, key: n.Pairs[i].Key, field: &st.Fields[j]})
		}
	}
	if c.shape == 0 {
		for _, j := range st.Absent {
			if written[j] == nil {
				c.absent(&st.Fields[j], n)
			}
		}
		c.size(st, n, count)
		for i := range st.Rules {
			c.rule(&st.Rules[i])
		}
		for i := range t.Checks {
			c.named(&t.Checks[i], n, site{}, "", "")
		}
	}
	c.frames = c.frames[:len(c.frames)-1]
	c.values = c.values[:room0]
}

// lastPairs is where each key of a mapping stands last, which is what counts; nil
// where no key of the document occurs twice.
func (c *checker) lastPairs(n *manifest.Node) map[string]int {
	if len(c.doc.Duplicates) == 0 {
		return nil
	}
	last := make(map[string]int, len(n.Pairs))
	for i := range n.Pairs {
		last[n.Pairs[i].Key.Text] = i
	}
	return last
}

// takes reports whether the server takes a field as written: not null, not a
// zero that counts as absent, not dropped.
func (c *checker) takes(f *table.Field, n, key, v *manifest.Node) bool {
	switch c.fieldStage(f) {
	case table.Unknown:
		c.unknownYet(f, n, key)
		return false
	case table.Dropped:
		c.dropped(f, n, key, v)
		c.shape++
		if v.Kind != manifest.Null {
			c.value(f.Type, v, site{parent: n, key: key, field: f})
		}
		c.shape--
		return false
	case table.Works:
	}
	if v.Kind == manifest.Null || c.unset(f, v) {
		return false
	}
	if w := c.former(f); w != nil && (w.Typed || c.accepts(&c.tab.Types[w.Type], v)) && c.stage(f.Since) == table.Dropped {
		c.dropped(f, n, key, v) // and yet the server looks at it
	}
	if c.dropsValue(f, v) {
		c.droppedValue(f, n, v)
		return false
	}
	return true
}

// fieldStage is what the minor makes of a field.
func (c *checker) fieldStage(f *table.Field) table.Stage {
	s := c.stage(f.Since)
	if s == table.Dropped && c.former(f) != nil {
		return table.Works
	}
	return s
}

// entry is the value of a map's key: of null, the zero value of what the map
// holds.
func (c *checker) entry(st *table.Struct, key string, v *manifest.Node) *manifest.Node {
	if elem := c.elem(st, key); v.Kind == manifest.Null && elem != 0 {
		if z := c.zero(elem, v); z != nil {
			return z
		}
	}
	return v
}

// field judges a field that is taken as written.
func (c *checker) field(f *table.Field, v *manifest.Node, at site) {
	if f.Typed {
		c.shape++
		c.value(f.Type, v, at)
		c.shape--
		return
	}
	c.value(f.Type, v, at)
	if w := c.former(f); w != nil && w.Typed {
		return
	}
	if c.shape == 0 && len(f.Checks) > 0 && !c.isFaulty(v) {
		for i := range f.Checks {
			c.named(&f.Checks[i], v, at, f.Message, f.RuleID)
		}
	}
}

// unset reports whether a value is the zero value of a field whose zero value
// counts as not written. The 0 of a text field is none: it is of the wrong kind.
func (c *checker) unset(f *table.Field, n *manifest.Node) bool {
	return f.Zero && isZero(n) && c.fitting(slot{node: n, typ: f.Type})
}

// isZero reports whether a scalar is Go's zero value.
func isZero(n *manifest.Node) bool {
	switch n.Kind {
	case manifest.Bool:
		return n.Text == "false"
	case manifest.Int, manifest.Float:
		return n.Text == "0"
	case manifest.String:
		return n.Text == ""
	default:
		return false
	}
}

// otherKey judges a key that is no field: by the mapping's patterns, if it has
// any.
func (c *checker) otherKey(st *table.Struct, n *manifest.Node, p *manifest.Pair) {
	if len(st.Keys) == 0 {
		if !st.Open {
			c.unknown(st, n, p)
		}
		return
	}
	allowed := st.Open
	for i := range st.Keys {
		k := &st.Keys[i]
		if key := &c.tab.Types[k.Key]; !key.Any && c.shape == 0 && !c.accepts(key, p.Key) {
			continue
		}
		allowed = true
		v := p.Value
		if v.Kind == manifest.Null {
			if v = c.zero(k.Elem, v); v == nil {
				continue
			}
		}
		if !c.isFaulty(v) {
			c.value(k.Elem, v, site{parent: n, key: p.Key})
		}
	}
	if !allowed {
		c.badKey(st, n, p)
	}
}

// accepts reports whether a key or value has one of the type's scalar forms,
// its named checks included.
func (c *checker) accepts(t *table.Type, n *manifest.Node) bool {
	c.quiet++
	was := c.failed
	c.failed = false
	ok := false
	for i := range t.Scalars {
		if c.form(&t.Scalars[i], n) == fits {
			ok = true
			break
		}
	}
	for i := range t.Checks {
		if ok {
			c.named(&t.Checks[i], n, site{}, "", "")
		}
	}
	ok = ok && !c.failed
	c.failed = was
	c.quiet--
	return ok
}

// absent judges a field that is not written: required, or filled in with
// something that depends on the document.
func (c *checker) absent(f *table.Field, n *manifest.Node) {
	if c.fieldStage(f) != table.Works || c.missing[missingField{n, f.Name}] {
		return
	}
	if f.Presence == table.Required && len(f.Given) == 0 {
		c.required(f, n, "")
		return
	}
	s := c.get(c.frames, f.Name)
	switch {
	case c.takeUnsure():
	case s.node != nil: // an empty mapping
		c.mapping(&c.tab.Types[f.Type], s.node)
	case s.val != nil:
		c.constant(&c.tab.Types[f.Type], s.val, f, n, "")
	case f.Presence != table.Optional:
		c.required(f, n, "")
	}
}

// takeUnsure reads and clears unsure.
func (c *checker) takeUnsure() bool {
	u := c.unsure
	c.unsure = false
	return u
}

func runes(s string) int { return utf8.RuneCountInString(s) }
