package schema

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// wrongKind tells that a value is of another kind than the schema wants, and
// proposes what is likely to be meant.
func (c *checker) wrongKind(t *table.Type, n *manifest.Node, at site) {
	if c.hushed() {
		return
	}
	name := nameOf(c.pathOf(n))
	if nothing(t) {
		rule, message := override(at, "value", name+" cannot be set"+c.when(""))
		c.blame(n, at, rule, message, nil)
		return
	}
	wanted := wantedKind(t)
	message := fmt.Sprintf("%s must be %s, not %s", name, wanted, shown(n))
	var fix *finding.Fix
	switch {
	case n.Kind == manifest.Mapping && t.List != nil && t.Map == nil:
		message = fmt.Sprintf("%s must be a list, not a map", name)
		if len(n.Pairs) > 0 && c.tab.Types[t.List.Elem].Map != nil {
			message = fmt.Sprintf("%s must be a list: put '- ' before %s", name, n.Pairs[0].Key.Text)
			fix = c.listify(n, name)
		}
	case n.Kind == manifest.Sequence && t.Map != nil && t.List == nil:
		message = fmt.Sprintf("%s must be a map, not a list", name)
		if len(n.Items) == 1 && n.Items[0].Kind == manifest.Mapping && len(n.Items[0].Pairs) > 0 {
			message = fmt.Sprintf("%s must be a map, not a list: remove '- ' before %s", name, n.Items[0].Pairs[0].Key.Text)
			fix = c.unlist(n, name)
		}
	case hasKind(t, table.String) && (n.Kind == manifest.Int || n.Kind == manifest.Float || n.Kind == manifest.Bool):
		message += ": put it in quotes"
		fix = c.requote(n, strconv.Quote(c.doc.Source(n)), "put "+name+" in quotes")
	case hasKind(t, table.Int) && n.Kind == manifest.String && isInteger(n.Text),
		hasKind(t, table.Bool) && n.Kind == manifest.String && (n.Text == "true" || n.Text == "false"):
		message += ": remove the quotes"
		fix = c.requote(n, n.Text, "remove the quotes of "+name)
	}
	c.blame(n, at, "type", message, fix)
}

func hasKind(t *table.Type, k table.ScalarKind) bool {
	for i := range t.Scalars {
		if t.Scalars[i].Kind == k {
			return true
		}
	}
	return false
}

func isInteger(s string) bool {
	_, err := strconv.ParseInt(s, 10, 64)
	return err == nil
}

// wantedKind says which kinds a type accepts: "a string", "an integer or a
// string".
func wantedKind(t *table.Type) string {
	var words []string
	for _, k := range []struct {
		kind table.ScalarKind
		word string
	}{{table.Bool, "true or false"}, {table.Int, "an integer"}, {table.Number, "a number"}, {table.String, "a string"}} {
		if hasKind(t, k.kind) {
			words = append(words, k.word)
		}
	}
	if t.Map != nil {
		words = append(words, "a map")
	}
	if t.List != nil {
		words = append(words, "a list")
	}
	return list(words, "or")
}

// shown says what a value is: the string "3", the integer 3, a map.
func shown(n *manifest.Node) string {
	switch n.Kind {
	case manifest.Mapping, manifest.Sequence:
		return "a " + n.Kind.String()
	case manifest.Bool:
		return "the boolean " + n.Text
	case manifest.Null:
		return "null"
	default:
		return fmt.Sprintf("the %s %s", n.Kind, quoted(n))
	}
}

// requote replaces the text of a scalar.
func (c *checker) requote(n *manifest.Node, text, description string) *finding.Fix {
	if n.Anchor() != nil {
		return nil // other places use the same text
	}
	r := c.nodeRange(n)
	return &finding.Fix{
		Safe:        true, // the server refused the document
		Description: description,
		Edits:       []finding.Edit{{File: c.doc.File, Start: r.Start.Byte, End: r.End.Byte, Text: text}},
	}
}

// listify makes a mapping the one item of a list: '- ' before its first key, and
// two blanks before each line that follows.
func (c *checker) listify(n *manifest.Node, name string) *finding.Fix {
	if n.Anchor() != nil {
		return nil
	}
	r := c.nodeRange(n)
	file := c.doc.File
	fix := &finding.Fix{Safe: true, Description: "make " + name + " a list of one item"}
	if strings.HasPrefix(c.doc.Source(n), "{") {
		fix.Edits = []finding.Edit{
			{File: file, Start: r.Start.Byte, End: r.Start.Byte, Text: "["},
			{File: file, Start: r.End.Byte, End: r.End.Byte, Text: "]"},
		}
		return fix
	}
	first := c.nodeRange(n.Pairs[0].Key).Start
	fix.Edits = append(fix.Edits, finding.Edit{File: file, Start: first.Byte, End: first.Byte, Text: "- "})
	offset := first.Byte - (first.Column - 1)
	if strings.TrimLeft(file.Line(first.Line)[:first.Column-1], " ") != "" {
		return nil // something stands before the key: a tag, an anchor
	}
	for line := first.Line; line < r.End.Line; line++ {
		next := strings.IndexByte(string(file.Data[offset:r.End.Byte]), '\n')
		if next < 0 {
			break
		}
		offset += next + 1
		if strings.TrimSpace(file.Line(line+1)) != "" {
			fix.Edits = append(fix.Edits, finding.Edit{File: file, Start: offset, End: offset, Text: "  "})
		}
	}
	return fix
}

// unlist makes the one item of a list the mapping itself: a blank takes the
// place of its dash.
func (c *checker) unlist(n *manifest.Node, name string) *finding.Fix {
	if n.Anchor() != nil {
		return nil
	}
	r := c.nodeRange(n)
	start := c.nodeRange(n.Items[0]).Start.Byte
	between := c.doc.File.Data[r.Start.Byte:start]
	if len(between) == 0 || between[0] != '-' || strings.TrimSpace(string(between[1:])) != "" || strings.Contains(string(between), "\n") {
		return nil
	}
	return &finding.Fix{
		Safe:        true,
		Description: "make " + name + " a map",
		Edits:       []finding.Edit{{File: c.doc.File, Start: r.Start.Byte, End: r.Start.Byte + 1, Text: " "}},
	}
}
