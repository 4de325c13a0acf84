package manifest

import (
	"sort"
	"strings"
)

// A folder is a node of the tree of folders that hold documents.
type folder struct {
	name    string
	parent  *folder
	depth   int
	folders []*folder
	files   []*File
	// dup is the first pair of documents that keeps the subtree from being
	// one set; ownDup the first that keeps its own files from it.
	dup, ownDup *[2]*Document
}

// folderTree groups files by folders.
type folderTree struct {
	root   *folder
	byName map[string]*folder
}

func newFolderTree() *folderTree {
	root := &folder{name: "."}
	return &folderTree{root: root, byName: map[string]*folder{".": root}}
}

func (t *folderTree) folder(name string) *folder {
	if f := t.byName[name]; f != nil {
		return f
	}
	parent := t.root
	if i := strings.LastIndexByte(name, '/'); i > 0 {
		parent = t.folder(name[:i])
	}
	f := &folder{name: name, parent: parent, depth: parent.depth + 1}
	parent.folders = append(parent.folders, f)
	t.byName[name] = f
	return f
}

func (t *folderTree) add(f *File) {
	d := t.folder(folderOf(f.Name))
	d.files = append(d.files, f)
}

// sets divides the tree. It takes time in proportion to the documents: each
// key remembers the last document that had it, and in the tree's own order
// the lowest folder that holds two neighbours with one key is all that has to
// be marked.
func (t *folderTree) sets() (sets []Set, splits []Split) {
	last := map[ObjectKey]*Document{}
	t.root.sort()
	t.root.visit(func(d *folder) {
		for _, f := range d.files {
			for _, doc := range f.Documents {
				key, ok := doc.ObjectKey()
				if !ok {
					continue
				}
				if before := last[key]; before != nil && before.File != f {
					t.mark(before, doc)
				}
				last[key] = doc
			}
		}
	})
	t.root.divide(&sets, &splits)
	return sets, splits
}

// mark notes that two files hold the same object.
func (t *folderTree) mark(first, second *Document) {
	pair := &[2]*Document{first, second}
	a, b := t.byName[folderOf(first.File.Name)], t.byName[folderOf(second.File.Name)]
	if a == b && a.ownDup == nil {
		a.ownDup = pair
	}
	for a != b {
		if a.depth >= b.depth {
			a = a.parent
		} else {
			b = b.parent
		}
	}
	for ; a != nil && a.dup == nil; a = a.parent {
		a.dup = pair
	}
}

func (d *folder) sort() {
	sort.Slice(d.folders, func(i, j int) bool { return d.folders[i].name < d.folders[j].name })
	for _, sub := range d.folders {
		sub.sort()
	}
}

// visit calls fn for d and the folders below it, parents first.
func (d *folder) visit(fn func(*folder)) {
	fn(d)
	for _, sub := range d.folders {
		sub.visit(fn)
	}
}

// divide appends the sets of d's subtree.
func (d *folder) divide(sets *[]Set, splits *[]Split) {
	if d.dup == nil {
		for len(d.files) == 0 && len(d.folders) == 1 {
			d = d.folders[0]
		}
		set := Set{Name: d.name}
		d.visit(func(sub *folder) {
			for _, f := range sub.files {
				set.Documents = append(set.Documents, f.Documents...)
			}
		})
		if len(set.Documents) > 0 {
			*sets = append(*sets, set)
		}
		return
	}
	from := len(*sets)
	at := -1
	if d.parent == nil || d.parent.dup != d.dup {
		at = len(*splits)
		*splits = append(*splits, Split{Folder: d.name, First: d.dup[0], Second: d.dup[1]})
	}
	if d.ownDup == nil && len(d.files) > 0 {
		set := Set{Name: d.name}
		for _, f := range d.files {
			set.Documents = append(set.Documents, f.Documents...)
		}
		*sets = append(*sets, set)
	} else {
		for _, f := range d.files {
			*sets = append(*sets, Set{Name: f.Name, Documents: f.Documents})
		}
	}
	for _, sub := range d.folders {
		sub.divide(sets, splits)
	}
	if at >= 0 {
		for _, s := range (*sets)[from:] {
			(*splits)[at].Sets = append((*splits)[at].Sets, s.Name)
		}
	}
}
