package manifest

import (
	"bytes"
	"sort"
	"sync"
	"unicode/utf8"
)

// A lineIndex holds where the lines of a file start. A line ends at \n; a \r
// before it belongs to neither line's text.
type lineIndex struct {
	once   sync.Once
	starts []int32
	ascii  bool // then a column is a byte
}

const bom = "\xef\xbb\xbf"

func (f *File) index() *lineIndex {
	x := &f.lines
	x.once.Do(func() {
		x.starts = append(make([]int32, 0, bytes.Count(f.Data, []byte{'\n'})+1), 0)
		for i := 0; ; {
			j := bytes.IndexByte(f.Data[i:], '\n')
			if j < 0 {
				break
			}
			i += j + 1
			x.starts = append(x.starts, int32(i))
		}
		x.ascii = isASCII(f.Data)
	})
	return x
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Lines counts the lines of the file; a last line without a line break counts.
func (f *File) Lines() int {
	n := len(f.index().starts)
	if n > 1 && int(f.lines.starts[n-1]) == len(f.Data) {
		n--
	}
	return n
}

// Line is the text of line n, from 1, without its line break and a byte order
// mark before it; "" outside the file.
func (f *File) Line(n int) string {
	starts := f.index().starts
	if n < 1 || n > len(starts) {
		return ""
	}
	end := len(f.Data)
	if n < len(starts) {
		end = int(starts[n]) - 1
	}
	line := f.Data[starts[n-1]:end]
	line = bytes.TrimSuffix(line, []byte{'\r'})
	return string(bytes.TrimPrefix(line, []byte(bom)))
}

// Pos is the place of a byte offset, which is cut to the file's length.
func (f *File) Pos(offset int) Pos {
	offset = max(0, min(offset, len(f.Data)))
	x := f.index()
	i := sort.Search(len(x.starts), func(i int) bool { return int(x.starts[i]) > offset }) - 1
	start := int(x.starts[i])
	col := offset - start
	if !x.ascii {
		text := f.Data[start:offset]
		if bytes.HasPrefix(text, []byte(bom)) {
			text = text[len(bom):]
		}
		col = utf8.RuneCount(text)
	}
	return Pos{Line: i + 1, Column: col + 1, Byte: offset}
}

// Text is what stands in a range.
func (f *File) Text(r Range) string { return string(f.Data[r.Start.Byte:r.End.Byte]) }
