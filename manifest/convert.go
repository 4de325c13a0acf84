package manifest

import (
	"bytes"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// A converter turns the parsed YAML of one chunk into nodes: scalars resolved,
// aliases and merges expanded, places those of the file.
type converter struct {
	cursor
	nodes   []Node // the slab that the next nodes come from
	anchors map[*yaml.Node]*Node
	open    map[*yaml.Node]bool // anchored nodes that are not complete yet
	path    Path
	dups    []Duplicate
	problem *Problem // the first one; it ends the conversion
	depth   int
	decoded int // steps of the server's decoder, see expand
	aliased int // those of them below an alias
	inAlias int // how many aliases are being expanded
}

// newNode takes a node from the slab.
func (c *converter) newNode() *Node {
	if len(c.nodes) == 0 {
		c.nodes = make([]Node, 64)
	}
	n := &c.nodes[0]
	c.nodes = c.nodes[1:]
	return n
}

// place gives n the place of a parsed node.
func (c *converter) place(n *Node, y *yaml.Node) {
	n.line, n.col, n.off = c.cursor.to(y.Line, y.Column)
}

func (c *converter) fail(n *Node, message string) {
	if c.problem == nil {
		p := c.file.wordProblem(int(n.off), message)
		c.problem = &p
	}
}

// maxNesting is how deep values may be nested; the server's JSON decoder stops
// there.
const maxNesting = 10000

const tooDeep = "values are nested more than 10,000 deep"

// node converts a value. It never returns nil; after a problem what it returns
// is unspecified.
func (c *converter) node(y *yaml.Node) *Node {
	if y.Kind == yaml.AliasNode {
		return c.alias(y)
	}
	n := c.newNode()
	c.place(n, y)
	if y.Anchor != "" {
		c.anchor(y, n)
		c.open[y] = true
		defer delete(c.open, y)
	}
	c.decoded++
	switch y.Kind {
	case yaml.ScalarNode:
		c.scalar(n, y)
	case yaml.SequenceNode:
		n.Kind, n.style = Sequence, styleBlockCollection
		if y.Style&yaml.FlowStyle != 0 {
			n.style = styleFlow
		}
		n.Items = make([]*Node, 0, len(y.Content))
		if !c.enter(n) {
			return n
		}
		for i, item := range y.Content {
			c.path = append(c.path, Index(i))
			n.Items = append(n.Items, c.node(item))
			c.path = c.path[:len(c.path)-1]
			if c.problem != nil {
				return n
			}
		}
		c.depth--
	case yaml.MappingNode:
		n.Kind, n.style = Mapping, styleBlockCollection
		if y.Style&yaml.FlowStyle != 0 {
			n.style = styleFlow
		}
		if !c.enter(n) {
			return n
		}
		c.mapping(n, y)
		c.depth--
	}
	return n
}

// anchor notes what the aliases of y stand for.
func (c *converter) anchor(y *yaml.Node, n *Node) {
	if c.anchors == nil {
		c.anchors, c.open = map[*yaml.Node]*Node{}, map[*yaml.Node]bool{}
	}
	c.anchors[y] = n
}

// enter goes one level deeper.
func (c *converter) enter(n *Node) bool {
	if c.depth++; c.depth > maxNesting {
		c.fail(n, tooDeep)
	}
	return c.problem == nil
}

// mapping converts the entries of y into n.
func (c *converter) mapping(n *Node, y *yaml.Node) {
	n.Pairs = make([]Pair, 0, len(y.Content)/2)
	var seen keySet
	for i := 0; i+1 < len(y.Content) && c.problem == nil; i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		if c.isMerge(key) {
			c.merge(n, value, &seen)
			continue
		}
		k := c.key(key)
		if c.problem != nil {
			return
		}
		c.duplicate(k, seen.find(n, k))
		c.path = append(c.path, Key(k.Text))
		n.Pairs = append(n.Pairs, Pair{k, c.node(value)})
		c.path = c.path[:len(c.path)-1]
	}
}

// duplicate notes that k repeats an earlier key, if first is one.
func (c *converter) duplicate(k, first *Node) {
	if first != nil && c.inAlias == 0 {
		c.dups = append(c.dups, Duplicate{Path: append(c.path.Clone(), Key(k.Text)), First: first, Second: k})
	}
}

// scalar resolves y into n.
func (c *converter) scalar(n *Node, y *yaml.Node) {
	v, ok := c.resolve(n, y)
	if !ok {
		return
	}
	n.Kind, n.Text = v.kind, v.text
	c.finite(n)
}

// finite refuses the numbers that JSON does not have.
func (c *converter) finite(n *Node) {
	if n.Kind == Float && n.Text == "" {
		c.fail(n, "infinity and NaN have no place in JSON; quote the value if a string is meant")
	}
}

