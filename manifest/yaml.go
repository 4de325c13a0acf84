package manifest

import (
	"bytes"
	"errors"
	"fmt"

	"sigs.k8s.io/kustomize/kyaml/yaml"
	serveryaml "sigs.k8s.io/yaml"
)

// parseChunk reads one YAML document. root is nil where there is none: the
// text is empty, or broken and then a Problem.
func (f *File) parseChunk(c chunk) (root *Node, dups []Duplicate) {
	end := c.end
	doc, err := parseYAML(f.Data[c.start:c.end])
	if err != nil || oddTab(f.Data[c.start:c.end]) {
		doc, c, err = f.askServer(c, doc, err)
	}
	if err != nil {
		f.Problems = append(f.Problems, f.diagnose(c, err))
		return nil, nil
	}
	if doc.Kind == 0 || len(doc.Content) == 0 {
		return nil, nil
	}
	conv := converter{cursor: newCursor(f, c)}
	root = conv.node(doc.Content[0])
	if conv.problem != nil {
		f.Problems = append(f.Problems, *conv.problem)
		return nil, nil
	}
	f.rest(root, end)
	return root, conv.dups
}

// rest warns of text after the end of a document. The server's parser stops at
// the end of the first value, and says nothing of what follows: another value
// after a closing bracket, a line that is indented less than the first one, or
// anything after "...".
func (f *File) rest(root *Node, end int) {
	at := f.skipSpace(f.end(root))
	if at >= end {
		return
	}
	if bytes.HasPrefix(f.Data[at:], []byte("...")) && f.blankAt(at+3) {
		if at = f.skipSpace(at + 3); at >= end {
			return
		}
	}
	p := f.wordProblem(at, "the API server reads nothing from here on, because the document ends before; check the indentation and the brackets")
	p.Warning = true
	f.Problems = append(f.Problems, p)
}

// askServer is for the few texts on which our parser and the server's differ:
// ours collects comments, and reads a little ahead. err is what ours says. The
// result is what to go on with: the document, in a chunk that may have become
// shorter, or the error that stands.
func (f *File) askServer(c chunk, doc yaml.Node, err error) (yaml.Node, chunk, error) {
	text := f.Data[c.start:c.end]
	_, refused := serveryaml.YAMLToJSON(text)
	switch {
	case err == nil: // refused only if the parser of the server says so
		if refused != nil {
			if line, _ := splitError(refused); line > 0 {
				return doc, c, refused
			}
		}
		return doc, c, nil
	case refused != nil:
		return doc, c, err
	}
	if doc, again := parseYAML(blankComments(text)); again == nil {
		return doc, c, nil
	}
	// What we refuse stands behind the end of the document.
	short, cause := c, err
	for range 4 {
		at := f.diagnose(short, cause).Range.Start.Byte
		if at <= c.start || at >= short.end {
			break
		}
		short.end = at
		if doc, cause = parseYAML(f.Data[c.start:at]); cause == nil {
			return doc, short, nil
		}
	}
	return doc, c, err
}

// blankComments overwrites comments with spaces.
func blankComments(text []byte) []byte {
	out := bytes.Clone(text)
	lex(text, func(r region, start, end int) bool {
		if r == regionComment {
			for i := start; i < end; i++ {
				if out[i] != '\r' {
					out[i] = ' '
				}
			}
		}
		return true
	})
	return out
}

// parseYAML runs the YAML parser, whose own faults must not end the program.
func parseYAML(text []byte) (doc yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New(fmt.Sprint(r))
		}
	}()
	err = yaml.Unmarshal(text, &doc)
	return doc, err
}

// oddTab reports whether a tab stands between the start of a line, or an
// indicator there, and a comment. The server's parser refuses most of those;
// ours passes over them.
func oddTab(text []byte) bool {
	for i := 0; ; i++ {
		j := bytes.IndexByte(text[i:], '\t')
		if j < 0 {
			return false
		}
		i += j
		before := text[bytes.LastIndexByte(text[:i], '\n')+1 : i]
		after := bytes.TrimLeft(text[i:], blanks)
		if len(bytes.Trim(before, " \t-?:")) == 0 && len(after) > 0 && after[0] == '#' {
			return true
		}
	}
}
