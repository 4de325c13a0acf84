package report

import (
	"strconv"
	"unicode/utf8"
)

// How GitHub recognises a line: the code-scanning upload hashes the first
// hundred characters from the line's start, blanks left out, with the
// polynomial below. The numbers are GitHub's.
const (
	hashedChars = 100
	hashBase    = 37
	endOfFile   = 0xffff // stands as one character after the last, zeros after it
)

// lineHashes writes the hash of each wanted line of a file: 16 hexadecimal
// digits at most, ":" and how many lines have had that hash so far, this one
// included. It is what github/codeql-action computes in an upload, which warns
// where a file brings another value.
//
// Each character c₀ … c₉₉ counts as a UTF-16 unit, and the hash is
// Σ cₖ·37^(99−k) modulo 2⁶⁴. The next character's hash follows from it:
// 37·hash − 37¹⁰⁰·c₀ + c₁₀₀.
func lineHashes(data []byte, wanted map[int]string) {
	chars, starts := hashInput(data)
	at := func(i int) uint64 {
		if i < len(chars) {
			return uint64(chars[i])
		}
		return 0
	}
	var hash, top uint64 = 0, 1
	for k := range hashedChars {
		hash = hash*hashBase + at(k)
		top *= hashBase
	}
	seen := map[uint64]int{}
	position := 0
	for i, start := range starts {
		for ; position < start; position++ {
			hash = hash*hashBase - top*at(position) + at(position+hashedChars)
		}
		seen[hash]++
		if _, want := wanted[i+1]; want {
			wanted[i+1] = strconv.FormatUint(hash, 16) + ":" + strconv.Itoa(seen[hash])
		}
	}
}

// hashInput is the text as it is hashed, blanks left out and line breaks of
// all kinds as \n, and where in it each line starts.
func hashInput(data []byte) (chars []uint16, starts []int) {
	chars = make([]uint16, 0, len(data)+1)
	lineStart, afterCR := true, false
	add := func(c uint16) {
		if lineStart {
			starts = append(starts, len(chars))
		}
		chars = append(chars, c)
		lineStart = c == '\n'
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		i += size
		switch {
		case r == ' ', r == '\t', r == '\n' && afterCR:
		case r == '\r':
			add('\n')
		case r > 0xffff:
			r -= 0x10000
			add(uint16(0xd800 + r>>10))
			add(uint16(0xdc00 + r&0x3ff))
		default:
			add(uint16(r))
		}
		afterCR = r == '\r'
	}
	add(endOfFile)
	return chars, starts
}
