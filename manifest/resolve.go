package manifest

import (
	"bytes"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

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
		if tag == "" && y.Anchor == "" {
			c.moveBack(n)
		}
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
