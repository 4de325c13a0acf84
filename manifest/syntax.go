package manifest

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	yaml4 "go.yaml.in/yaml/v4"
)

// diagnose finds the place and the sentence for a chunk that the parser
// refuses. The parser tells a line at best, and that one off in places, so the
// text is read once more by the parser's successor, which tells where it stood.
func (f *File) diagnose(c chunk, err error) Problem {
	text := f.Data[c.start:c.end]
	if at, message := badCharacter(text); at >= 0 {
		return f.wordProblem(c.start+at, message)
	}
	var doc yaml4.Node
	var load *yaml4.LoadError
	if !errors.As(yaml4.Unmarshal(text, &doc), &load) || load.Mark.Line == 0 {
		return f.lineProblem(c, err)
	}
	cur := newCursor(f, c)
	at := func(m yaml4.Mark) int {
		_, _, off := cur.to(m.Line, max(m.Column, 1))
		return int(off)
	}
	mark, context := at(load.Mark), -1
	if load.ContextMark.Line > 0 {
		context = at(load.ContextMark)
	}
	p := f.explain(load.Message, load.ContextMsg, mark, context)
	// Where the text merely ends, the fault is what was never closed; where a
	// key lacks its colon, the key.
	if context >= 0 && (f.skipSpace(mark) >= c.end && strings.HasPrefix(load.ContextMsg, "while parsing a flow") ||
		load.Message == "found unexpected end of stream" || load.Message == "could not find expected ':'") {
		mark = context
	}
	return f.wordProblem(mark, p)
}

// explain says in our words what the parser found wrong.
func (f *File) explain(message, context string, mark, contextMark int) string {
	line := func(at int) string { return "line " + strconv.Itoa(f.Pos(at).Line) }
	switch message {
	case "found character that cannot start any token":
		if c := f.Data[min(mark, len(f.Data)-1)]; c == '\t' {
			return "a tab cannot indent YAML; use spaces"
		} else {
			return fmt.Sprintf("a value cannot start with %q; quote it", string(c))
		}
	case "found a tab character that violates indentation", "found a tab character where an indentation space is expected":
		return "a tab cannot indent YAML; use spaces"
	case "mapping values are not allowed in this context":
		start := bytes.LastIndexByte(f.Data[:mark], '\n') + 1
		if bytes.Contains(f.Data[start:mark], []byte(": ")) {
			return `a value cannot contain ": "; quote it`
		}
		return "a key cannot stand here; check the indentation of this line and of the one above"
	case "block sequence entries are not allowed in this context":
		return `a list item ("- ") cannot start here; it belongs on a line of its own`
	case "mapping keys are not allowed in this context":
		return `a key ("? ") cannot start here`
	case "could not find expected ':'":
		if contextMark >= 0 && strings.ContainsRune(f.Line(f.Pos(contextMark).Line), '：') {
			return `the key ends in a full-width colon "：" where ":" and a space belong`
		}
		return `expected ":" after this key`
	case "did not find expected key":
		if context == "while parsing a block mapping" && contextMark >= 0 {
			return "expected a key that lines up with the map that starts on " + line(contextMark) + "; check the indentation, and quotes above"
		}
		return "expected a key; check the indentation"
	case "did not find expected '-' indicator":
		return `expected "- " that lines up with the list that starts on ` + line(contextMark) + "; check the indentation"
	case "did not find expected ',' or ']'":
		return "the [ on " + line(contextMark) + ` is not closed: expected "," or "]"`
	case "did not find expected ',' or '}'":
		return "the { on " + line(contextMark) + ` is not closed: expected "," or "}"`
	case "did not find expected node content":
		return "expected a value"
	case "found unexpected end of stream":
		return "this quote is never closed"
	case "found unexpected document indicator":
		return "the quote on " + line(contextMark) + " is not closed"
	case "found unknown escape character":
		return `unknown escape in a double-quoted string; write \\ for a backslash, or use single quotes`
	case "did not find expected comment or line break":
		return "only a comment may follow here on this line"
	case "did not find expected <document start>":
		return "expected nothing more here: the document's value is complete"
	case "did not find expected alphabetic or numeric character":
		return "expected a name after & or *; quote the value if it is a string"
	case "found undefined tag handle":
		return "unknown tag; quote the value if it is a string"
	}
	if m := unknownAnchor.FindStringSubmatch(message); m != nil {
		return "there is no anchor &" + m[1] + " before this alias"
	}
	if strings.HasPrefix(message, "exceeded max depth") {
		return tooDeep
	}
	return "not valid YAML: " + message
}

var unknownAnchor = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)

// wordProblem is a problem at the word that starts at a byte offset.
func (f *File) wordProblem(at int, message string) Problem {
	end := at
	for end < len(f.Data) {
		r, size := utf8.DecodeRune(f.Data[end:])
		if unicode.IsSpace(r) && end > at || r == '\n' || r == '\r' {
			break
		}
		end += size
	}
	return Problem{Range: Range{f.Pos(at), f.Pos(end)}, Message: message}
}

var errorLine = regexp.MustCompile(`^yaml: line (\d+): (.*)$`)

// lineProblem places an error that has no more than a line in its text.
func (f *File) lineProblem(c chunk, err error) Problem {
	message, at := strings.TrimPrefix(err.Error(), "yaml: "), f.skipSpace(c.start)
	if m := errorLine.FindStringSubmatch(err.Error()); m != nil {
		cur := newCursor(f, c)
		n, _ := strconv.Atoi(m[1])
		_, _, off := cur.to(n, 1)
		message, at = m[2], f.skipSpace(int(off))
	}
	return f.wordProblem(min(at, c.end), f.explain(message, "", at, at))
}

// badCharacter finds the first byte that YAML does not allow at all, or -1.
func badCharacter(text []byte) (int, string) {
	for i := 0; i < len(text); {
		c := text[i]
		if c >= ' ' && c < 0x7f || c == '\n' || c == '\r' || c == '\t' {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return i, fmt.Sprintf("byte 0x%02x is not valid UTF-8", c)
		case r < ' ', r == 0x7f, r > 0x7f && r < 0xa0 && r != 0x85, r == 0xfffe, r == 0xffff:
			return i, fmt.Sprintf("control character U+%04X is not allowed in YAML", r)
		}
		i += size
	}
	return -1, ""
}
