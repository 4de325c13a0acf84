package schema

import (
	"strconv"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// holds evaluates a condition. Where it reads something faulty, or something
// that is absent although the schema demands it, unsure is set and the answer
// means nothing.
func (c *checker) holds(x *table.Cond, frames []frame) bool {
	switch x.Op {
	case table.And, table.Chain:
		for _, o := range x.Of {
			if !c.holds(o, frames) {
				return false
			}
		}
		return true
	case table.Or:
		for _, o := range x.Of {
			if c.holds(o, frames) {
				return true
			}
		}
		return false
	case table.Not:
		return !c.holds(x.Of[0], frames)
	case table.Present, table.Missing:
		return c.present(&x.X, frames) == (x.Op == table.Present)
	case table.Contains:
		y := c.term(&x.Y, frames)
		return c.contains(&x.X, frames, y.value)
	}
	a := c.scalarOf(&x.X, frames)
	if a.kind == manifest.Null {
		c.unsure = true
		return false
	}
	switch x.Op {
	case table.True:
		return a.kind == manifest.Bool && a.text == "true"
	case table.Matches, table.Unlike:
		if a.kind != manifest.String {
			c.unsure = true
			return false
		}
		return c.set.matches(x.Expr, a.text) == (x.Op == table.Matches)
	}
	b := c.scalarOf(&x.Y, frames)
	if b.kind == manifest.Null {
		c.unsure = true
		return false
	}
	return compare(x.Op, a, b)
}

// scalarOf is the value of a term without its place.
func (c *checker) scalarOf(t *table.Term, frames []frame) value {
	if t.Kind == table.Const {
		return constant(t.Value)
	}
	if t.Kind == table.Ref && len(t.Path) == 1 {
		s := c.at(frames[:len(frames)-t.Up], t.Path[0], int(t.Field)-1)
		return s.value()
	}
	r := c.term(t, frames)
	return r.value
}

// present reports whether a term has a value. A value that is faulty is there
// nevertheless.
func (c *checker) present(t *table.Term, frames []frame) bool {
	if t.Kind == table.Ref && len(t.Path) == 1 && t.Field > 0 && c.missing == nil {
		// Most tests ask for a field of a mapping in hand that is not there.
		if fr := &frames[len(frames)-1-t.Up]; fr.written != nil {
			if fr.written[t.Field-1] != nil {
				return true
			}
			if f := &fr.typ.Fields[t.Field-1]; f.Presence == table.Optional && len(f.Given) == 0 {
				return false
			}
		}
	}
	was := c.unsure
	c.unsure = false
	r := c.term(t, frames)
	there := !r.slot.absent()
	c.unsure = was || c.unsure && !there
	return there
}

// compare compares two scalars as CUE does: numbers by value, and nothing with
// a scalar of another kind.
func compare(op table.Op, a, b value) bool {
	number := isNumber(a.kind) && isNumber(b.kind)
	if !number && a.kind != b.kind {
		return op == table.Ne
	}
	sign := 0
	switch {
	case number:
		if n, err := strconv.ParseInt(b.text, 10, 64); err == nil {
			sign = compareNumber(a.text, n)
		} else if a.text != b.text {
			sign = -compareNumber(b.text, 0)
		}
	case a.text < b.text:
		sign = -1
	case a.text > b.text:
		sign = 1
	}
	switch op {
	case table.Eq, table.In:
		return sign == 0
	case table.Ne:
		return sign != 0
	case table.Lt:
		return sign < 0
	case table.Le:
		return sign <= 0
	case table.Gt:
		return sign > 0
	case table.Ge:
		return sign >= 0
	}
	return false
}

func isNumber(k manifest.Kind) bool { return k == manifest.Int || k == manifest.Float }

// bound compares a scalar with another value of the document.
func (c *checker) bound(b *table.Bound, n *manifest.Node) bool {
	v := value{n.Kind, n.Text}
	if b.To.Kind == table.Collect {
		return c.contains(&b.To, c.frames, v) == (b.Op == table.In)
	}
	to := c.term(&b.To, c.frames)
	if to.kind == manifest.Null {
		c.unsure = true
		return true
	}
	if b.Op == table.In {
		return c.contains(&b.To, c.frames, v)
	}
	return compare(b.Op, v, to.value)
}

// A setKey is a collection at a place: its loops, and the mapping that they
// start from.
type setKey struct {
	loops *table.Loop
	from  *manifest.Node
}

// contains reports whether a collection, or a list, has a value. A large
// collection is kept, so that m questions about n names take n+m steps.
func (c *checker) contains(t *table.Term, frames []frame, v value) bool {
	if t.Kind != table.Collect {
		found := false
		c.each(t, frames, func(item loopVar) bool {
			found = compare(table.Eq, item.value(), v)
			return !found
		})
		return found
	}
	if len(t.Loops) == 0 {
		return false
	}
	key := setKey{loops: &t.Loops[0]}
	if t.Up < len(frames) {
		key.from = frames[len(frames)-1-t.Up].node
	}
	if kept, ok := c.sets[key]; ok {
		return kept[v]
	}
	found, n := false, 0
	c.partial = false
	c.collect(t, frames, func(r result) bool {
		n++
		found = compare(table.Eq, r.value, v)
		return !found
	})
	const large = 64
	if c.partial && !found {
		c.unsure = true // it may be the one that could not be read
		return false
	}
	if n > large && len(c.vars) == 0 {
		kept := make(map[value]bool, n)
		c.collect(t, frames, func(r result) bool { kept[r.value] = true; return true })
		if c.sets == nil {
			c.sets = map[setKey]map[value]bool{}
		}
		c.sets[key] = kept
	}
	return found
}
