package manifest

import "sigs.k8s.io/kustomize/kyaml/yaml"

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
