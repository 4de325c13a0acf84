package schema

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// A mutator makes documents with random faults. It knows the table, so that
// what it adds is mostly near to what is allowed.
type mutator struct {
	rand *rand.Rand
	tab  *table.Table
	set  *set
	opt  Options
}

// document is a sample, cut down, with up to three edits.
func (m *mutator) document(docs []*manifest.Document) *manifest.Document {
	d := docs[m.rand.IntN(len(docs))]
	id, _ := m.tab.Lookup(d.APIVersion, d.Kind)
	root := m.prune(d, id)
	for range m.rand.IntN(4) {
		m.edit(root, id)
	}
	return withRoot(d, root)
}

// prune removes what can go while the document stays valid.
func (m *mutator) prune(d *manifest.Document, id table.ID) *manifest.Node {
	root := copyNode(d.Root)
	keep := m.rand.Float64()
	keep *= keep // most are small: CUE takes its time over large ones
	var visit func(n *manifest.Node)
	visit = func(n *manifest.Node) {
		for i := len(n.Pairs) - 1; i >= 0; i-- {
			old := n.Pairs
			if m.rand.Float64() > keep {
				n.Pairs = slices.Delete(slices.Clone(old), i, i+1)
				if m.valid(d, root) {
					continue
				}
				n.Pairs = old
			}
			visit(n.Pairs[i].Value)
		}
		for i := len(n.Items) - 1; i >= 0; i-- {
			old := n.Items
			if m.rand.Float64() > keep {
				n.Items = slices.Delete(slices.Clone(old), i, i+1)
				if m.valid(d, root) {
					continue
				}
				n.Items = old
			}
			visit(n.Items[i])
		}
	}
	visit(root)
	return root
}

func (m *mutator) valid(d *manifest.Document, root *manifest.Node) bool {
	return len(errorsOf(m.set.check(withRoot(d, root), m.opt, false))) == 0
}

// A spot is a value of the document with its type and the way to replace it.
type spot struct {
	node *manifest.Node
	typ  table.ID
	put  func(*manifest.Node)
}

func (m *mutator) spots(root *manifest.Node, id table.ID) []spot {
	var out []spot
	var visit func(n *manifest.Node, id table.ID)
	visit = func(n *manifest.Node, id table.ID) {
		t := &m.tab.Types[id]
		for i, p := range n.Pairs {
			if n == root && (p.Key.Text == "apiVersion" || p.Key.Text == "kind") {
				continue
			}
			var elem table.ID
			if t.Map != nil {
				if f := t.Map.Field(p.Key.Text); f != nil {
					elem = f.Type
				} else if len(t.Map.Keys) > 0 {
					elem = t.Map.Keys[0].Elem
				}
			}
			out = append(out, spot{p.Value, elem, func(v *manifest.Node) { n.Pairs[i].Value = v }})
			visit(p.Value, elem)
		}
		for i, item := range n.Items {
			var elem table.ID
			if t.List != nil {
				elem = t.List.Elem
			}
			out = append(out, spot{item, elem, func(v *manifest.Node) { n.Items[i] = v }})
			visit(item, elem)
		}
	}
	visit(root, id)
	return out
}

func (m *mutator) edit(root *manifest.Node, id table.ID) {
	spots := m.spots(root, id)
	if len(spots) == 0 {
		return
	}
	s := spots[m.rand.IntN(len(spots))]
	n := s.node
	switch m.rand.IntN(12) {
	case 0: // drop
		if len(n.Pairs) > 0 {
			i := m.rand.IntN(len(n.Pairs))
			n.Pairs = slices.Delete(slices.Clone(n.Pairs), i, i+1)
		} else if len(n.Items) > 0 {
			i := m.rand.IntN(len(n.Items))
			n.Items = slices.Delete(slices.Clone(n.Items), i, i+1)
		}
	case 1, 2, 3: // add
		m.add(n, s.typ)
	case 4: // rename
		if len(n.Pairs) > 0 {
			k := n.Pairs[m.rand.IntN(len(n.Pairs))].Key
			k.Text = m.spoil(k.Text)
			dedupe(n)
		}
	case 5: // another kind
		s.put(m.scalar())
	case 6, 7: // another value of the type
		s.put(m.value(s.typ, 2))
	case 8: // a sign changed
		if n.Kind == manifest.String {
			c := *n
			c.Text = m.spoil(n.Text)
			s.put(&c)
		}
	case 9: // an item twice
		if len(n.Items) > 0 {
			n.Items = append(slices.Clone(n.Items), copyNode(n.Items[m.rand.IntN(len(n.Items))]))
		}
	case 10: // a value from elsewhere, often of the same type
		other := spots[m.rand.IntN(len(spots))]
		for range 20 {
			if other.typ == s.typ {
				break
			}
			other = spots[m.rand.IntN(len(spots))]
		}
		s.put(copyNode(other.node))
	case 11: // empty
		c := manifest.Node{Kind: n.Kind}
		switch n.Kind {
		case manifest.Int, manifest.Float:
			c.Kind, c.Text = manifest.Int, "0"
		case manifest.Bool:
			c.Text = "false"
		}
		s.put(&c)
	}
}

// dedupe keeps one of the pairs with the same key: a repeated key is a fault of
// its own, which CUE does not see.
func dedupe(n *manifest.Node) {
	seen := map[string]bool{}
	n.Pairs = slices.DeleteFunc(slices.Clone(n.Pairs), func(p manifest.Pair) bool {
		was := seen[p.Key.Text]
		seen[p.Key.Text] = true
		return was
	})
}

