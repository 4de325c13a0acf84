package schema

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// rule judges a rule of the innermost mapping. Where it would have to read
// something faulty it says nothing: one fault gives one finding.
func (c *checker) rule(r *table.Rule) {
	if c.stage(r.Since) != table.Works {
		return
	}
	if r.When != nil {
		if ok := c.holds(r.When, c.frames); c.takeUnsure() || !ok {
			return
		}
	}
	switch {
	case r.Then != 0:
		c.addition(r.Then, r.Why)
	case r.Match != nil:
		c.match(r)
	case r.Must != nil:
		c.must(r)
	case r.Check != nil:
		fr := c.frames[len(c.frames)-1]
		c.named(r.Check, fr.node, site{}, r.Message, r.RuleID)
	}
}

// addition judges the innermost mapping by a type that a rule adds to its own.
// why is the rule's condition in words.
func (c *checker) addition(id table.ID, why string) {
	st := c.tab.Types[id].Map
	if st == nil {
		return
	}
	fr := c.frames[len(c.frames)-1]
	for i := range st.Fields {
		f := &st.Fields[i]
		s := c.at(c.frames, f.Name, int(f.Place)-1)
		if c.takeUnsure() {
			c.doubt()
			continue
		}
		c.addedField(f, s, fr, why)
	}
	if len(st.Keys) > 0 {
		c.addedKeys(st, fr.node, why)
	}
	if n := len(fr.node.Pairs); c.shape == 0 && (n < st.MinFields || st.MaxFields >= 0) {
		if last := c.lastPairs(fr.node); last != nil {
			n = len(last)
		}
		c.size(st, fr.node, n)
	}
	for i := range st.Rules {
		c.rule(&st.Rules[i])
	}
	for i := range c.tab.Types[id].Checks {
		c.named(&c.tab.Types[id].Checks[i], fr.node, site{}, "", "")
	}
}

// doubt makes a match unsure whose argument reads something faulty.
func (c *checker) doubt() {
	if c.quiet > 0 {
		c.doubtful = true
	}
}

func (c *checker) addedField(f *table.Field, s slot, fr frame, why string) {
	t := &c.tab.Types[f.Type]
	switch {
	case s.absent():
		if f.Presence == table.Required {
			c.required(f, fr.node, why)
		}
		return
	case t.Any:
		return
	case s.val != nil:
		c.constant(t, s.val, f, fr.node, why)
		return
	}
	if w := c.former(f); w != nil {
		t = &c.tab.Types[w.Type]
	}
	at := site{parent: fr.node, field: f, key: keyOf(fr.node, f.Name)}
	if nothing(t) {
		c.forbidden(f, s.node, at, why)
		return
	}
	id := f.Type
	if w := c.former(f); w != nil {
		id = w.Type
	}
	c.addedValue(id, s.typ, s.node, at, why)
	if c.shape == 0 && !c.isFaulty(s.node) {
		for i := range f.Checks {
			c.named(&f.Checks[i], s.node, at, f.Message, f.RuleID)
		}
	}
}

// nothing reports whether a type accepts nothing: the field is forbidden.
func nothing(t *table.Type) bool {
	return !t.Any && len(t.Scalars) == 0 && t.Map == nil && t.List == nil
}

func keyOf(n *manifest.Node, name string) *manifest.Node {
	for i := len(n.Pairs) - 1; i >= 0; i-- {
		if n.Pairs[i].Key.Text == name {
			return n.Pairs[i].Key
		}
	}
	return nil
}

// addedValue judges a value by a type that a rule adds. full is its complete
// type.
func (c *checker) addedValue(id, full table.ID, n *manifest.Node, at site, why string) {
	t := &c.tab.Types[id]
	if t.Any {
		return
	}
	if c.isFaulty(n) {
		c.doubt()
		return
	}
	c.why = append(c.why, why)
	defer func() { c.why = c.why[:len(c.why)-1] }()
	switch n.Kind {
	case manifest.Mapping:
		if t.Map == nil {
			c.wrongKind(t, n, at)
			return
		}
		c.frames = append(c.frames, frame{node: n, typ: c.tab.Types[full].Map})
		c.addition(id, why)
		c.frames = c.frames[:len(c.frames)-1]
	case manifest.Sequence:
		if t.List == nil {
			c.wrongKind(t, n, at)
			return
		}
		var elem table.ID
		if l := c.tab.Types[full].List; l != nil {
			elem = l.Elem
		}
		at.item = true
		for _, item := range n.Items {
			if item.Kind == manifest.Null {
				item = c.zero(elem, item)
			}
			if item != nil && !c.gone[item] {
				c.addedValue(t.List.Elem, elem, item, at, why)
			}
		}
		at.item = false
		c.length(t.List, n, at)
	default:
		if !c.scalar(t, n, at) || c.shape > 0 {
			return
		}
		for i := range t.Checks {
			c.named(&t.Checks[i], n, at, "", "")
		}
	}
}

