package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// cells measures text in terminal columns. Its answer must not depend on the
// machine's locale, so it asks no environment.
var cells = runewidth.Condition{StrictEmojiNeutral: true}

// displayWidth is how many columns clean text takes.
func displayWidth(s string) int { return cells.StringWidth(s) }

// clean makes text from a manifest safe to print: what would move the cursor,
// recolour the screen or turn the reading direction is written as an escape.
func clean(s string) string {
	if !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		writeClean(&b, r, s[i:i+size])
		i += size
	}
	return b.String()
}

// writeClean writes one character, whose bytes are raw.
func writeClean(b *strings.Builder, r rune, raw string) {
	switch {
	case r == utf8.RuneError:
		if len(raw) == 1 {
			fmt.Fprintf(b, `\x%02x`, raw[0])
			return
		}
		b.WriteString(raw)
	case r == '\n':
		b.WriteString(`\n`)
	case r == '\t':
		b.WriteString(`\t`)
	case r == '\r':
		b.WriteString(`\r`)
	case !hidden(r):
		b.WriteRune(r)
	case r < utf8.RuneSelf:
		fmt.Fprintf(b, `\x%02x`, r)
	default:
		fmt.Fprintf(b, `\u%04x`, r)
	}
}

// hidden reports whether a character acts on the terminal instead of showing:
// controls, line and paragraph separators, and marks of reading direction.
// Joiners stay, since emoji and several scripts need them.
func hidden(r rune) bool {
	switch {
	case r == utf8.RuneError, unicode.IsControl(r):
		return true
	case r == '\u2028', r == '\u2029', r == '\ufeff', r == '\u061c':
		return true
	case r == '\u200e', r == '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return true
	}
	return false
}

// pad fills text up to a width, on the left for numbers.
func pad(s string, width int, right bool) string {
	space := strings.Repeat(" ", max(0, width-displayWidth(s)))
	if right {
		return space + s
	}
	return s + space
}

const noBreak = "\u00a0"

// together makes words that no line break separates.
func together(s string) string { return strings.ReplaceAll(s, " ", noBreak) }

// wrap breaks text at spaces into lines of at most width columns. A word that
// is wider alone gets a line of its own, so that names stay whole and can be
// copied; a no-break space keeps words together. Width 0 breaks nothing. East Asian text, which has no spaces, breaks
// between any two wide characters, though not before closing punctuation.
func wrap(s string, width int) []string { return hang(s, width, width) }

// hang is wrap with another width for the lines after the first.
func hang(s string, width, further int) []string {
	if width <= 0 || displayWidth(s) <= width {
		return []string{strings.ReplaceAll(s, noBreak, " ")}
	}
	var lines []string
	line, used := "", 0
	for _, word := range breakable(s) {
		w := displayWidth(word)
		trimmed := strings.TrimRight(word, " ")
		if used > 0 && used+displayWidth(trimmed) > width {
			lines = append(lines, strings.TrimRight(line, " "))
			line, used, width = "", 0, further
		}
		line += word
		used += w
	}
	if line = strings.TrimRight(line, " "); line != "" {
		lines = append(lines, line)
	}
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], noBreak, " ")
	}
	return lines
}

// breakable cuts text into the pieces between which a line may end. A piece
// keeps the spaces after it.
func breakable(s string) []string {
	var pieces []string
	start := 0
	previous := rune(0)
	for i, r := range s {
		wide := cells.RuneWidth(r) == 2 && cells.RuneWidth(previous) == 2 &&
			!strings.ContainsRune("，。、：；！？）」』】》", r) && !strings.ContainsRune("（「『【《", previous)
		afterSpace := previous == ' ' && r != ' '
		if i > start && (wide || afterSpace) {
			pieces = append(pieces, s[start:i])
			start = i
		}
		previous = r
	}
	return append(pieces, s[start:])
}
