package source

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// ignores are the patterns of one ignore file, after those of the folders above
// it: what gitignore(5) says, except that a file which git tracks in spite of
// its patterns is left out as well.
type ignores struct {
	parent   *ignores
	base     string // the folder that the patterns are relative to
	patterns []pattern
}

// enclosing gives the patterns that come to dir from above: the repository's
// own list and the .gitignore of each folder from its root down to dir's
// parent. Outside a repository there are none.
func enclosing(dir string) *ignores {
	var between []string // from dir's parent up to the root
	for d := dir; ; d = path.Dir(d) {
		if d != dir {
			between = append(between, d)
		}
		if exclude := infoExclude(d); exclude != "" {
			g := (*ignores)(nil).read(d, exclude)
			for _, above := range slices.Backward(between) {
				g = g.read(above, path.Join(above, ".gitignore"))
			}
			return g
		}
		if d == path.Dir(d) {
			return nil
		}
	}
}

// with adds what the folder itself says: its .gitignore, and a fresh start
// where it is the root of a repository within another.
func (g *ignores) with(dir string, list []fs.DirEntry) *ignores {
	for _, e := range list {
		if e.Name() == ".git" {
			g = (*ignores)(nil).read(dir, infoExclude(dir))
		}
	}
	for _, e := range list {
		if e.Name() == ".gitignore" && e.Type().IsRegular() {
			g = g.read(dir, path.Join(dir, ".gitignore"))
		}
	}
	return g
}

// read adds the patterns of one file; one that cannot be read has none.
func (g *ignores) read(base, file string) *ignores {
	text, err := os.ReadFile(file)
	if err != nil {
		return g
	}
	patterns := parsePatterns(string(text))
	if len(patterns) == 0 {
		return g
	}
	return &ignores{parent: g, base: base, patterns: patterns}
}

// match reports whether git ignores a file or folder, given that it ignores
// none of the folders above. The last pattern that matches decides, and a
// deeper ignore file comes after a higher one.
func (g *ignores) match(name string, isDir bool) bool {
	for ; g != nil; g = g.parent {
		rel := strings.TrimPrefix(strings.TrimPrefix(name, g.base), "/")
		for _, p := range slices.Backward(g.patterns) {
			if p.match(rel, isDir) {
				return !p.negated
			}
		}
	}
	return false
}

// infoExclude is the info/exclude of the repository whose root is dir; "" where
// dir is no root. In a linked worktree .git is a file that names the place.
func infoExclude(dir string) string {
	git := path.Join(dir, ".git")
	info, err := os.Stat(git)
	if err != nil {
		return ""
	}
	if !info.IsDir() {
		text, _ := os.ReadFile(git)
		to, ok := strings.CutPrefix(strings.TrimSpace(string(text)), "gitdir: ")
		if !ok {
			return ""
		}
		git = resolve(dir, to)
		if common, err := os.ReadFile(path.Join(git, "commondir")); err == nil {
			git = resolve(git, strings.TrimSpace(string(common)))
		}
	}
	return path.Join(git, "info", "exclude")
}

// resolve is name as seen from dir.
func resolve(dir, name string) string {
	if path.IsAbs(name) {
		return name
	}
	return path.Join(dir, name)
}
