package manifest

import (
	"bytes"
	"errors"
	"fmt"
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
	if at := f.skipSpace(c.start); at < c.end && f.Data[at] == '%' {
		return f.wordProblem(at, "kubectl splits the file at ---, which leaves this % line alone; remove it")
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
	if load.Message == "did not find expected node content" && f.skipSpace(mark) >= c.end {
		mark = c.start + max(0, len(bytes.TrimRight(text, blankOrEnd))-1)
		return f.wordProblem(mark, "a value is expected after this, and the document ends; is a bracket not closed?")
	}
	message := f.explain(load.Message, mark, context)
	// Where the text merely ends, the fault is what was never closed; where a
	// key lacks its colon, the key.
	if context >= 0 && (f.skipSpace(mark) >= c.end && strings.HasPrefix(load.ContextMsg, "while parsing a flow") ||
		load.Message == "found unexpected end of stream" || load.Message == "could not find expected ':'") {
		mark = context
	}
	return f.wordProblem(mark, message)
}

// noToken is the parser's message for a tab that indents, among others.
const noToken = "found character that cannot start any token"

// explain says in our words what the parser found wrong at mark, in something
// that starts at contextMark.
func (f *File) explain(message string, mark, contextMark int) string {
	line := func(at int) string { return "line " + strconv.Itoa(f.Pos(at).Line) }
	switch message {
	case noToken:
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
		return f.explainKey(mark, line(max(0, contextMark)))
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
	if name, ok := strings.CutPrefix(message, "unknown anchor '"); ok {
		return "there is no anchor &" + strings.TrimSuffix(name, "' referenced") + " before this alias"
	}
	if strings.HasPrefix(message, "exceeded max depth") {
		return tooDeep
	}
	return "not valid YAML: " + message
}

// explainKey says why no key of a map can stand at mark. start is the line where
// the map starts.
func (f *File) explainKey(mark int, start string) string {
	before := bytes.TrimRight(f.Data[bytes.LastIndexByte(f.Data[:mark], '\n')+1:mark], blanks)
	switch c := f.Data[min(mark, len(f.Data)-1)]; {
	case c == ']' || c == '}':
		return "this " + string(c) + " closes nothing"
	case bytes.HasSuffix(before, []byte{']'}) || bytes.HasSuffix(before, []byte{'}'}):
		return "nothing may follow the closing " + string(before[len(before)-1]) + "; quote the whole value"
	case bytes.HasSuffix(before, []byte{'"'}) || bytes.HasSuffix(before, []byte{'\''}):
		return "nothing may follow the closing quote; quote the whole value, and double the single quotes inside it"
	case c == '-' && f.blankAt(mark+1):
		return "a list item cannot stand in the map that starts on " + start + "; check the indentation"
	}
	return "this does not line up with the map that starts on " + start + "; check the indentation"
}

// wordProblem is a problem at the word, or the tabs, at a byte offset.
func (f *File) wordProblem(at int, message string) Problem {
	end := at
	for end < len(f.Data) && f.Data[end] == '\t' {
		end++
	}
	for tabs := end > at; end < len(f.Data) && !tabs; {
		r, size := utf8.DecodeRune(f.Data[end:])
		if unicode.IsSpace(r) {
			break
		}
		end += size
	}
	return Problem{Range: Range{f.Pos(at), f.Pos(end)}, Message: message}
}

// splitError takes an error of the parser apart: "yaml: line 3: message". The
// line is 0 where it tells none.
func splitError(err error) (line int, message string) {
	message = strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		if number, after, ok := strings.Cut(rest, ": "); ok {
			if line, err := strconv.Atoi(number); err == nil {
				return line, after
			}
		}
	}
	return 0, message
}

// lineProblem places an error that has no more than a line in its text.
func (f *File) lineProblem(c chunk, err error) Problem {
	at := f.skipSpace(c.start)
	line, message := splitError(err)
	if line > 0 {
		cur := newCursor(f, c)
		_, _, off := cur.to(line, 1)
		at = f.skipSpace(int(off))
		if tab := bytes.IndexByte(f.Data[off:f.lineEnd(int(off))], '\t'); tab >= 0 && message == noToken {
			at = int(off) + tab
		}
	}
	at = min(at, c.end)
	return f.wordProblem(at, f.explain(message, at, at))
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
