package schema

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// TestFaults makes one fault in a valid document at a time, and compares what
// is said with testdata/faults.golden, which is there to be read. A line of
// testdata/faults.txt is one case: edits, joined with " ; ".
//
//	PATH = VALUE     sets a field, or an item of a list, to a value in flow style
//	PATH !           drops it
//	PATH -> KEY      renames it
//	PATH +           repeats it (an item of a list, or a key)
//
// "@ FILE" changes the document, "#" begins a comment. One fault gives one
// finding; a case that makes two says so with "(2)" in front.
func TestFaults(t *testing.T) {
	data, err := os.ReadFile("testdata/faults.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	var base *manifest.Node
	for _, line := range strings.Split(string(data), "\n") {
		switch line = strings.TrimSpace(line); {
		case line == "":
			continue
		case strings.HasPrefix(line, "#"):
			fmt.Fprintf(&out, "\n%s\n\n", line)
			continue
		case strings.HasPrefix(line, "@ "):
			base = readSample(t, strings.TrimPrefix(line, "@ "))
			continue
		}
		want := 1
		edits := line
		if n, rest, ok := strings.Cut(line, ") "); ok && strings.HasPrefix(n, "(") {
			want, _ = strconv.Atoi(n[1:])
			edits = rest
		}
		root := copyNode(base)
		for _, e := range strings.Split(edits, " ; ") {
			if err := applyEdit(root, e); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
		}
		text := blockText(root)
		f := manifest.Parse("x.yaml", []byte(text), manifest.Options{})
		if len(f.Documents) != 1 {
			t.Fatalf("%s: %v\n%s", line, f.Problems, text)
		}
		r := Check(f.Documents[0], Options{})
		fmt.Fprintf(&out, "%s\n", line)
		for _, x := range r.Findings {
			fmt.Fprintf(&out, "    %s: %s\n        at %q of %s\n", x.Rule, x.Message, f.Text(x.Range), x.Path)
			for _, rel := range x.Related {
				fmt.Fprintf(&out, "        %s: %q\n", rel.Message, f.Text(rel.Range))
			}
			if x.Fix != nil {
				fmt.Fprintf(&out, "        fix: %s\n", x.Fix.Description)
				checkFix(t, line, text, x.Fix.Edits)
			}
		}
		if len(r.Findings) != want {
			t.Errorf("%s: %d findings, want %d", line, len(r.Findings), want)
		}
	}
	compareGolden(t, "testdata/faults.golden", out.Bytes())
}

// compareGolden compares with a golden file, which UPDATE=1 rewrites.
func compareGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s (-want +got); UPDATE=1 rewrites it:\n%s", name, diff)
	}
}

func readSample(t *testing.T, name string) *manifest.Node {
	t.Helper()
	data, err := os.ReadFile("testdata/valid/" + name)
	if err != nil {
		t.Fatal(err)
	}
	f := manifest.Parse(name, data, manifest.Options{})
	if len(f.Documents) != 1 || len(Check(f.Documents[0], Options{}).Findings) > 0 {
		t.Fatalf("%s is not one valid document", name)
	}
	return f.Documents[0].Root
}

// checkFix applies a fix and demands that the text can still be read and that
// one finding fewer is left.
func checkFix(t *testing.T, line, text string, edits []finding.Edit) {
	t.Helper()
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.Start] + e.Text)
		at = e.End
	}
	b.WriteString(text[at:])
	f := manifest.Parse("x.yaml", []byte(b.String()), manifest.Options{})
	if len(f.Documents) != 1 {
		t.Errorf("%s: after the fix: %v\n%s", line, f.Problems, b.String())
		return
	}
	if left := Check(f.Documents[0], Options{}).Findings; len(left) > 0 {
		t.Errorf("%s: after the fix there is still %s: %s", line, left[0].Path, left[0].Message)
	}
}

