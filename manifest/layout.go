package manifest

import (
	"path"
	"slices"
	"sort"
)

// A Set is what is applied together. Checks across objects never cross sets.
type Set struct {
	// Name tells the set from the others of the layout: its folder, the file
	// where it is a single file of a divided folder, FOLDER/* for what a
	// kustomization leaves over of its folder, "-" for standard input.
	Name          string
	Kustomization *File // what reaches the set's documents; nil for plain folders
	Documents     []*Document
}

// A Layout is how the documents of a run fall into sets.
type Layout struct {
	Sets    []Set     // sorted by name
	Skipped []Skipped // files that a kustomization names as no resource, sorted by file
	Splits  []Split   // sorted by folder

	homes map[*File]string // the sets of files of which a kustomization reaches no document
}

// A Split is a folder that cannot be one set because two of its files hold the
// same object.
type Split struct {
	Folder        string
	First, Second *Document // the same object, in two files
	Sets          []string  // the names of the sets that the folder fell into
}

// NewLayout groups the documents of files into sets, whatever the order of the
// files. Every kustomization that no other one reaches gives a set of all it
// reaches: a base belongs to each of its overlays. What no kustomization
// reaches goes by folders: a set is the largest folder subtree in which no two
// files hold the same object; where a folder is divided, its own files are one
// set, or one each if the same object is in two of them. Standard input is a
// set of its own. A file that a kustomization names as a patch or as its own
// configuration, and none as a resource, is in no set.
func NewLayout(files []*File) *Layout {
	sorted := append([]*File(nil), files...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].Name < sorted[j].Name })
	l := &Layout{}
	k := readKustomizations(sorted)
	l.Sets, l.homes = append(l.Sets, k.sets()...), k.homes
	tree := newFolderTree()
	var stdin Set
	for _, f := range sorted {
		switch {
		case f.Stdin:
			stdin.Documents = append(stdin.Documents, f.Documents...)
		case k.reached[f]:
		case k.parts[f] != "":
			if len(f.Documents) > 0 {
				l.Skipped = append(l.Skipped, Skipped{File: f, Reason: k.parts[f]})
			}
		case len(f.Documents) > 0:
			tree.add(f)
		}
	}
	if len(stdin.Documents) > 0 {
		stdin.Name = "-"
		l.Sets = append(l.Sets, stdin)
	}
	sets, splits := tree.sets()
	for i := range sets {
		if k.byFolder[sets[i].Name] != nil {
			sets[i].Name += "/*"
		}
	}
	l.Sets, l.Splits = append(l.Sets, sets...), splits
	sort.SliceStable(l.Sets, func(i, j int) bool { return l.Sets[i].Name < l.Sets[j].Name })
	return l
}

// SetOf is the name of the set that a file belongs to, also where none of its
// documents could be read: then it is that of the nearest folder around it
// which is a set, or else ".".
func (l *Layout) SetOf(f *File) string {
	if f.Stdin {
		return "-"
	}
	if home := l.homes[f]; home != "" {
		return home
	}
	names := map[string]bool{}
	for _, s := range l.Sets {
		if slices.ContainsFunc(s.Documents, func(d *Document) bool { return d.File == f }) {
			return s.Name
		}
		names[s.Name] = true
	}
	for folder := folderOf(f.Name); ; folder = folderOf(folder) {
		switch {
		case names[folder]:
			return folder
		case names[folder+"/*"]:
			return folder + "/*"
		case folder == "." || folder == "/" || folder == "..":
			return "."
		}
	}
}

// folderOf is the folder of a file name, "." for one without.
func folderOf(name string) string { return path.Dir(name) }
