package manifest

import (
	"bytes"
	"iter"
	"strings"
)

// The lexer below tells apart what is quoted, what is a comment and what is
// neither. It needs no valid YAML: templates are not, and they are what it is
// for, beside comments.

// region is what a stretch of text is.
type region uint8

const (
	regionText    region = iota
	regionQuoted         // '…' or "…"
	regionBlock          // the lines of a | or > scalar
	regionComment        // from its #
)

// A lexer walks over a file line by line.
type lexer struct {
	data []byte
	i    int
	emit func(r region, start, end int) bool
	stop bool

	flow   int // depth of [ and {
	parent int // column of the key or dash that the current value belongs to
	// plain is the parent of an unquoted scalar that the line before ended
	// in, and that deeper lines continue; -1 for none.
	plain int
}

// lex calls emit for each stretch of text that is not plain, in order, until
// it returns false.
func lex(data []byte, emit func(r region, start, end int) bool) {
	x := &lexer{data: data, emit: emit, plain: -1}
	if bytes.HasPrefix(data, []byte(bom)) {
		x.i = len(bom)
	}
	for x.i < len(data) && !x.stop {
		x.line()
	}
}

func (x *lexer) region(r region, start int) {
	if !x.emit(r, start, x.i) {
		x.stop = true
	}
}

// eol is the offset of the end of the line that holds i.
func (x *lexer) eol(i int) int {
	if j := bytes.IndexByte(x.data[i:], '\n'); j >= 0 {
		return i + j
	}
	return len(x.data)
}

// line reads one line, and the lines after it that a value on it goes on to.
func (x *lexer) line() {
	start := x.i
	for x.i < len(x.data) && x.data[x.i] == ' ' {
		x.i++
	}
	column := func() int { return x.i - start }
	indent := column()
	if indent <= x.plain && !x.blankLine() {
		x.plain = -1
	}
	x.parent = indent - 1
	// value: a value or a key may start here, and so a quote is a quote.
	value := x.plain < 0
	for x.i < len(x.data) && !x.stop {
		c := x.data[x.i]
		switch {
		case c == '\n':
			x.i++
			return
		case c == ' ' || c == '\t' || c == '\r':
			x.i++
			continue
		case c == '#' && (x.i == start || strings.IndexByte(blanks, x.data[x.i-1]) >= 0):
			from := x.i
			x.i = x.eol(x.i)
			x.plain = -1
			x.region(regionComment, from)
			continue
		case !value:
			value = x.word()
			continue
		}
		switch {
		case x.flow == 0 && (c == '-' || c == '?') && x.blankAt(x.i+1):
			x.parent = column()
			x.i++
		case c == '"' || c == '\'':
			x.parent = column()
			x.quoted(c)
			value = false
		case (c == '|' || c == '>') && x.flow == 0 && x.header():
			x.block()
			return
		case c == '&' || c == '*' || c == '!':
			for x.i < len(x.data) && !x.blankAt(x.i) {
				x.i++
			}
		case c == '[' || c == '{':
			x.flow++
			x.i++
		case c == ']' || c == '}':
			x.flow = max(0, x.flow-1)
			x.i++
			value = false
		case c == ',' && x.flow > 0:
			x.i++
		default:
			before, at := x.parent, column()
			if value = x.word(); value {
				x.parent = at // it was a key
			} else if x.flow == 0 && x.endOfLine() {
				x.plain = max(before, 0)
			}
		}
	}
}

// blankAt reports whether white space or the end stands at i.
func (x *lexer) blankAt(i int) bool {
	return i >= len(x.data) || strings.IndexByte(blankOrEnd, x.data[i]) >= 0
}

func (x *lexer) endOfLine() bool {
	return x.i >= len(x.data) || x.data[x.i] == '\n' || x.data[x.i] == '\r'
}

// blankLine reports whether nothing follows on the line.
func (x *lexer) blankLine() bool {
	return len(bytes.TrimSpace(x.data[x.i:x.eol(x.i)])) == 0
}

