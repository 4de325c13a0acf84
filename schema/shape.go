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
	name := ""
	if c.quiet == 0 {
		name = c.subject(n, at)
	}
	if nothing(t) {
		f := at.field
		if f == nil {
			f = &table.Field{Name: name}
		}
		c.forbidden(f, n, at, "")
		return
	}
	if c.hushed() {
		return
	}
	message := fmt.Sprintf("%s must be %s, not %s", name, wantedKind(t), shown(n))
	hint, fix := c.repair(t, n, name)
	switch {
	case strings.HasPrefix(hint, name):
		message = hint
	case hint != "":
		message += ": " + hint
	}
	c.blame(n, "type", message, fix)
}

// repair proposes how a value of a wrong kind becomes one of the right kind: in
// words, and as an edit where it is sure to fit. A hint that begins with the
// value's name is the whole sentence.
func (c *checker) repair(t *table.Type, n *manifest.Node, name string) (hint string, fix *finding.Fix) {
	text := &manifest.Node{Kind: manifest.String, Text: n.Text}
	switch n.Kind {
	case manifest.Mapping:
		if t.List != nil {
			return c.asList(t, n, name)
		}
	case manifest.Sequence:
		if t.Map != nil && len(n.Items) == 1 && n.Items[0].Kind == manifest.Mapping && len(n.Items[0].Pairs) > 0 {
			return "remove '- ' before " + n.Items[0].Pairs[0].Key.Text, c.unlist(n, name)
		}
	case manifest.Int, manifest.Float, manifest.Bool:
		text.Text = c.doc.Source(n)
		if hasKind(t, table.String) && c.accepts(t, text) {
			return "put it in quotes", c.requote(n, strconv.Quote(text.Text), "put "+name+" in quotes")
		}
	case manifest.String:
		return c.unstring(t, n, name)
	}
	return "", nil
}

// asList proposes to make a mapping an item of a list.
func (c *checker) asList(t *table.Type, n *manifest.Node, name string) (string, *finding.Fix) {
	elem := c.tab.Types[t.List.Elem].Map
	if len(n.Pairs) == 0 || elem == nil {
		return "", nil
	}
	first := n.Pairs[0].Key.Text
	switch {
	case elem.Index(first) >= 0:
		return fmt.Sprintf("%s must be a list: put '- ' before %s", name, first), c.listify(n, name)
	case elem.Index("name") >= 0 && elem.Index("value") >= 0:
		return fmt.Sprintf("%s must be a list: write '- name: %s' and its value below", name, first), nil
	}
	return "", nil
}

// unstring proposes what a string stands for: a number or boolean that was
// quoted, the only item of a list, or the type of a mapping.
func (c *checker) unstring(t *table.Type, n *manifest.Node, name string) (string, *finding.Fix) {
	for _, bare := range []*manifest.Node{{Kind: manifest.Int, Text: n.Text}, {Kind: manifest.Bool, Text: n.Text}} {
		if bare.Kind == manifest.Int && !isInteger(n.Text) || bare.Kind == manifest.Bool && n.Text != "true" && n.Text != "false" {
			continue
		}
		if c.accepts(t, bare) {
			return "remove the quotes", c.requote(n, n.Text, "remove the quotes of "+name)
		}
	}
	if t.List != nil && c.accepts(&c.tab.Types[t.List.Elem], n) && !strings.ContainsAny(n.Text, " \n") {
		return "put it in brackets", c.requote(n, "["+strconv.Quote(n.Text)+"]", "make "+name+" a list of one item")
	}
	if t.Map != nil {
		if f := t.Map.Field("type"); f != nil && n.Text != "" && c.accepts(&c.tab.Types[f.Type], n) {
			return fmt.Sprintf("write 'type: %s' below it", n.Text), nil
		}
	}
	return "", nil
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
