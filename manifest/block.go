package manifest

import (
	"bytes"
	"strings"
)

// endBlock passes over a block scalar, from its | or >: to the end of the last
// line with content, the line break excluded.
func (f *File) endBlock(i int, text string) int {
	header := f.lineEnd(i)
	end, digit := i+1, 0
	for ; end < header && strings.IndexByte("+-0123456789", f.Data[end]) >= 0; end++ {
		if f.Data[end] >= '0' {
			digit = int(f.Data[end] - '0')
		}
	}
	body := strings.TrimLeft(text, "\n")
	if body == "" {
		return end
	}
	indent := f.blockIndent(i, header+1, digit, body)
	for at := header + 1; at < len(f.Data); {
		stop := f.lineEnd(at)
		line := bytes.TrimSuffix(f.Data[at:stop], []byte{'\r'})
		spaces := len(line) - len(bytes.TrimLeft(line, " "))
		switch {
		case spaces == len(line) && spaces <= indent: // a blank line
		case spaces < indent || bytes.HasPrefix(line, []byte("---")) || bytes.HasPrefix(line, []byte("...")):
			return end
		default:
			end = at + len(line)
		}
		at = stop + 1
	}
	return end
}

// blockIndent is how far the content of the block scalar with its | or > at i
// is indented; body is where its first line starts, and text its content
// without leading line breaks.
func (f *File) blockIndent(i, body, digit int, text string) int {
	parent := f.parentColumn(i)
	if digit > 0 && parent >= 0 {
		return parent + digit
	}
	widest := parent + 1
	for body < len(f.Data) {
		line := bytes.TrimSuffix(f.Data[body:f.lineEnd(body)], []byte{'\r'})
		spaces := len(line) - len(bytes.TrimLeft(line, " "))
		if spaces < len(line) {
			if digit > 0 {
				// What the value keeps of the leading spaces is beyond it.
				return spaces - (len(text) - len(strings.TrimLeft(text, " ")))
			}
			return max(widest, spaces)
		}
		widest = max(widest, spaces)
		body = f.lineEnd(body) + 1
	}
	return widest
}

// parentColumn is the column, from 0, of the key or dash on the line of i that
// the value at i belongs to; -1 where the value stands on a line of its own.
func (f *File) parentColumn(i int) int {
	start := bytes.LastIndexByte(f.Data[:i], '\n') + 1
	at, parent := start, -1
	for at < i {
		switch c := f.Data[at]; {
		case c == ' ' || c == '\t':
			at++
		case strings.IndexByte("-?:", c) >= 0 && f.blankAt(at+1):
			parent = at - start
			at++
		case c == '&' || c == '!':
			// Properties of the value, or of the key that follows.
			if value, _ := f.properties(at); value == i {
				return parent
			}
			return at - start
		default:
			return at - start
		}
	}
	return parent
}
