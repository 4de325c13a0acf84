package source

import (
	"fmt"
	"path"
	"strings"
)

// Patterns choose files as the lines of a .gitignore do: without a slash before
// its end a pattern fits a name at any depth, with one it is relative to the
// root; one that ends in a slash fits folders; what fits a folder fits all
// below it; ! takes back, and the last pattern that fits decides.
type Patterns struct{ list ignores }

// NewPatterns reads one pattern of each line. It errors on one that could fit
// nothing.
func NewPatterns(lines ...string) (Patterns, error) {
	var p Patterns
	for _, line := range lines {
		one, ok := parsePattern(line)
		if !ok {
			return p, fmt.Errorf("pattern %q fits nothing", line)
		}
		p.list.patterns = append(p.list.patterns, one)
	}
	return p, nil
}

// Match reports whether the patterns choose the file. Its name is relative to
// the patterns' root, with slashes; a name outside of that fits none.
func (p Patterns) Match(name string) bool {
	name = path.Clean(name)
	if name == ".." || strings.HasPrefix(name, "../") || path.IsAbs(name) {
		return false
	}
	for i, c := range name {
		if c == '/' && p.list.match(name[:i], true) {
			return true
		}
	}
	return p.list.match(name, false)
}
