package manifest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
)

// parseJSON reads a file of one or more JSON values, strictly: as the server
// reads application/json, and kubectl a stream of it.
func (f *File) parseJSON() {
	if bytes.HasPrefix(f.Data, []byte(bom)) {
		f.Problems = append(f.Problems, f.wordProblem(0, "JSON cannot start with a byte order mark"))
		return
	}
	d := json.NewDecoder(bytes.NewReader(f.Data))
	d.UseNumber()
	r := jsonReader{file: f, tokens: d}
	for index := 0; ; index++ {
		r.dups, r.problem, r.start = nil, nil, int(d.InputOffset())
		root := r.value()
		if root == nil && r.problem == nil {
			return
		}
		if r.problem != nil {
			f.Problems = append(f.Problems, *r.problem)
			return // the decoder cannot find the next value
		}
		f.add(root, r.dups, index)
	}
}

// A jsonReader builds nodes from the decoder's tokens.
type jsonReader struct {
	file    *File
	tokens  *json.Decoder
	nodes   []Node
	path    Path
	dups    []Duplicate
	depth   int
	start   int // where the current value of the file begins
	problem *Problem
}

// next returns the next token and a node at its place; nil at the end of the
// file and after an error, which is then noted.
func (r *jsonReader) next() (json.Token, *Node) {
	before := int(r.tokens.InputOffset())
	tok, err := r.tokens.Token()
	if err != nil {
		r.fail(err)
		return nil, nil
	}
	for before < len(r.file.Data) && strings.IndexByte(" \t\r\n,:", r.file.Data[before]) >= 0 {
		before++
	}
	if len(r.nodes) == 0 {
		r.nodes = make([]Node, 64)
	}
	n := &r.nodes[0]
	r.nodes = r.nodes[1:]
	p := r.file.Pos(before)
	n.line, n.col, n.off = int32(p.Line), int32(p.Column), int32(p.Byte)
	return tok, n
}

// value reads one value, or nil at the end of the file and after a problem.
func (r *jsonReader) value() *Node {
	tok, n := r.next()
	if n == nil {
		return nil
	}
	return r.rest(tok, n)
}

// rest reads what belongs to a value after its first token.
func (r *jsonReader) rest(tok json.Token, n *Node) *Node {
	switch v := tok.(type) {
	case nil:
		n.Kind, n.Text, n.style = Null, "null", stylePlain
	case bool:
		n.Kind, n.Text, n.style = Bool, strconv.FormatBool(v), stylePlain
	case json.Number:
		n.Kind, n.Text, n.style = Int, v.String(), stylePlain
		if strings.ContainsAny(n.Text, ".eE") {
			n.Kind = Float // the server does not take 3.0 for an integer here
		}
		if _, err := v.Float64(); err != nil {
			p := r.file.wordProblem(int(n.off), "the number "+n.Text+" is too large")
			r.problem = &p
		}
	case string:
		n.Kind, n.Text, n.style = String, v, styleDouble
	case json.Delim:
		n.style = styleFlow
		if r.depth++; r.depth > maxNesting {
			p := n.Pos()
			r.problem = &Problem{Range: Range{p, p}, Message: tooDeep}
			return nil
		}
		if v == '{' {
			n.Kind = Mapping
			r.object(n)
		} else {
			n.Kind = Sequence
			r.array(n)
		}
		r.depth--
	}
	if r.problem != nil {
		return nil
	}
	return n
}

func (r *jsonReader) object(n *Node) {
	n.Pairs = []Pair{}
	var seen keySet
	for {
		tok, k := r.next()
		if k == nil || tok == json.Delim('}') {
			return
		}
		k.Kind, k.Text, k.style = String, tok.(string), styleDouble
		r.path = append(r.path, Key(k.Text))
		if first := seen.find(n, k); first != nil {
			r.dups = append(r.dups, Duplicate{Path: r.path.Clone(), First: first, Second: k})
		}
		v := r.value()
		if v == nil {
			return
		}
		r.path = r.path[:len(r.path)-1]
		n.Pairs = append(n.Pairs, Pair{k, v})
	}
}

func (r *jsonReader) array(n *Node) {
	n.Items = []*Node{}
	for i := 0; ; i++ {
		tok, item := r.next()
		if item == nil || tok == json.Delim(']') {
			return
		}
		r.path = append(r.path, Index(i))
		if item = r.rest(tok, item); item == nil {
			return
		}
		r.path = r.path[:len(r.path)-1]
		n.Items = append(n.Items, item)
	}
}

// fail notes why there is no token after the byte offset. The decoder's own
// place is that of the token before, so the value is checked once more.
func (r *jsonReader) fail(err error) {
	if errors.Is(err, io.EOF) && r.depth == 0 {
		return // between two values
	}
	f := r.file
	at := len(bytes.TrimRight(f.Data, blankOrEnd))
	message := "the file ends inside a value; a bracket or quote is not closed"
	var syntax *json.SyntaxError
	err = json.Unmarshal(f.Data[r.start:], new(json.RawMessage))
	if i := r.start; errors.As(err, &syntax) && i+int(syntax.Offset)-1 < at {
		at = i + int(syntax.Offset) - 1
		message = "not valid JSON: " + syntax.Error()
	}
	p := f.wordProblem(at, message)
	r.problem = &p
}
