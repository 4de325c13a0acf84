package manifest

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Ends are not in the tree: the parser tells only where a value starts. They
// are found from the text when they are asked for, by the way a value is
// written.

// NodeRange is where a node of the file is written, with its tag and anchor.
// It ends after its last character; an alias's range is the alias. A value
// that is not written, as in "a:", has an empty range.
func (f *File) NodeRange(n *Node) Range {
	return Range{n.Pos(), f.Pos(f.end(n))}
}

// end is the byte offset after the last character of n.
func (f *File) end(n *Node) int {
	start := int(n.off)
	switch n.style {
	case styleAlias:
		return f.skipName(start)
	case styleEmpty:
		_, end := f.properties(start)
		return end
	}
	content, end := f.properties(start)
	switch n.style {
	case stylePlain:
		return f.endPlain(content, n.Text)
	case styleResolved:
		return f.endResolved(content)
	case styleSingle:
		return f.endSingle(content)
	case styleDouble:
		return f.endDouble(content)
	case styleBlock:
		return f.endBlock(content, n.Text)
	case styleFlow:
		if content < len(f.Data) && (f.Data[content] == '{' || f.Data[content] == '[') {
			return f.endFlow(n, content)
		}
		// A pair without braces in a list: [a: b].
	}
	// The last key and value of a block, also where the value is empty.
	if i := len(n.Pairs) - 1; i >= 0 {
		end = max(end, f.end(n.Pairs[i].Key), f.end(n.Pairs[i].Value))
	}
	if i := len(n.Items) - 1; i >= 0 {
		end = max(end, f.end(n.Items[i]))
	}
	return end
}

const (
	blanks     = " \t"
	blankOrEnd = " \t\r\n"
)

// blankAt reports whether white space or the end of the file stands at i.
func (f *File) blankAt(i int) bool {
	return i >= len(f.Data) || strings.IndexByte(blankOrEnd, f.Data[i]) >= 0
}

// skipName passes over *name, &name or a tag.
func (f *File) skipName(i int) int {
	if rest := f.Data[i:]; bytes.HasPrefix(rest, []byte("!<")) {
		if j := bytes.IndexByte(rest, '>'); j >= 0 {
			return i + j + 1
		}
	}
	tag := f.Data[i] == '!'
	for i++; i < len(f.Data); i++ {
		c := f.Data[i]
		if tag && strings.IndexByte(blankOrEnd, c) >= 0 || !tag && !isNameByte(c) {
			break
		}
	}
	return i
}

// isNameByte reports whether the name of an anchor may hold the byte.
func isNameByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '-'
}

// properties passes over the tag and the anchor before a value. content is
// where the value itself starts; end is the end of the last property, or i.
func (f *File) properties(i int) (content, end int) {
	content, end = i, i
	for content < len(f.Data) && (f.Data[content] == '&' || f.Data[content] == '!') {
		end = f.skipName(content)
		content = f.skipSpace(end)
	}
	return content, end
}

// skipSpace passes over blanks, line breaks and comments.
func (f *File) skipSpace(i int) int {
	for i < len(f.Data) {
		switch f.Data[i] {
		case ' ', '\t', '\r', '\n':
			i++
		case '#':
			j := bytes.IndexByte(f.Data[i:], '\n')
			if j < 0 {
				return len(f.Data)
			}
			i += j
		default:
			return i
		}
	}
	return i
}

// endPlain follows a plain scalar: what the text holds is in the file, except
// that any white space may stand for any other where lines are folded.
func (f *File) endPlain(i int, text string) int {
	end := i
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		if !isBreakOrBlank(r) {
			if !bytes.HasPrefix(f.Data[i:], []byte(text[:size])) {
				return end // the node does not stand here; cannot happen
			}
			i += size
			end = i
			text = text[size:]
			continue
		}
		text = strings.TrimLeftFunc(text, isBreakOrBlank)
		for i < len(f.Data) {
			r, size := utf8.DecodeRune(f.Data[i:])
			if !isBreakOrBlank(r) {
				break
			}
			i += size
		}
	}
	return end
}

// isBreakOrBlank reports whether folding may change the character.
func isBreakOrBlank(r rune) bool {
	switch r {
	case ' ', '\t', '\r', '\n', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// endResolved passes over a plain number, boolean, null or date, which are one
// word each.
func (f *File) endResolved(i int) int {
	for i < len(f.Data) {
		c := f.Data[i]
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z',
			strings.IndexByte("+-._~", c) >= 0:
			i++
		default:
			return i
		}
	}
	return i
}

func (f *File) endSingle(i int) int {
	for i++; i < len(f.Data); i++ {
		if f.Data[i] != '\'' {
			continue
		}
		if i+1 == len(f.Data) || f.Data[i+1] != '\'' {
			return i + 1
		}
		i++
	}
	return len(f.Data)
}

func (f *File) endDouble(i int) int {
	for i++; i < len(f.Data); i++ {
		switch f.Data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(f.Data)
}

// endFlow passes over a { } or [ ]: from its last value on only commas, colons,
// white space and comments stand before the closing bracket.
func (f *File) endFlow(n *Node, i int) int {
	closing := byte('}')
	if f.Data[i] == '[' {
		closing = ']'
	}
	i++
	if last := len(n.Pairs) - 1; last >= 0 {
		i = max(i, f.end(n.Pairs[last].Key), f.end(n.Pairs[last].Value))
	}
	if last := len(n.Items) - 1; last >= 0 {
		i = max(i, f.end(n.Items[last]))
	}
	for i < len(f.Data) {
		switch c := f.Data[i]; {
		case c == closing:
			return i + 1
		case strings.IndexByte(",:?", c) >= 0:
			i++
		default:
			if next := f.skipSpace(i); next > i {
				i = next
				continue
			}
			return i // cannot happen
		}
	}
	return i
}

// lineEnd is the offset of the line break that ends the line of i.
func (f *File) lineEnd(i int) int {
	if j := bytes.IndexByte(f.Data[i:], '\n'); j >= 0 {
		return i + j
	}
	return len(f.Data)
}
