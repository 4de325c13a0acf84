package manifest

import "sigs.k8s.io/kustomize/kyaml/yaml"

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
