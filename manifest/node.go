package manifest

// Kind is what a node is once its scalar has been resolved as the API server
// resolves it: YAML 1.1 through sigs.k8s.io/yaml, then JSON.
type Kind uint8

const (
	Null Kind = iota
	Bool
	Int   // an integer in JSON: also 3.0 and 1e3, which the server reads as 3 and 1000
	Float // any other number
	String
	Mapping
	Sequence
)

var kindNames = [...]string{"null", "boolean", "integer", "number", "string", "map", "list"}

// String names the kind as messages do: null, boolean, integer, number, string, map, list.
func (k Kind) String() string { return kindNames[k] }

// described names the kind with its article: "a list", "an integer", "null".
func (k Kind) described() string {
	switch k {
	case Null:
		return k.String()
	case Int:
		return "an " + k.String()
	}
	return "a " + k.String()
}

// A Node is one value of a document. An alias has been replaced by a copy of
// its anchor that sits at the alias's place.
type Node struct {
	Kind Kind
	// Text is a string's content, and the JSON form of any other scalar:
	// "true", "3", "0.5", "null".
	Text  string
	Pairs []Pair  // Mapping: in source order, duplicates included
	Items []*Node // Sequence

	line, col int32 // where it starts, from 1; columns count characters
	off       int32 // the same place as a byte offset into the file
	style     style
	anchor    *Node // what an alias stood for, nil elsewhere
}

// A Pair is one entry of a mapping. The key's Text is the key as the server
// sees it, a string whatever its YAML type was.
type Pair struct {
	Key   *Node
	Value *Node
}

// style is how a node is written, which decides where it ends.
type style uint8

const (
	styleEmpty    style = iota // nothing is written: the value of "a:"
	stylePlain                 // unquoted, and Text is what is written, folded
	styleResolved              // unquoted, and Text is its JSON form: yes, 0x10, 3.0
	styleSingle                // 'quoted'
	styleDouble                // "quoted"
	styleBlock                 // | or >
	styleFlow                  // [] or {}
	styleBlockCollection
	styleAlias // *name, and everything below what it stands for
)

// Pos is where the node starts.
func (n *Node) Pos() Pos {
	return Pos{Line: int(n.line), Column: int(n.col), Byte: int(n.off)}
}

// Anchor is the node that an alias, or a << merge, copied into n: the place to
// name beside the alias's own. It is nil for a node written where it stands.
func (n *Node) Anchor() *Node { return n.anchor }

// Get is the value of a mapping's key, or nil. Where a key occurs twice the
// last one counts, as it does for the server.
func (n *Node) Get(key string) *Node {
	if p := n.pair(key); p != nil {
		return p.Value
	}
	return nil
}

// pair is the entry that Get reads.
func (n *Node) pair(key string) *Pair {
	if n == nil || n.Kind != Mapping {
		return nil
	}
	for i := len(n.Pairs) - 1; i >= 0; i-- {
		if n.Pairs[i].Key.Text == key {
			return &n.Pairs[i]
		}
	}
	return nil
}

// At follows a path; nil where it leads nowhere.
func (n *Node) At(p Path) *Node {
	for _, s := range p {
		switch {
		case n == nil:
			return nil
		case !s.IsIndex():
			n = n.Get(s.Key)
		case n.Kind == Sequence && s.Index < len(n.Items):
			n = n.Items[s.Index]
		default:
			return nil
		}
	}
	return n
}

// Walk visits n and everything below it in source order, parents first. The
// path is reused from call to call: Clone it to keep it. key is nil for the
// root and for items of a sequence. Returning false skips what lies below.
func (n *Node) Walk(visit func(p Path, key, value *Node) bool) {
	var path Path
	n.walk(&path, nil, visit)
}

func (n *Node) walk(path *Path, key *Node, visit func(Path, *Node, *Node) bool) {
	if n == nil || !visit(*path, key, n) {
		return
	}
	for i := range n.Pairs {
		p := &n.Pairs[i]
		*path = append(*path, Key(p.Key.Text))
		p.Value.walk(path, p.Key, visit)
		*path = (*path)[:len(*path)-1]
	}
	for i, item := range n.Items {
		*path = append(*path, Index(i))
		item.walk(path, nil, visit)
		*path = (*path)[:len(*path)-1]
	}
}
