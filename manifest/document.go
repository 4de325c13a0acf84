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
	Data      []byte
	Documents []*Document
	Problems  []Problem // what made a document, or the whole file, unreadable

	lineStarts []int // byte offsets, made on first use
}

// A Problem is a fault of the text itself, such as broken YAML.
type Problem struct {
	Range   Range
	Message string // one sentence, lower case, no full stop
}

// A Document is one Kubernetes object of a file: a YAML document, or an item
// of a List.
type Document struct {
	File       *File
	Index      int // the YAML document it stands in, from 0
	APIVersion string
	Kind       string
	Namespace  string // "" where the document names none
	Name       string
	Root       *Node
}