func (m *mutator) add(n *manifest.Node, id table.ID) {
	t := &m.tab.Types[id]
	switch {
	case n.Kind == manifest.Mapping && t.Map != nil && len(t.Map.Fields) > 0:
		f := &t.Map.Fields[m.rand.IntN(len(t.Map.Fields))]
		if n.Get(f.Name) == nil {
			n.Pairs = append(slices.Clone(n.Pairs), manifest.Pair{Key: str(f.Name), Value: m.value(f.Type, 3)})
		}
	case n.Kind == manifest.Mapping:
		n.Pairs = append(slices.Clone(n.Pairs), manifest.Pair{Key: str(m.word()), Value: m.scalar()})
		dedupe(n)
	case n.Kind == manifest.Sequence && t.List != nil:
		n.Items = append(slices.Clone(n.Items), m.value(t.List.Elem, 3))
	}
}

// value is a value of a type, more or less.
func (m *mutator) value(id table.ID, depth int) *manifest.Node {
	t := &m.tab.Types[id]
	switch {
	case t.Map != nil && (len(t.Scalars) == 0 || m.rand.IntN(2) == 0):
		n := &manifest.Node{Kind: manifest.Mapping}
		for i := range t.Map.Fields {
			f := &t.Map.Fields[i]
			if f.Presence == table.Required || depth > 0 && m.rand.IntN(len(t.Map.Fields)) < 2 {
				n.Pairs = append(n.Pairs, manifest.Pair{Key: str(f.Name), Value: m.value(f.Type, depth-1)})
			}
		}
		if len(t.Map.Keys) > 0 {
			k := t.Map.Keys[m.rand.IntN(len(t.Map.Keys))]
			n.Pairs = append(n.Pairs, manifest.Pair{Key: str(m.word()), Value: m.value(k.Elem, depth-1)})
			dedupe(n)
		}
		return n
	case t.List != nil:
		n := &manifest.Node{Kind: manifest.Sequence}
		for range m.rand.IntN(3) {
			n.Items = append(n.Items, m.value(t.List.Elem, depth-1))
		}
		return n
	case len(t.Scalars) == 0:
		return m.scalar()
	}
	s := &t.Scalars[m.rand.IntN(len(t.Scalars))]
	if len(s.Values) > 0 {
		return scalarNode(s.Kind, s.Values[m.rand.IntN(len(s.Values))])
	}
	switch s.Kind {
	case table.Bool:
		return scalarNode(s.Kind, []string{"true", "false"}[m.rand.IntN(2)])
	case table.String:
		return str(m.word())
	}
	return scalarNode(table.Int, m.number(s))
}

func scalarNode(k table.ScalarKind, text string) *manifest.Node {
	kind := map[table.ScalarKind]manifest.Kind{
		table.Bool: manifest.Bool, table.Int: manifest.Int, table.Number: manifest.Int, table.String: manifest.String,
	}[k]
	return &manifest.Node{Kind: kind, Text: text}
}

func str(s string) *manifest.Node { return &manifest.Node{Kind: manifest.String, Text: s} }

// number is one at the limits of a scalar, or another.
func (m *mutator) number(s *table.Scalar) string {
	var near []int64
	for _, l := range []*table.Limit{s.Min, s.Max} {
		if l != nil {
			near = append(near, l.N-1, l.N, l.N+1)
		}
	}
	near = append(near, 0, 1, 2, 3, 30, 80)
	return itoa(near[m.rand.IntN(len(near))])
}

var words = []string{
	"a", "web", "app", "Web", "a.b", "example.com/x", "x_y", "-a", "a-", "web-", "/", "/data", "..", "../x", "10%", "100%", "101%", "0%", "250m", "1Gi", "-1",
	"80", "cpu", "memory", "hugepages-2Mi", "example.com/gpu", "data", "http", "10.0.0.1", "::1", "2024-01-02T03:04:05Z", "Always", "metadata.name",
	"kubernetes.io/hostname", "limits.cpu", "key", "a b", "ü", "linux", "windows", strings.Repeat("a", 63), strings.Repeat("a", 64), "a=b", "SIGTERM", "runtime/default",
}

func (m *mutator) word() string { return words[m.rand.IntN(len(words))] }

func (m *mutator) scalar() *manifest.Node {
	switch m.rand.IntN(8) {
	case 0:
		return &manifest.Node{Kind: manifest.Int, Text: itoa([]int64{0, 1, -1, 80, 65536, 1 << 31, -1 << 31, 1<<63 - 1}[m.rand.IntN(8)])}
	case 1:
		return &manifest.Node{Kind: manifest.Bool, Text: "true"}
	case 2:
		return &manifest.Node{Kind: manifest.Bool, Text: "false"}
	case 3:
		return &manifest.Node{Kind: manifest.Float, Text: []string{"0.5", "-1.5", "1e+30"}[m.rand.IntN(3)]}
	case 4:
		return &manifest.Node{Kind: manifest.Mapping}
	case 5:
		return &manifest.Node{Kind: manifest.Sequence}
	}
	return str(m.word())
}

// spoil changes a text a little.
func (m *mutator) spoil(s string) string {
	switch m.rand.IntN(6) {
	case 0:
		return strings.ToUpper(s)
	case 1:
		return strings.ToLower(s)
	case 2:
		if len(s) > 1 {
			i := m.rand.IntN(len(s))
			return strings.ToValidUTF8(s[:i]+s[i+1:], "x")
		}
	case 3:
		return s + string("-.x/_ %0"[m.rand.IntN(8)])
	case 4:
		return string("-.x/_ %0"[m.rand.IntN(8)]) + s
	}
	return m.word()
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
