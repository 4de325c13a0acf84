package manifest

import (
	"bytes"
	"strings"
	"testing"
)

// checkPlaces holds every node of a file against its text: it lies inside the
// file and inside its parent, the parts of a place agree, and what stands
// there reads as the same value again.
func checkPlaces(t *testing.T, f *File) {
	t.Helper()
	for _, p := range f.Problems {
		checkRange(t, f, p.Range)
	}
	odd := bytes.Count(f.Data, []byte{'\r'}) != bytes.Count(f.Data, []byte("\r\n")) ||
		bytes.ContainsAny(f.Data, "\u0085\u2028\u2029")
	for _, d := range f.Documents {
		checkNode(t, f, d.Root, nil, f.whole(), odd)
	}
}

func checkRange(t *testing.T, f *File, r Range) {
	t.Helper()
	if r.Start.Byte < 0 || r.Start.Byte > r.End.Byte || r.End.Byte > len(f.Data) ||
		r.Start != f.Pos(r.Start.Byte) || r.End != f.Pos(r.End.Byte) {
		t.Fatalf("range %v of %d bytes, start is %v\n%q", r, len(f.Data), f.Pos(r.Start.Byte), f.Data)
	}
}

func checkNode(t *testing.T, f *File, n, parent *Node, in Range, odd bool) {
	r := f.NodeRange(n)
	checkRange(t, f, r)
	text := f.Text(r)
	if n.style == styleAlias {
		if !strings.HasPrefix(text, "*") || n.anchor == nil {
			t.Fatalf("alias at %v stands for %q\n%q", r, text, f.Data)
		}
		return
	}
	if parent != nil && (r.Start.Byte < in.Start.Byte || r.End.Byte > in.End.Byte) {
		t.Fatalf("%v (%q) is not inside its parent %v (%q)\n%q", r, text, in, f.Text(in), f.Data)
	}
	switch n.Kind {
	case Mapping, Sequence:
		for _, p := range n.Pairs {
			checkNode(t, f, p.Key, n, r, odd)
			checkNode(t, f, p.Value, n, r, odd)
			if k, v := f.NodeRange(p.Key), f.NodeRange(p.Value); n.style != styleFlow && p.Value.style != styleAlias &&
				p.Key.style != styleAlias && v.Start.Byte < k.End.Byte && p.Key.line != p.Value.line {
				t.Fatalf("value %v stands before the end of its key %v\n%q", v, k, f.Data)
			}
		}
		for _, item := range n.Items {
			checkNode(t, f, item, n, r, odd)
		}
		return
	}
	if odd {
		return
	}
	flow := parent != nil && parent.style == styleFlow
	if again, ok := reread(text, n, flow); !ok || again.Kind != n.Kind || trimmed(again, n) != trimmed(n, n) {
		t.Fatalf("%q at %v reads as %s %q, not %s %q\n%q", text, r, again.Kind, again.Text, n.Kind, n.Text, f.Data)
	}
}

// trimmed is a node's text; of a block scalar without the line breaks at its
// end, which its range leaves out.
func trimmed(n, style *Node) string {
	if style.style == styleBlock {
		return strings.TrimRight(n.Text, "\n")
	}
	return n.Text
}

// reread parses the text of a scalar alone.
func reread(text string, n *Node, flow bool) (*Node, bool) {
	if n.style == styleBlock {
		head, _, _ := strings.Cut(text[strings.IndexAny(text, "|>"):], "\n")
		if strings.ContainsAny(head, "123456789") {
			return n, true // relative to an indentation that is lost here
		}
	}
	if strings.HasSuffix(text, "-") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, ":") {
		return n, true // plain, perhaps, only because of what follows
	}
	around := "- " + text + "\n"
	if flow {
		around = "[" + text + "\n]"
	}
	f := &File{Data: []byte(around)}
	root, _ := f.parseChunk(chunk{end: len(around), line: 1})
	if root == nil || len(root.Items) > 1 {
		// It may be a key that JSON cannot hold as a value.
		return n, n.Kind == String && strings.HasSuffix(strings.ToLower(text), ".inf") || strings.HasSuffix(strings.ToLower(text), ".nan")
	}
	again := &Node{Kind: Null, Text: "null"}
	if len(root.Items) == 1 {
		again = root.Items[0]
	}
	if again.Kind != String && n.Kind == String { // a key
		again.Kind, again.Text = String, n.Text
	}
	return again, true
}

func FuzzPlaces(f *testing.F) {
	seedFuzz(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 4096 {
			t.Skip()
		}
		for _, name := range []string{"x.yaml", "x.json"} {
			file := Parse(name, text, Options{})
			checkPlaces(t, file)
			for _, d := range file.Documents {
				d.KeyRange(Keys("spec"))
				d.Label()
			}
		}
		// The same text as a value of an object, so that it is one.
		object := "apiVersion: v1\nkind: X\nvalue:\n  " + strings.ReplaceAll(string(text), "\n", "\n  ")
		checkPlaces(t, Parse("x.yaml", []byte(object), Options{}))
	})
}

func TestGeneratedPlaces(t *testing.T) {
	n, documents := 3000, 0
	if testing.Short() {
		n = 300
	}
	for seed := range uint64(n) {
		text := "apiVersion: v1\nkind: X\nvalue:\n  " + strings.ReplaceAll(strings.TrimPrefix(randomYAML(seed), bom), "\n", "\n  ")
		f := Parse("x.yaml", []byte(text), Options{})
		documents += len(f.Documents)
		checkPlaces(t, f)
	}
	if documents < n/3 {
		t.Errorf("only %d documents of %d texts", documents, n)
	}
}
