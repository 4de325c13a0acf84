package suppress

import (
	"bytes"

	"github.com/rollcast/rollcast/manifest"
)

// A place is a field, or an item of a list.
type place struct {
	doc  *manifest.Document
	path manifest.Path
	// first says that it is the first key of its document.
	first bool
}

// A lineIndex knows for each line the outermost field or item that starts
// there: of "- name: web" it is the item, of "{a: 1, b: 2}" under a key the key.
type lineIndex struct {
	places map[int]place
}

func index(f *manifest.File) *lineIndex {
	x := &lineIndex{places: map[int]place{}}
	for _, d := range f.Documents {
		d.Root.Walk(func(p manifest.Path, key, n *manifest.Node) bool {
			if n.Anchor() != nil { // written elsewhere
				if key != nil {
					x.add(d, p, key)
				}
				return false
			}
			switch {
			case key != nil:
				x.add(d, p, key)
			case len(p) > 0:
				x.add(d, p, n)
			}
			return true
		})
	}
	return x
}

func (x *lineIndex) add(d *manifest.Document, p manifest.Path, at *manifest.Node) {
	line := at.Pos().Line
	if _, taken := x.places[line]; !taken {
		first := len(p) == 1 && len(d.Root.Pairs) > 0 && at == d.Root.Pairs[0].Key
		x.places[line] = place{doc: d, path: p.Clone(), first: first}
	}
}

// find gives the ignore the node that its comment is about: the one on its
// line, or, for a comment alone on its line, the next one below; between them
// only comments, blank lines and the --- of a document may stand.
func (i *Ignore) find(x *lineIndex, c manifest.Comment) bool {
	line := c.Pos.Line
	if c.Alone {
		for line++; line <= i.File.Lines() && between(i.File.Line(line)); line++ {
		}
	}
	at, ok := x.places[line]
	if !ok {
		return false
	}
	i.Document, i.Path = at.doc, at.path
	if at.first && c.Alone {
		i.Path = nil
	}
	return true
}

// between reports whether a line may stand between a comment and its node.
func between(line string) bool {
	text := bytes.TrimSpace([]byte(line))
	return len(text) == 0 || text[0] == '#' || bytes.HasPrefix([]byte(line), []byte("---"))
}
