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

// Get is the value of a mapping's key, or nil. Where a key occurs twice the
// last one counts, as it does for the server.
func (n *Node) Get(key string) *Node {
	if n == nil || n.Kind != Mapping {
		return nil
	}
	for i := len(n.Pairs) - 1; i >= 0; i-- {
		if n.Pairs[i].Key.Text == key {
			return n.Pairs[i].Value
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
