package report

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// A mark underlines a range of the source.
type mark struct {
	at      manifest.Range
	char    string // ^ under what is wrong, - under what explains it
	label   string
	primary bool
}

// tabStop is how many columns a tab jumps to the next multiple of.
const tabStop = 4

// pageWidth is how many columns of a source line are shown where no screen
// bounds them: those around the mark.
const pageWidth = 160

// window bounds how many bytes to either side of a mark are looked at: a file
// may be one line of 16 MiB.
const window = 400

// snippet writes the marked lines of a file, in their order, each once, with
// the marks below. A place outside the file is left out.
func (p *page) snippet(f *manifest.File, marks []mark, st style) {
	marks = slices.DeleteFunc(marks, func(m mark) bool { return !inside(f, m.at) })
	if len(marks) == 0 {
		return
	}
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Compare(a.at.Start.Line, b.at.Start.Line) // on one line the finding's own mark stays first
	})
	gutter := max(4, len(strconv.Itoa(marks[len(marks)-1].at.Start.Line))+1)
	before := 0
	for _, m := range marks {
		source, start, width := p.excerpt(f, m.at, gutter+3)
		if m.at.Start.Line != before {
			before = m.at.Start.Line
			p.line(p.paint(dim, pad(strconv.Itoa(before), gutter, true)+" │ "), source)
		}
		paint, under := p.palette, st
		if !m.primary {
			under = blue
		}
		line := strings.Repeat(" ", start) + paint.paint(under, m.char+strings.Repeat(tail(m), width-1))
		p.underline(line, start+width, m.label, gutter, under)
	}
}

// tail continues a mark after its first column.
func tail(m mark) string {
	if m.primary {
		return "~"
	}
	return m.char
}

// underline writes a mark, and its label behind it, or below it where the
// screen ends.
func (p *page) underline(line string, used int, label string, gutter int, st style) {
	bar := p.paint(dim, strings.Repeat(" ", gutter)+" │ ")
	if label == "" {
		p.line(bar, line)
		return
	}
	indent := gutter + 3
	if p.Width == 0 || indent+used+1+displayWidth(label) <= p.Width {
		p.line(bar, line, " ", p.paint(st, label))
		return
	}
	p.line(bar, line)
	for _, l := range wrap(label, p.room(indent)) {
		p.line(bar, p.paint(st, l))
	}
}

// inside reports whether the range starts in the file's text.
func inside(f *manifest.File, at manifest.Range) bool {
	return f != nil && at.Start.Line > 0 && at.Start.Byte >= 0 && at.Start.Byte <= len(f.Data) && len(f.Data) > 0
}

// excerpt is the line on which the range starts, as far as the screen is wide,
// and the columns that the range takes in it: the first, from 0, and how many,
// at least 1. A range over several lines ends with its first.
func (p *page) excerpt(f *manifest.File, at manifest.Range, indent int) (source string, start, width int) {
	lo, hi, cutLeft, cutRight := lineWindow(f.Data, at.Start.Byte)
	end := at.End.Byte
	if at.End.Line != at.Start.Line {
		end = lo + len(bytes.TrimRight(f.Data[lo:hi], " \t"))
	}
	end = min(max(end, at.Start.Byte), hi)
	line := newSource(f.Data[lo:hi])
	start, stop := line.column(at.Start.Byte-lo), line.column(end-lo)
	limit := p.room(indent)
	if limit == 0 {
		limit = pageWidth
	}
	source, start, stop = line.cut(start, stop, limit, cutLeft, cutRight)
	return source, start, max(1, stop-start)
}

// lineWindow is the line around a byte without its end of line, cut to the
// window, and whether that cut something off on either side.
func lineWindow(data []byte, at int) (lo, hi int, cutLeft, cutRight bool) {
	lo = max(0, at-window)
	if i := bytes.LastIndexByte(data[lo:at], '\n'); i >= 0 {
		lo += i + 1
	} else {
		cutLeft = lo > 0
		for lo < at && cutLeft && !utf8.RuneStart(data[lo]) {
			lo++
		}
	}
	hi = min(len(data), at+window)
	if i := bytes.IndexByte(data[at:hi], '\n'); i >= 0 {
		hi = at + i
	} else {
		cutRight = hi < len(data)
		for hi > at && cutRight && !utf8.RuneStart(data[hi]) {
			hi--
		}
	}
	if hi > lo && data[hi-1] == '\r' {
		hi--
	}
	return lo, max(hi, lo), cutLeft, cutRight
}

// A source is one line as it is shown: each character's byte, column and text.
type source struct {
	shown []shown
	bytes int
	width int
}

type shown struct {
	byte, column int
	text         string
}

func newSource(line []byte) source {
	s := source{bytes: len(line)}
	if rest, ok := bytes.CutPrefix(line, []byte("\xef\xbb\xbf")); ok { // a byte order mark is nothing to see
		s.shown = append(s.shown, shown{0, 0, ""})
		s.fill(rest, 3)
		return s
	}
	s.fill(line, 0)
	return s
}

func (s *source) fill(line []byte, offset int) {
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		var b strings.Builder
		if r == '\t' {
			b.WriteString(strings.Repeat(" ", tabStop-s.width%tabStop))
		} else {
			writeClean(&b, r, string(line[i:i+size]))
		}
		s.shown = append(s.shown, shown{offset + i, s.width, b.String()})
		s.width += displayWidth(b.String())
		i += size
	}
}

// column is where the character at a byte starts.
func (s source) column(at int) int {
	i, _ := slices.BinarySearchFunc(s.shown, at, func(c shown, at int) int { return cmp.Compare(c.byte, at) })
	if i == len(s.shown) {
		return s.width
	}
	return s.shown[i].column
}

// cut shows at most limit columns of the line, those around start..stop, with
// … where something is missing, and moves start and stop along.
func (s source) cut(start, stop, limit int, cutLeft, cutRight bool) (string, int, int) {
	from := 0
	if s.width+2 > limit && start > limit*2/3 {
		from = start - limit/3
	}
	var b strings.Builder
	width, shift, whole := 0, 0, true
	if from > 0 || cutLeft {
		b.WriteString("…")
		width = 1
	}
	first := true
	for _, c := range s.shown {
		if c.column < from {
			continue
		}
		if first {
			shift, first = width-c.column, false
		}
		w := displayWidth(c.text)
		if width+w > limit-1 && c.column+w < s.width || width+w > limit {
			whole = false
			break
		}
		b.WriteString(c.text)
		width += w
	}
	if !whole || cutRight {
		b.WriteString("…")
		width++
	}
	start, stop = start+shift, stop+shift
	return strings.TrimRight(b.String(), " "), max(0, start), min(stop, max(width, start+1))
}

// findingMarks are the marks of a finding in its own file, and the related
// places in others.
func findingMarks(f *finding.Finding) (here []mark, elsewhere []finding.Related) {
	here = []mark{{at: f.Range, char: "^", primary: true}}
	for _, r := range f.Related {
		if r.File == f.File {
			here = append(here, mark{at: r.Range, char: "-", label: clean(r.Message)})
			continue
		}
		elsewhere = append(elsewhere, r)
	}
	return here, elsewhere
}
