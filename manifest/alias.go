package manifest

import "sigs.k8s.io/kustomize/kyaml/yaml"

const (
	// What aliases expand to may be ten times the file, or this many bytes of
	// text where that is more.
	minExpansion = 64 << 10
	// And no more values than this, whatever the size of the file.
	maxCopies = 1_000_000
)

// alias converts an alias: a copy of its anchor that sits at the alias's place.
func (c *converter) alias(y *yaml.Node) *Node {
	n := c.newNode()
	c.place(n, y)
	n.style = styleAlias
	c.decoded++
	if c.inAlias > 0 {
		c.aliased++
	}
	from := c.anchors[y.Alias]
	if from == nil || c.open[y.Alias] {
		c.fail(n, "the value of anchor &"+y.Value+" contains itself")
		return n
	}
	c.inAlias++
	c.copy(n, from, n)
	c.inAlias--
	n.style = styleAlias
	return n
}

// copy makes n a copy of from at the place of the alias at.
func (c *converter) copy(n, from, at *Node) {
	if !c.expand(from, at) {
		return
	}
	n.Kind, n.Text = from.Kind, from.Text
	n.line, n.col, n.off = at.line, at.col, at.off
	n.style, n.anchor = at.style, from
	if from.anchor != nil {
		n.anchor = from.anchor
	}
	c.finite(n)
	if from.Pairs != nil {
		n.Pairs = make([]Pair, len(from.Pairs))
	}
	for i, p := range from.Pairs {
		n.Pairs[i] = Pair{c.newNode(), c.newNode()}
		c.copy(n.Pairs[i].Key, p.Key, at)
		c.copy(n.Pairs[i].Value, p.Value, at)
		if c.problem != nil {
			return
		}
	}
	if from.Items != nil {
		n.Items = make([]*Node, len(from.Items))
	}
	for i, item := range from.Items {
		n.Items[i] = c.newNode()
		c.copy(n.Items[i], item, at)
		if c.problem != nil {
			return
		}
	}
}

// expand counts one copied node and refuses alias bombs: by our bounds, and by
// the server's, whose decoder accepts 99 % of its steps below aliases in a
// small document and 10 % in a large one.
func (c *converter) expand(from, at *Node) bool {
	c.decoded++
	c.aliased++
	f := c.file
	f.copies++
	f.copied += 1 + len(from.Text)
	switch {
	case c.problem != nil:
	case c.aliased > 100 && c.decoded > 1000 && float64(c.aliased)/float64(c.decoded) > allowedAliases(c.decoded):
		c.fail(at, "the aliases of this document expand to too much; the API server refuses it")
	case f.copied > max(10*len(f.Data), minExpansion), f.copies > maxCopies:
		c.fail(at, "the aliases of this file expand to more than ten times its size")
	}
	return c.problem == nil
}

// allowedAliases is the share of decoding steps that may come from aliases:
// 0.99 up to 400,000 steps, falling to 0.10 at 4,000,000.
func allowedAliases(steps int) float64 {
	const low, high = 400_000, 4_000_000
	switch {
	case steps <= low:
		return 0.99
	case steps >= high:
		return 0.10
	}
	return 0.99 - 0.89*float64(steps-low)/(high-low)
}

// isMerge reports whether a key is the << of a merge: unquoted, or tagged so.
func (c *converter) isMerge(key *yaml.Node) bool {
	if key.Kind != yaml.ScalarNode || key.Value != "<<" {
		return false
	}
	if key.Style&yaml.TaggedStyle != 0 {
		return key.Tag == "!!merge"
	}
	if key.Style == 0 {
		return true
	}
	var at Node
	c.place(&at, key)
	return c.nonSpecificTag(&at)
}

const wantMap = "<< merges only a map, or a list of maps"

// merge adds the entries of a << value to n. The decoder sets them where << is
// written, so that they win over earlier keys and lose to later ones; either
// way strict decoding refuses the repetition.
func (c *converter) merge(n *Node, value *yaml.Node, seen *keySet) {
	switch value.Kind {
	case yaml.MappingNode, yaml.AliasNode:
		c.mergeOne(n, value, seen)
	case yaml.SequenceNode:
		for i := len(value.Content) - 1; i >= 0 && c.problem == nil; i-- {
			// Backwards: the earlier one takes precedence.
			c.mergeOne(n, value.Content[i], seen)
		}
	default:
		var at Node
		c.place(&at, value)
		c.fail(&at, wantMap)
	}
}

func (c *converter) mergeOne(n *Node, value *yaml.Node, seen *keySet) {
	target := value
	if value.Kind == yaml.AliasNode {
		target = value.Alias
	}
	if target.Kind != yaml.MappingNode {
		var at Node
		c.place(&at, value)
		c.fail(&at, wantMap)
		return
	}
	from := c.node(value)
	if c.problem != nil {
		return
	}
	for _, p := range from.Pairs {
		k := p.Key
		c.duplicate(k, seen.find(n, k))
		n.Pairs = append(n.Pairs, p)
	}
}
