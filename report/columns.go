package report

import (
	"bytes"
	"unicode/utf8"

	"github.com/rollcast/rollcast/manifest"
)

// columns counts columns in units other than our characters: in bytes, as
// reviewdog does, or in UTF-16 units, as editors and SARIF viewers do. It
// remembers where it was in each line, so that a thousand findings in one line
// of 16 MiB read the line once.
type columns map[columnsKey]*columnsLine

type columnsKey struct {
	file *manifest.File
	line int
}

// A columnsLine has counted how many characters from start to upTo take two
// UTF-16 units.
type columnsLine struct{ start, upTo, wide int }

// bytes is the column of a place in bytes of UTF-8, from 1.
func (c columns) bytes(f *manifest.File, p manifest.Pos) int {
	if p.Byte > len(f.Data) {
		return p.Column
	}
	return p.Byte - c.line(f, p).start + 1
}

// utf16 is the column of a place in UTF-16 units, from 1: in "a😀b" the b has
// column 4.
func (c columns) utf16(f *manifest.File, p manifest.Pos) int {
	if p.Byte > len(f.Data) {
		return p.Column
	}
	l := c.line(f, p)
	if p.Byte >= l.upTo {
		l.wide += wide(f.Data[l.upTo:p.Byte])
	} else {
		l.wide -= wide(f.Data[p.Byte:l.upTo])
	}
	l.upTo = p.Byte
	return p.Column + l.wide
}

func (c columns) line(f *manifest.File, p manifest.Pos) *columnsLine {
	key := columnsKey{f, p.Line}
	l := c[key]
	if l == nil {
		start := bytes.LastIndexByte(f.Data[:p.Byte], '\n') + 1
		l = &columnsLine{start: start, upTo: start}
		c[key] = l
	}
	return l
}

// wide counts the characters beyond U+FFFF.
func wide(text []byte) int {
	n := 0
	for i, b := range text {
		if b >= 0xf0 { // the first byte of four
			if r, _ := utf8.DecodeRune(text[i:]); r > 0xffff {
				n++
			}
		}
	}
	return n
}
