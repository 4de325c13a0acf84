package fix

import (
	"bytes"
	"errors"
	"maps"
	"regexp"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

var errLayout = errors.New("the way it is written allows no change that leaves the rest alone")

// remove takes the lines of a key and its value out of a block map, the comment
// behind the value included.
func remove(doc *manifest.Document, p manifest.Path) (*finding.Edit, error) {
	last := p[len(p)-1]
	parent := doc.Root.At(p[:len(p)-1])
	data := doc.File.Data
	if last.IsIndex() || flow(doc, parent) || len(parent.Pairs) < 2 {
		return nil, errLayout
	}
	key, value := doc.KeyRange(p), doc.Range(p)
	start := key.Start.Byte - (key.Start.Column - 1)
	if strings.TrimLeft(doc.File.Line(key.Start.Line)[:key.Start.Byte-start], " ") != "" {
		return nil, errLayout // the dash of a list item stands before it
	}
	end := lineEnd(data, max(key.End.Byte, value.End.Byte))
	if !blank(data[max(key.End.Byte+1, value.End.Byte):end]) || anchored(data[start:end]) {
		return nil, errLayout
	}
	if end < len(data) {
		end++ // the line's end
	}
	return &finding.Edit{Start: start, End: end}, nil
}

// anchor is where a value gets a name, which an alias elsewhere may use; text
// that only looks like one is refused too.
var anchor = regexp.MustCompile(`(^|[\s\[{,])&\S`)

func anchored(text []byte) bool { return anchor.Match(text) }

// blank reports whether the rest of a line holds nothing but a comment.
func blank(rest []byte) bool {
	text := strings.TrimSpace(string(rest))
	return text == "" || strings.HasPrefix(text, "#")
}

// lineEnd is the offset of the line's end, the newline or the end of the file.
func lineEnd(data []byte, at int) int {
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(data)
}

// replace writes a scalar in place of another.
func replace(doc *manifest.Document, n *manifest.Node, value any) (*finding.Edit, error) {
	text, ok := scalar(value)
	r := doc.File.NodeRange(n)
	if anchored(doc.File.Data[r.Start.Byte:r.End.Byte]) {
		return nil, errShared
	}
	if !ok || n.Kind == manifest.Mapping || n.Kind == manifest.Sequence || r.Start.Line != r.End.Line || r.Start.Byte == r.End.Byte {
		return nil, errLayout
	}
	return &finding.Edit{Start: r.Start.Byte, End: r.End.Byte, Text: text}, nil
}

// An addition is what is written behind the last value of a collection.
type addition struct {
	op     Op // the first, for messages
	parent *manifest.Node
	value  any // a map[string]any or a []any
}

// add notes a key or an item that is not there, with the maps around it that are
// not there either.
func add(doc *manifest.Document, op Op, added *[]addition) error {
	at := len(op.Path) - 1
	var parent *manifest.Node
	for ; at >= 0; at-- {
		if parent = doc.Root.At(op.Path[:at]); parent != nil {
			break
		}
	}
	value := op.Value
	for i := len(op.Path) - 1; i > at; i-- {
		if op.Path[i].IsIndex() {
			return errors.New("the list is not there")
		}
		value = map[string]any{op.Path[i].Key: value}
	}
	step := op.Path[at]
	switch {
	case parent.Kind == manifest.Mapping && !step.IsIndex():
		value = map[string]any{step.Key: value}
	case parent.Kind == manifest.Sequence && step.IsIndex() && step.Index == len(parent.Items):
		value = []any{value}
	default:
		return errors.New("there is nothing to add to")
	}
	for i := range *added {
		if a := &(*added)[i]; a.parent == parent {
			var ok bool
			if a.value, ok = merge(a.value, value); !ok {
				return errors.New("the operations add the same twice")
			}
			return nil
		}
	}
	*added = append(*added, addition{op, parent, value})
	return nil
}

// merge is a map with everything of two maps; ok is false where both hold the
// same key with a value that is no map.
func merge(a, b any) (merged any, ok bool) {
	x, ok1 := a.(map[string]any)
	y, ok2 := b.(map[string]any)
	if !ok1 || !ok2 {
		return nil, false
	}
	m := maps.Clone(x)
	for key, v := range y {
		if old, both := m[key]; both {
			if v, ok = merge(old, v); !ok {
				return nil, false
			}
		}
		m[key] = v
	}
	return m, true
}

func (a *addition) edit(doc *manifest.Document) (finding.Edit, error) {
	if flow(doc, a.parent) {
		return addFlow(doc, a.parent, a.value)
	}
	return addBlock(doc, a.parent, a.value)
}

// flow reports whether a collection is written in braces or brackets.
func flow(doc *manifest.Document, n *manifest.Node) bool {
	r := doc.File.NodeRange(n)
	written := doc.File.Data[r.Start.Byte:r.End.Byte]
	return len(written) > 0 && (written[0] == '{' || written[0] == '[')
}

// addFlow writes before the closing brace of a collection on one line.
func addFlow(doc *manifest.Document, parent *manifest.Node, value any) (finding.Edit, error) {
	r := doc.File.NodeRange(parent)
	inner := inline(value)
	inner = inner[1 : len(inner)-1]
	if r.Start.Line != r.End.Line {
		return finding.Edit{}, errLayout
	}
	if len(parent.Pairs)+len(parent.Items) == 0 {
		return finding.Edit{Start: r.Start.Byte + 1, End: r.End.Byte - 1, Text: inner}, nil
	}
	end := r.End.Byte - 1
	for end > r.Start.Byte && (doc.File.Data[end-1] == ' ' || doc.File.Data[end-1] == ',') {
		end--
	}
	return finding.Edit{Start: end, End: end, Text: ", " + inner}, nil
}

// addBlock writes lines behind the last value, as deep as the others stand.
func addBlock(doc *manifest.Document, parent *manifest.Node, value any) (finding.Edit, error) {
	var first, last *manifest.Node
	switch {
	case len(parent.Pairs) > 0:
		first, last = parent.Pairs[0].Key, parent
	case len(parent.Items) > 0:
		first, last = parent.Items[0], parent
	default:
		return finding.Edit{}, errLayout
	}
	pos := first.Pos()
	line := doc.File.Line(pos.Line)
	depth := pos.Column - 1
	if parent.Kind == manifest.Sequence {
		before := strings.TrimRight(line[:pos.Byte-lineStart(doc.File.Data, pos.Byte)], " ")
		if !strings.HasSuffix(before, "-") || strings.TrimLeft(before, " ") != "-" {
			return finding.Edit{}, errLayout
		}
		depth = len(before) - 1
	}
	data := doc.File.Data
	end := doc.File.NodeRange(last).End.Byte
	at := lineEnd(data, end)
	if !blank(data[end:at]) {
		return finding.Edit{}, errLayout
	}
	newline := "\n"
	if at > 0 && data[at-1] == '\r' {
		at, newline = at-1, "\r\n"
	}
	var b strings.Builder
	for _, l := range block(value, depth) {
		b.WriteString(newline + l)
	}
	return finding.Edit{Start: at, End: at, Text: b.String()}, nil
}

func lineStart(data []byte, at int) int { return bytes.LastIndexByte(data[:at], '\n') + 1 }