func applyEdit(root *manifest.Node, edit string) error {
	switch {
	case strings.HasSuffix(edit, " !"):
		return change(root, strings.TrimSuffix(edit, " !"), func(in *manifest.Node, i int) {
			if in.Kind == manifest.Sequence {
				in.Items = append(in.Items[:i:i], in.Items[i+1:]...)
			} else {
				in.Pairs = append(in.Pairs[:i:i], in.Pairs[i+1:]...)
			}
		})
	case strings.HasSuffix(edit, " +"):
		return change(root, strings.TrimSuffix(edit, " +"), func(in *manifest.Node, i int) {
			if in.Kind == manifest.Sequence {
				in.Items = append(in.Items, copyNode(in.Items[i]))
			} else {
				in.Pairs = append(in.Pairs, in.Pairs[i])
			}
		})
	}
	if path, key, ok := strings.Cut(edit, " -> "); ok {
		return change(root, path, func(in *manifest.Node, i int) { in.Pairs[i].Key.Text = key })
	}
	path, text, ok := strings.Cut(edit, " = ")
	if !ok {
		return fmt.Errorf("%q is no edit", edit)
	}
	d, err := manifest.ParseSettings("value", []byte("v: "+text))
	if err != nil {
		return err
	}
	value := d.Root.Get("v")
	return change(root, path, func(in *manifest.Node, i int) {
		if in.Kind == manifest.Sequence {
			if i == len(in.Items) {
				in.Items = append(in.Items, nil)
			}
			in.Items[i] = value
		} else {
			in.Pairs[i].Value = value
		}
	})
}

// change finds the last step of a path, makes it if it is a new key, and hands
// over the mapping or list with its place in it.
func change(root *manifest.Node, path string, do func(in *manifest.Node, i int)) error {
	n := root
	steps := strings.FieldsFunc(strings.ReplaceAll(path, "[", ".["), func(r rune) bool { return r == '.' })
	for depth, s := range steps {
		s = strings.ReplaceAll(s, "·", ".")
		last := depth == len(steps)-1
		if index, ok := strings.CutPrefix(s, "["); ok {
			i, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
			if err != nil || i > len(n.Items) || i == len(n.Items) && !last {
				return fmt.Errorf("there is no %s in %s", s, path)
			}
			if last {
				do(n, i)
				return nil
			}
			n = n.Items[i]
			continue
		}
		i := 0
		for i < len(n.Pairs) && n.Pairs[i].Key.Text != s {
			i++
		}
		if i == len(n.Pairs) {
			n.Pairs = append(n.Pairs, manifest.Pair{Key: str(s), Value: &manifest.Node{Kind: manifest.Mapping}})
		}
		if last {
			do(n, i)
			return nil
		}
		n = n.Pairs[i].Value
	}
	return fmt.Errorf("an empty path")
}

// blockText writes a node as YAML in block style.
func blockText(root *manifest.Node) string {
	var b strings.Builder
	var write func(n *manifest.Node, indent string, inItem bool)
	write = func(n *manifest.Node, indent string, inItem bool) {
		switch {
		case n.Kind == manifest.Mapping && len(n.Pairs) > 0:
			for i, p := range n.Pairs {
				if i > 0 || !inItem {
					b.WriteString(indent)
				}
				b.WriteString(plain(p.Key.Text) + ":")
				child(&b, p.Value, indent, write)
			}
		case n.Kind == manifest.Sequence && len(n.Items) > 0:
			for _, item := range n.Items {
				b.WriteString(indent + "- ")
				if item.Kind == manifest.Mapping && len(item.Pairs) > 0 {
					write(item, indent+"  ", true)
				} else {
					b.WriteString(inline(item) + "\n")
				}
			}
		}
	}
	write(root, "", false)
	return b.String()
}

func child(b *strings.Builder, n *manifest.Node, indent string, write func(*manifest.Node, string, bool)) {
	switch {
	case n.Kind == manifest.Mapping && len(n.Pairs) > 0:
		b.WriteString("\n")
		write(n, indent+"  ", false)
	case n.Kind == manifest.Sequence && len(n.Items) > 0:
		b.WriteString("\n")
		write(n, indent, false)
	default:
		b.WriteString(" " + inline(n) + "\n")
	}
}

func inline(n *manifest.Node) string {
	switch n.Kind {
	case manifest.Mapping:
		return "{}"
	case manifest.Sequence:
		var items []string
		for _, item := range n.Items {
			items = append(items, inline(item))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case manifest.String:
		return plain(n.Text)
	}
	return n.Text
}

// plain quotes a string only where YAML would read something else.
func plain(s string) string {
	d, err := manifest.ParseSettings("s", []byte("v: "+s))
	if err == nil && d.Root.Get("v") != nil && d.Root.Get("v").Kind == manifest.String && d.Root.Get("v").Text == s && !strings.ContainsAny(s, "{}[],#") {
		return s
	}
	return strconv.Quote(s)
}
