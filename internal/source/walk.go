package source

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
)

// An entry is one file to read.
type entry struct {
	name     string // as shown
	path     string // as opened
	stdin    bool
	template bool // below the templates/ of a Helm chart
}

// A walk collects the entries of the paths.
type walk struct {
	tree    tree
	ignore  bool // consult git's ignore files
	charts  map[string]bool
	seen    map[string]bool
	found   []entry // sorted by name
	skipped []Skipped
	errors  []error
}

func find(opt Options) (*walk, error) {
	w := &walk{seen: map[string]bool{}, charts: map[string]bool{}}
	if opt.FS != nil {
		w.tree = fsTree{opt.FS}
	} else {
		wd, err := os.Getwd()
		if err != nil {
			return nil, err
		}
		w.tree, w.ignore = osTree{wd}, true
	}
	paths := opt.Paths
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, p := range paths {
		if p == "-" {
			name := opt.StdinName
			if name == "" {
				name = "-"
			}
			if !w.seen["-"] {
				w.seen["-"] = true
				w.found = append(w.found, entry{name: name, stdin: true})
			}
			continue
		}
		w.path(filepath.ToSlash(p))
	}
	sort.SliceStable(w.found, func(i, j int) bool { return w.found[i].name < w.found[j].name })
	return w, nil
}

// path takes in one argument. What the user names is read whatever its
// extension, and even if git ignores it.
func (w *walk) path(p string) {
	info, err := w.tree.stat(p)
	switch {
	case err != nil:
		w.errors = append(w.errors, reason(p, err))
	case !info.IsDir():
		w.file(p)
	case w.ignore:
		w.folder(p, enclosing(w.tree.id(p)))
	default:
		w.folder(p, nil)
	}
}

func (w *walk) file(p string) {
	if id := w.tree.id(p); !w.seen[id] {
		w.seen[id] = true
		w.found = append(w.found, entry{name: w.tree.show(p), path: p, template: w.isTemplate(p)})
	}
}

// folder walks one folder.
func (w *walk) folder(dir string, patterns *ignores) {
	list, err := w.tree.readDir(dir)
	if err != nil {
		w.errors = append(w.errors, reason(w.tree.show(dir), err))
		return
	}
	if w.ignore {
		patterns = patterns.with(w.tree.id(dir), list)
	}
	for _, e := range list {
		p := path.Join(dir, e.Name())
		if e.Name() == ".git" || patterns.match(w.tree.id(p), e.IsDir()) {
			continue
		}
		switch {
		case e.IsDir():
			w.folder(p, patterns)
		case !isManifest(e.Name()):
		case e.Type().IsRegular():
			w.file(p)
		case e.Type()&fs.ModeSymlink != 0:
			w.skipped = append(w.skipped, Skipped{w.tree.show(p), "symbolic link"})
		default:
			w.skipped = append(w.skipped, Skipped{w.tree.show(p), "not a regular file"})
		}
	}
}

// isTemplate reports whether a folder above p is the templates/ of a chart.
func (w *walk) isTemplate(p string) bool {
	for dir := path.Dir(w.tree.id(p)); ; dir = path.Dir(dir) {
		if path.Base(dir) == "templates" && w.hasChart(path.Dir(dir)) {
			return true
		}
		if dir == path.Dir(dir) {
			return false
		}
	}
}

func (w *walk) hasChart(dir string) bool {
	is, ok := w.charts[dir]
	if !ok {
		_, err := w.tree.stat(path.Join(dir, "Chart.yaml"))
		is = err == nil
		w.charts[dir] = is
	}
	return is
}
