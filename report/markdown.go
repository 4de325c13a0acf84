package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// markdownMost is how many bytes a Markdown report has at most: GitHub refuses
// a comment of more than 65,536 characters.
const markdownMost = 60000

// inMarkdown writes text so that it reads as it is, in a paragraph or in the
// cell of a table: no markup, no HTML, no formula, and nobody is notified.
func inMarkdown(s string) string {
	s = visible(strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")))
	var b strings.Builder
	for i, r := range s {
		switch r {
		case '\\', '`', '*', '_', '[', ']', '{', '}', '~', '|':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '&':
			b.WriteString("&amp;")
		case '$':
			b.WriteString("&#36;")
		case '\n':
			b.WriteString("<br>")
		case '\r':
			b.WriteString(`\\r`)
		case '\t':
			b.WriteByte(' ')
		case '@', '#':
			b.WriteRune(r)
			if next, _ := utf8.DecodeRuneInString(s[i+1:]); unicode.IsLetter(next) || unicode.IsDigit(next) {
				b.WriteString("<!-- -->") // parts what would name a person or an issue
			}
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// markdownCode is text in the typeface of code. Backquotes would end at the
// text's own.
func markdownCode(s string) string { return "<code>" + inMarkdown(s) + "</code>" }
