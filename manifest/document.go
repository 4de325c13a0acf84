package manifest

// A Pos is a place in a file.
type Pos struct {
	Line   int // from 1
	Column int // from 1, in characters
	Byte   int // from 0
}

// A Range is a stretch of a file; End is the place after its last character.
type Range struct {
	Start, End Pos
}

// A File is the text of one input and what was read from it.
type File struct {
	Name      string // as shown to the user: relative, with slashes
	Data      []byte // as UTF-8: a UTF-16 file has been converted
	Stdin     bool   // it came from standard input, which is a set of its own
	Documents []*Document
	Problems  []Problem // what made a document, or the whole file, unreadable
	// NotJudged says why the file as a whole holds nothing to judge: a
	// template, a kustomization, no Kubernetes object. It is "" for a file
	// with documents or problems.
	NotJudged string
	// Skipped lists documents of the file that are not judged, in order.
	Skipped []Skipped

	lines         lineIndex
	kustomization *Node // the root of a kustomization file
	copies        int   // how many values its aliases have been expanded to
	copied        int   // the same in bytes of text
}

// A Problem is a fault of the text itself, such as broken YAML.
type Problem struct {
	Range   Range
	Message string // one sentence, lower case, no full stop
	// Warning says that the API server lets it pass; the document is judged
	// all the same. Without it, what stands there has been lost.
	Warning bool
}

// Skipped is a file, or a document of it, that is not judged.
type Skipped struct {
	File   *File
	Line   int    // where the document starts, 0 for the whole file
	Reason string // lower case, no full stop: "patch that prod/kustomization.yaml names"
}

// A Document is one Kubernetes object of a file: a YAML document, or an item
// of a List. Paths are relative to the object, also in a List.
type Document struct {
	File       *File
	Index      int    // the YAML document it stands in, from 0
	APIVersion string // "" where it is absent or no string; an item of a typed List has the List's
	Kind       string // likewise
	Namespace  string // "" where the document names none
	Name       string // "" where it is absent or no string
	Root       *Node
	// Duplicates lists the keys that are given more than once, in the order
	// of their second place. The server's strict decoding refuses each.
	Duplicates []Duplicate
}

// A Duplicate is a key that one mapping gives twice. A key that a << merge
// brings counts too, as it does for the server.
type Duplicate struct {
	Path   Path  // of the key
	First  *Node // the key's first place
	Second *Node // the key that repeats it
}

// Label names the object in messages: "Deployment default/web", or
// "Deployment web" where it names no namespace. A name of more characters than
// the API server takes is cut.
func (d *Document) Label() string {
	kind, name := d.Kind, d.Name
	if kind == "" {
		kind = "object"
	}
	if name == "" {
		if g := d.Root.At(Keys("metadata", "generateName")); g != nil && g.Kind == String {
			name = g.Text + "*"
		}
	}
	switch {
	case name == "":
		return short(kind)
	case d.Namespace == "":
		return short(kind) + " " + short(name)
	}
	return short(kind) + " " + short(d.Namespace) + "/" + short(name)
}

// short cuts what is longer than the longest name, of 253 characters.
func short(s string) string {
	const longest = 253
	if len(s) <= longest {
		return s
	}
	runes := []rune(s[:min(len(s), 4*(longest+1))])
	if len(runes) <= longest {
		return s
	}
	return string(runes[:longest]) + "…"
}

// IsSecret reports whether a value at the path must not be shown: what a Secret
// holds belongs into no log and no comment.
func (d *Document) IsSecret(p Path) bool {
	return d.Kind == "Secret" && len(p) > 0 && (p[0].Key == "data" || p[0].Key == "stringData")
}

// Range is where the value at p stands, or the nearest existing ancestor of
// it. A mapping or sequence ends after the last character of its last value.
func (d *Document) Range(p Path) Range {
	n := d.Root
	for i := range p {
		next := n.At(p[i : i+1])
		if next == nil {
			break
		}
		n = next
	}
	return d.File.NodeRange(n)
}

// KeyRange is where the key of p stands, or the key of its nearest existing
// ancestor. An item of a list has no key: its own range is given. The root's
// is its first key's.
func (d *Document) KeyRange(p Path) Range {
	n, at := d.Root, d.Root
	if len(n.Pairs) > 0 {
		at = n.Pairs[0].Key
	}
	for _, s := range p {
		if !s.IsIndex() {
			pair := n.pair(s.Key)
			if pair == nil {
				break
			}
			n, at = pair.Value, pair.Key
			continue
		}
		if n.Kind != Sequence || s.Index >= len(n.Items) {
			break
		}
		n = n.Items[s.Index]
		at = n
	}
	return d.File.NodeRange(at)
}

// Source is the text of the node as it is written.
func (d *Document) Source(n *Node) string {
	r := d.File.NodeRange(n)
	return string(d.File.Data[r.Start.Byte:r.End.Byte])
}
