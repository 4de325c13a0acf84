package manifest

import (
	"bytes"
	"unicode/utf8"
)

// A cursor turns the parser's line and column into places of the file. The
// parser's lines also end at a lone \r and at three Unicode line breaks; ours
// do not.
type cursor struct {
	file   *File
	chunk  chunk
	starts []int32 // of the parser's lines, only where they differ from ours
	line   int     // the last place asked for: parser's line and column, from 1
	col    int
	off    int
}

func newCursor(f *File, c chunk) cursor {
	cur := cursor{file: f, chunk: c, line: 1, col: 1, off: c.start}
	if bytes.HasPrefix(f.Data[c.start:c.end], []byte(bom)) {
		cur.off += len(bom)
	}
	text := f.Data[c.start:c.end]
	lone := bytes.Count(text, []byte{'\r'}) != bytes.Count(text, []byte("\r\n"))
	if lone || !f.index().ascii && (bytes.Contains(text, []byte("\u0085")) ||
		bytes.Contains(text, []byte("\u2028")) || bytes.Contains(text, []byte("\u2029"))) {
		cur.starts = parserLines(text, c.start)
	}
	return cur
}

// parserLines finds the lines of text as the YAML parser counts them.
func parserLines(text []byte, base int) []int32 {
	starts := []int32{int32(base)}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		i += size
		switch r {
		case '\r':
			if i < len(text) && text[i] == '\n' {
				i++
			}
		case '\n', '\u0085', '\u2028', '\u2029':
		default:
			continue
		}
		starts = append(starts, int32(base+i))
	}
	return starts
}

// lineStart is the byte offset of the parser's line, from 1.
func (c *cursor) lineStart(line int) int {
	starts, i := c.starts, line-1
	if starts == nil {
		starts, i = c.file.index().starts, c.chunk.line-1+line-1
	}
	if i >= len(starts) {
		return c.chunk.end
	}
	at := int(starts[i])
	if line == 1 && bytes.HasPrefix(c.file.Data[at:c.chunk.end], []byte(bom)) {
		at += len(bom)
	}
	return at
}

// to finds the place of the parser's line and column, both from 1.
func (c *cursor) to(line, col int) (fileLine, fileCol, off int32) {
	if c.file.lines.ascii && c.starts == nil {
		off := min(c.lineStart(line)+col-1, c.chunk.end)
		return int32(c.chunk.line + line - 1), int32(col), int32(off)
	}
	if line != c.line || col < c.col {
		c.line, c.col, c.off = line, 1, c.lineStart(line)
	}
	for c.col < col && c.off < c.chunk.end {
		_, size := utf8.DecodeRune(c.file.Data[c.off:])
		c.off += size
		c.col++
	}
	if c.starts != nil {
		p := c.file.Pos(c.off)
		return int32(p.Line), int32(p.Column), int32(p.Byte)
	}
	return int32(c.chunk.line + line - 1), int32(col), int32(c.off)
}