func (c *checker) addedKeys(st *table.Struct, n *manifest.Node, why string) {
	for i := range n.Pairs {
		p := &n.Pairs[i]
		if st.Index(p.Key.Text) >= 0 || p.Value.Kind == manifest.Null {
			continue
		}
		for j := range st.Keys {
			k := &st.Keys[j]
			if key := &c.tab.Types[k.Key]; key.Any || c.accepts(key, p.Key) {
				c.addedValue(k.Elem, 0, p.Value, site{parent: n, key: p.Key}, why)
			}
		}
	}
}

// constant judges a value that is filled in.
func (c *checker) constant(t *table.Type, v *table.Value, f *table.Field, in *manifest.Node, why string) {
	if t.Any {
		return
	}
	if v.Kind == table.ListValue {
		if t.List == nil || len(v.Items) < t.List.Min {
			c.filledWrongly(t, f, v, in, why)
		}
		return
	}
	s := constant(v)
	n := &manifest.Node{Kind: s.kind, Text: s.text}
	for i := range t.Scalars {
		if c.form(&t.Scalars[i], n) == fits {
			return
		}
	}
	if !c.takeUnsure() {
		c.filledWrongly(t, f, v, in, why)
	}
}

// match counts the types of a matchN.
func (c *checker) match(r *table.Rule) {
	m := r.Match
	if m.Keys != nil {
		c.matchKeys(r)
		return
	}
	n := 0
	for _, id := range m.Of {
		ok, sure := c.matches(id)
		if !sure {
			return
		}
		if ok {
			n++
		}
	}
	if n < m.Min || m.Max >= 0 && n > m.Max {
		c.mismatch(r, n)
	}
}

// matches reports whether the innermost mapping is of a type too.
func (c *checker) matches(id table.ID) (ok, sure bool) {
	failed, doubtful := c.failed, c.doubtful
	c.failed, c.doubtful = false, false
	c.quiet++
	c.addition(id, "")
	c.quiet--
	ok, sure = !c.failed, !c.doubtful || c.failed
	c.failed, c.doubtful = failed, doubtful
	return ok, sure
}

// matchKeys is match where each type asks for one key.
func (c *checker) matchKeys(r *table.Rule) {
	fr := &c.frames[len(c.frames)-1]
	n := 0
	for i, place := range r.Match.Places {
		if fr.written != nil && fr.written[place] != nil {
			n++
			continue
		}
		if f := &fr.typ.Fields[place]; fr.written != nil && c.missing == nil && f.Presence == table.Optional && len(f.Given) == 0 {
			continue
		}
		s := c.at(c.frames, r.Match.Keys[i], int(place))
		if c.takeUnsure() && s.absent() {
			return
		}
		if !s.absent() {
			n++
		}
	}
	if n < r.Match.Min || r.Match.Max >= 0 && n > r.Match.Max {
		c.mismatch(r, n)
	}
}

// must judges a computed value.
func (c *checker) must(r *table.Rule) {
	m := r.Must
	if m.Of.Kind != table.Collect {
		v := c.term(&m.Of, c.frames)
		if !c.takeUnsure() && v.kind != manifest.Null {
			c.computed(r, v)
		}
		return
	}
	if m.Unique {
		c.unique(r)
		return
	}
	n := 0
	var extra result // the first one too many
	c.collect(&m.Of, c.frames, func(v result) bool {
		if n++; m.Max >= 0 && n == m.Max+1 {
			extra = v
		}
		return true
	})
	if !c.takeUnsure() && (n < m.Min || m.Max >= 0 && n > m.Max) {
		c.count(r, n, extra)
	}
}

// unique reports each value of a collection that has been there before.
func (c *checker) unique(r *table.Rule) {
	seen := c.results[:0]
	var many map[value]result
	c.collect(&r.Must.Of, c.frames, func(v result) bool {
		if many != nil {
			if first, ok := many[v.value]; ok {
				c.repeatedValue(r, first, v)
			} else {
				many[v.value] = v
			}
			return true
		}
		for i := range seen {
			if compare(table.Eq, seen[i].value, v.value) {
				c.repeatedValue(r, seen[i], v)
				return true
			}
		}
		if seen = append(seen, v); len(seen) == 32 {
			many = make(map[value]result, 64)
			for _, s := range seen {
				many[s.value] = s
			}
		}
		return true
	})
	c.results = seen
	c.takeUnsure()
}
