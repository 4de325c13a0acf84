package schema

import (
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// A value is a scalar that a rule computes; kind is Null for none.
type value struct {
	kind manifest.Kind
	text string
}

// A result is what a term yields: where it comes from, and its scalar value.
type result struct {
	slot
	value
}

func constant(v *table.Value) value {
	switch v.Kind {
	case table.BoolValue:
		return value{manifest.Bool, v.Text}
	case table.IntValue:
		return value{manifest.Int, v.Text}
	case table.StringValue:
		return value{manifest.String, v.Text}
	case table.ListValue:
		return value{manifest.Sequence, ""}
	}
	return value{}
}

func (s slot) value() value {
	switch {
	case s.val != nil:
		return constant(s.val)
	case s.node != nil:
		return value{s.node.Kind, s.node.Text}
	}
	return value{}
}

// term computes a term that is no collection. What is absent has kind Null.
func (c *checker) term(t *table.Term, frames []frame) result {
	switch t.Kind {
	case table.Const:
		return result{slot{val: t.Value}, constant(t.Value)}
	case table.Ref:
		if t.Up >= len(frames) {
			c.unsure = true
			return result{}
		}
		frames = frames[:len(frames)-t.Up]
		s := c.at(frames, t.Path[0], int(t.Field)-1)
		if len(t.Path) > 1 {
			s = c.follow(s, t.Path[1:], frames)
		}
		return result{s, s.value()}
	case table.Var:
		s := c.follow(c.vars[t.N].slot, t.Path, c.vars[t.N].frames)
		return result{s, s.value()}
	case table.Place:
		v := &c.vars[t.N]
		if v.key != nil {
			return result{value: value{manifest.String, v.key.Text}}
		}
		return result{value: value{manifest.Int, strconv.Itoa(v.index)}}
	case table.Length:
		return result{value: c.lengthOf(&t.Args[0], frames)}
	case table.Text:
		return c.text(t, frames)
	case table.Collect:
	}
	c.unsure = true
	return result{}
}

// text joins the parts of an interpolation; its place is that of the last part
// that is written.
func (c *checker) text(t *table.Term, frames []frame) result {
	if len(t.Args) == 1 {
		r := c.term(&t.Args[0], frames)
		switch r.kind {
		case manifest.Bool, manifest.Int, manifest.Float:
			r.kind = manifest.String
		case manifest.String:
		default:
			c.unsure = true
		}
		return r
	}
	var b strings.Builder
	out := result{value: value{kind: manifest.String}}
	for i := range t.Args {
		r := c.term(&t.Args[i], frames)
		switch r.kind {
		case manifest.Bool, manifest.Int, manifest.Float, manifest.String:
			b.WriteString(r.text)
		default:
			c.unsure = true
		}
		if r.node != nil {
			out.slot = r.slot
		}
	}
	out.text = b.String()
	return out
}

func (c *checker) lengthOf(t *table.Term, frames []frame) value {
	n := 0
	if t.Kind == table.Collect {
		c.collect(t, frames, func(result) bool { n++; return true })
		return value{manifest.Int, strconv.Itoa(n)}
	}
	s := c.term(t, frames)
	switch {
	case s.val != nil && s.val.Kind == table.ListValue:
		n = len(s.val.Items)
	case s.node != nil && s.node.Kind == manifest.Sequence:
		n = len(s.node.Items)
	case s.node != nil && s.node.Kind == manifest.Mapping:
		for _, p := range s.node.Pairs {
			if p.Value.Kind != manifest.Null {
				n++
			}
		}
	case s.kind == manifest.String:
		n = len(s.text)
	default:
		c.unsure = true
	}
	return value{manifest.Int, strconv.Itoa(n)}
}

// A loopVar is the variable of a loop: an item, and its index or key.
type loopVar struct {
	slot
	frames []frame // the mappings around the item
	index  int
	key    *manifest.Node // in a mapping
}

// collect gives yield each value of a collection, until that returns false. A
// value that cannot be read, because its item is faulty, is passed over: what is
// wrong with it has been told.
func (c *checker) collect(t *table.Term, frames []frame, yield func(result) bool) {
	for i := range t.Loops {
		if !c.loop(&t.Loops[i], 0, frames, yield) {
			return
		}
	}
}

func (c *checker) loop(l *table.Loop, at int, frames []frame, yield func(result) bool) bool {
	if at == len(l.Clauses) {
		sure := !c.unsure
		r := c.term(&l.Yield, frames)
		if sure && c.takeUnsure() || r.kind == manifest.Null {
			c.partial = true
			return true
		}
		return yield(r)
	}
	k := &l.Clauses[at]
	if k.If != nil {
		sure := !c.unsure
		ok := c.holds(k.If, frames)
		if sure && c.takeUnsure() {
			c.partial = true
			return true
		}
		if !ok {
			return true
		}
		return c.loop(l, at+1, frames, yield)
	}
	next := func(v loopVar) bool {
		if c.budget--; c.budget < 0 {
			c.unsure = true
			return false
		}
		c.vars = append(c.vars, v)
		more := c.loop(l, at+1, frames, yield)
		c.vars = c.vars[:len(c.vars)-1]
		return more
	}
	if k.For.Kind == table.Collect {
		more, outer, index := true, len(c.vars), 0
		c.collect(k.For, frames, func(r result) bool {
			inner := c.vars
			c.vars = c.vars[:outer:outer] // the inner collection's variables are its own
			more = next(loopVar{slot: r.slotOfValue(), frames: frames, index: index})
			index++
			c.vars = inner
			return more
		})
		return more
	}
	return c.each(k.For, frames, next)
}

// slotOfValue keeps a computed text, which no node holds.
func (r result) slotOfValue() slot {
	if r.slot.absent() && r.kind == manifest.String {
		return slot{val: &table.Value{Kind: table.StringValue, Text: r.text}}
	}
	return r.slot
}

// each loops over the list or mapping that a term names.
func (c *checker) each(source *table.Term, frames []frame, next func(loopVar) bool) bool {
	s := c.term(source, frames)
	if s.node == nil {
		return true // absent, or the empty list that is filled in
	}
	around := frames
	if source.Kind == table.Ref {
		around = frames[:len(frames)-source.Up]
	}
	typ := &c.tab.Types[s.typ]
	switch s.node.Kind {
	case manifest.Sequence:
		var elem table.ID
		if typ.List != nil {
			elem = typ.List.Elem
		}
		for i, item := range s.node.Items {
			v := loopVar{slot: slot{node: item, typ: elem}, frames: around, index: i}
			if item.Kind == manifest.Null {
				v.node = c.zero(elem, item)
			}
			if v.node != nil && !c.gone[v.node] && !next(v) {
				return false
			}
		}
	case manifest.Mapping:
		for _, p := range s.node.Pairs {
			v := loopVar{slot: slot{node: p.Value}, frames: around, key: p.Key}
			if typ.Map != nil {
				v.typ = c.elem(typ.Map, p.Key.Text)
			}
			if p.Value.Kind == manifest.Null {
				v.node = c.zero(v.typ, p.Value)
			}
			if v.node != nil && !next(v) {
				return false
			}
		}
	default:
		c.unsure = true
	}
	return true
}
