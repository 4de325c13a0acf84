package source

import (
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

// A pattern is one line of an ignore file.
type pattern struct {
	negated bool // ! takes back what earlier patterns match
	dirOnly bool // it ends in a slash
	byBase  bool // it has no other slash, and so looks at the last name only
	literal string
	re      *regexp.Regexp // nil for a literal
}

// parsePatterns reads an ignore file.
func parsePatterns(text string) []pattern {
	var list []pattern
	for line := range strings.SplitSeq(strings.TrimPrefix(text, "\ufeff"), "\n") {
		if p, ok := parsePattern(strings.TrimSuffix(line, "\r")); ok {
			list = append(list, p)
		}
	}
	return list
}

func parsePattern(line string) (p pattern, ok bool) {
	line = trimSpaces(line)
	if line == "" || line[0] == '#' {
		return p, false
	}
	line, p.negated = strings.CutPrefix(line, "!")
	line, p.dirOnly = strings.CutSuffix(line, "/")
	p.byBase = !strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if line == "" {
		return p, false
	}
	if !strings.ContainsAny(line, `*?[\`) {
		p.literal = line
		return p, true
	}
	expr, ok := translate(bytewise(line), !p.byBase)
	if !ok {
		return p, false
	}
	re, err := regexp.Compile(expr)
	p.re = re
	return p, err == nil
}

// trimSpaces removes the spaces at the end of a line, up to one that a
// backslash keeps.
func trimSpaces(line string) string {
	for strings.HasSuffix(line, " ") {
		before := line[:len(line)-1]
		slashes := len(before) - len(strings.TrimRight(before, `\`))
		if slashes%2 == 1 {
			break
		}
		line = before
	}
	return line
}

// match reports whether the pattern fits a name relative to its folder.
func (p *pattern) match(rel string, isDir bool) bool {
	if p.dirOnly && !isDir {
		return false
	}
	if p.byBase {
		rel = path.Base(rel)
	}
	if p.re == nil {
		return rel == p.literal
	}
	return p.re.MatchString(bytewise(rel))
}

// bytewise makes each byte a character of its own: git compares bytes, so that
// ? is one byte of é.
func bytewise(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			runes := make([]rune, len(s))
			for j := range len(s) {
				runes[j] = rune(s[j])
			}
			return string(runes)
		}
	}
	return s
}

// translate writes a pattern as a regular expression. slashes says that it is a
// path, in which ** stands for any number of folders; false for a pattern that
// git could not match with anything.
func translate(glob string, slashes bool) (expr string, ok bool) {
	var b strings.Builder
	b.WriteString(`(?s)\A`)
	for i := 0; i < len(glob); {
		_, size := utf8.DecodeRuneInString(glob[i:])
		rest := glob[i:]
		start := i == 0 || glob[i-1] == '/'
		switch c := glob[i]; {
		case slashes && start && strings.HasPrefix(rest, "**/"):
			b.WriteString(`(?:.*/)?`)
			i += 3
		case slashes && start && rest == "**":
			b.WriteString(`.+`)
			i += 2
		case c == '*':
			b.WriteString(`[^/]*`)
			i += len(rest) - len(strings.TrimLeft(rest, "*"))
		case c == '?':
			b.WriteString(`[^/]`)
			i++
		case c == '[':
			class, n := translateClass(rest)
			if n == 0 {
				return "", false
			}
			b.WriteString(class)
			i += n
		case c == '\\':
			if i+1 == len(glob) {
				return "", false
			}
			_, size = utf8.DecodeRuneInString(glob[i+1:])
			b.WriteString(regexp.QuoteMeta(glob[i+1 : i+1+size]))
			i += 1 + size
		default:
			b.WriteString(regexp.QuoteMeta(glob[i : i+size]))
			i += size
		}
	}
	b.WriteString(`\z`)
	return b.String(), true
}

// translateClass translates [a-z], [!a-z] or [[:alpha:]] at the start of glob;
// n is its length, 0 where it is not closed.
func translateClass(glob string) (class string, n int) {
	var b strings.Builder
	i := 1
	negated := i < len(glob) && (glob[i] == '!' || glob[i] == '^')
	if negated {
		b.WriteString(`[^/`)
		i++
	} else {
		b.WriteString(`[`)
	}
	for first := true; i < len(glob); first = false {
		c := glob[i]
		switch {
		case c == ']' && !first:
			b.WriteByte(']')
			return b.String(), i + 1
		case c == '[' && i+1 < len(glob) && glob[i+1] == ':':
			end := strings.Index(glob[i:], ":]")
			if end < 0 {
				return "", 0
			}
			b.WriteString(glob[i : i+end+2])
			i += end + 2
			continue
		case c == '\\' && i+1 < len(glob):
			i++
			c = glob[i]
		case c == '-' && !first && i+1 < len(glob) && glob[i+1] != ']':
			b.WriteByte('-')
			i++
			continue
		}
		if c >= 0x80 {
			b.WriteByte(c) // half of a character that bytewise made
		} else {
			b.WriteString(`\x` + hex(c))
		}
		i++
	}
	return "", 0
}

func hex(c byte) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[c>>4], digits[c&15]})
}