// resolve reads the value of a scalar and sets n's style.
func (c *converter) resolve(n *Node, y *yaml.Node) (scalar, bool) {
	tag := ""
	if y.Style&yaml.TaggedStyle != 0 {
		tag = y.Tag
	} else if c.nonSpecificTag(n) {
		tag = "!"
	}
	var v scalar
	switch {
	case tag != "":
		var err error
		if v, err = resolveTagged(tag, y.Value); err != nil {
			c.fail(n, err.Error())
			return v, false
		}
	case y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		v = scalar{kind: String, text: y.Value}
	default:
		v = resolvePlain(y.Value)
	}
	switch {
	case y.Style&yaml.DoubleQuotedStyle != 0:
		n.style = styleDouble
	case y.Style&yaml.SingleQuotedStyle != 0:
		n.style = styleSingle
	case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		n.style = styleBlock
	case y.Value == "":
		n.style = styleEmpty
		c.moveBack(n)
	case v.text == y.Value:
		n.style = stylePlain
	default:
		n.style = styleResolved
	}
	return v, true
}

// moveBack moves an empty value to the end of what stands before it. The parser
// puts some of them, such as that of "? key", where the next thing starts.
func (c *converter) moveBack(n *Node) {
	at := int(n.off)
	for at > c.chunk.start && strings.IndexByte(blankOrEnd, c.file.Data[at-1]) >= 0 {
		at--
	}
	if at < int(n.off) || at == c.chunk.end {
		p := c.file.Pos(at)
		n.line, n.col, n.off = int32(p.Line), int32(p.Column), int32(p.Byte)
	}
}

// nonSpecificTag reports whether the node is written with the tag "!", which
// the parsed node does not tell from none.
func (c *converter) nonSpecificTag(n *Node) bool {
	text := c.file.Data[n.off:]
	if len(text) > 0 && text[0] == '&' { // an anchor may stand before the tag
		if i := bytes.IndexAny(text, " \t\r\n"); i >= 0 {
			text = bytes.TrimLeft(text[i:], " \t\r\n")
		}
	}
	if bytes.HasPrefix(text, []byte("!<!>")) {
		return true
	}
	return len(text) > 0 && text[0] == '!' && (len(text) == 1 || strings.IndexByte(blankOrEnd, text[1]) >= 0)
}

// key converts a key: a string, as the server sees it. A number, boolean or
// date becomes one.
func (c *converter) key(y *yaml.Node) *Node {
	if y.Kind == yaml.AliasNode {
		k := c.alias(y)
		if c.problem == nil {
			at := *k
			c.keyText(k, &at, y.Alias)
		}
		return k
	}
	k := c.newNode()
	c.place(k, y)
	c.keyText(k, k, y)
	if y.Anchor != "" && c.problem == nil { // an alias stands for the value
		value := c.newNode()
		c.place(value, y)
		v, _ := c.resolve(value, y)
		value.Kind, value.Text = v.kind, v.text
		c.anchor(y, value)
	}
	c.decoded++
	return k
}

// keyText gives k the text of y as a key; at takes the style y is written in.
func (c *converter) keyText(k, at *Node, y *yaml.Node) {
	if y.Kind != yaml.ScalarNode {
		kind := Mapping
		if y.Kind == yaml.SequenceNode {
			kind = Sequence
		}
		c.fail(k, "a key must be a string, not "+kind.described())
		return
	}
	v, ok := c.resolve(at, y)
	if !ok {
		return
	}
	text, ok := v.keyText()
	if !ok {
		c.fail(k, "a key must be a string, not "+v.text)
		return
	}
	k.Kind, k.Text = String, text
	if k.style == stylePlain && text != y.Value {
		k.style = styleResolved
	}
}

// A keySet finds repeated keys of a mapping: by comparing while they are few,
// by a map of the first places once they are many. 1 and "1" count as the same
// key: JSON cannot hold both.
type keySet struct {
	first map[string]*Node
	known int // how many of the mapping's pairs first knows
}

// find returns the earlier key of n that k repeats, or nil.
func (s *keySet) find(n, k *Node) *Node {
	const few = 16
	if len(n.Pairs) <= few {
		for i := range n.Pairs {
			if n.Pairs[i].Key.Text == k.Text {
				return n.Pairs[i].Key
			}
		}
		return nil
	}
	if s.first == nil {
		s.first = make(map[string]*Node, 4*few)
	}
	for ; s.known < len(n.Pairs); s.known++ {
		if key := n.Pairs[s.known].Key; s.first[key.Text] == nil {
			s.first[key.Text] = key
		}
	}
	return s.first[k.Text]
}