// word passes over unquoted text, to the end of the line, a comment, or what
// ends it. It reports whether a value may start then: after "key:", and inside
// brackets after a comma or another bracket.
func (x *lexer) word() bool {
	for ; x.i < len(x.data); x.i++ {
		switch c := x.data[x.i]; {
		case c == '\n' || c == '\r':
			return false
		case c == '#' && x.i > 0 && strings.IndexByte(blanks, x.data[x.i-1]) >= 0:
			return false
		case c == ':' && (x.blankAt(x.i+1) || x.flow > 0 && strings.IndexByte(",[]{}", x.data[x.i+1]) >= 0):
			x.i++
			x.plain = -1
			return true
		case x.flow > 0 && strings.IndexByte(",[]{}", c) >= 0:
			return true
		}
	}
	return false
}

// quoted passes over a quoted scalar. One that is never closed is taken for
// text, so that a stray apostrophe does not swallow the file.
func (x *lexer) quoted(quote byte) {
	from := x.i
	for i := x.i + 1; i < len(x.data); i++ {
		switch {
		case x.data[i] == '\\' && quote == '"':
			i++
		case x.data[i] != quote:
		case quote == '\'' && i+1 < len(x.data) && x.data[i+1] == quote:
			i++
		default:
			x.i = i + 1
			x.region(regionQuoted, from)
			return
		}
	}
	x.i++
}

// header reports whether the | or > at i is the whole head of a block scalar.
func (x *lexer) header() bool {
	rest := bytes.TrimLeft(x.data[x.i+1:x.eol(x.i)], "0123456789+-")
	trimmed := bytes.TrimLeft(rest, blankOrEnd)
	return len(trimmed) == 0 || trimmed[0] == '#' && len(trimmed) < len(rest)
}

// block passes over a block scalar: the lines deeper than its key or dash, and
// the blank ones between them.
func (x *lexer) block() {
	head := x.eol(x.i)
	if hash := bytes.IndexByte(x.data[x.i:head], '#'); hash >= 0 {
		x.i += hash
		from := x.i
		x.i = head
		x.region(regionComment, from)
	}
	x.i = min(head+1, len(x.data))
	from := x.i
	for x.i < len(x.data) {
		end := x.eol(x.i)
		line := x.data[x.i:end]
		spaces := len(line) - len(bytes.TrimLeft(line, " "))
		if len(bytes.TrimSpace(line)) > 0 && spaces <= x.parent {
			break
		}
		x.i = min(end+1, len(x.data))
	}
	if !x.stop && x.i > from {
		x.region(regionBlock, from)
	}
}

// isTemplate reports whether {{ or {% stands outside quotes, block scalars and
// comments.
func isTemplate(data []byte) bool {
	if !hasMarker(data) {
		return false
	}
	found, last := false, 0
	lex(data, func(_ region, start, end int) bool {
		found = hasMarker(data[last:start])
		last = end
		return !found
	})
	return found || hasMarker(data[last:])
}

func hasMarker(text []byte) bool {
	return bytes.Contains(text, []byte("{{")) || bytes.Contains(text, []byte("{%"))
}

// A Comment is a # comment of a YAML file.
type Comment struct {
	Pos  Pos    // of its #
	Text string // after the #, trimmed
	// Alone says that nothing else stands on the line.
	Alone bool
}

// Comments goes through the comments of the file in order. What looks like one
// inside a string is none.
func (f *File) Comments() iter.Seq[Comment] {
	return func(yield func(Comment) bool) {
		if !bytes.Contains(f.Data, []byte{'#'}) {
			return
		}
		lex(f.Data, func(r region, start, end int) bool {
			if r != regionComment {
				return true
			}
			line := bytes.LastIndexByte(f.Data[:start], '\n') + 1
			return yield(Comment{
				Pos:   f.Pos(start),
				Text:  strings.TrimSpace(string(f.Data[start+1 : end])),
				Alone: len(bytes.Trim(bytes.TrimPrefix(f.Data[line:start], []byte(bom)), blanks)) == 0,
			})
		})
	}
}
