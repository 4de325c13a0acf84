package manifest

import (
	"path"
	"strings"
)

// kustomizations is what the kustomization files of a run say about the others.
type kustomizations struct {
	byFolder map[string]*kustomization
	all      []*kustomization // sorted by name
	reached  map[*File]bool   // as a resource
	parts    map[*File]string // named as something else: what, and by whom
	homes    map[*File]string // the set of a reached file of which nothing could be read
}

// A kustomization is one kustomization file with the references that stay
// among the given files.
type kustomization struct {
	file    *File
	files   []*File
	folders []*kustomization
	isBase  bool // another one reaches it
}

func readKustomizations(files []*File) *kustomizations {
	k := &kustomizations{
		byFolder: map[string]*kustomization{},
		reached:  map[*File]bool{},
		parts:    map[*File]string{},
		homes:    map[*File]string{},
	}
	byName := make(map[string]*File, len(files))
	for _, f := range files {
		if f.Stdin {
			continue
		}
		byName[f.Name] = f
		if f.kustomization != nil && k.byFolder[folderOf(f.Name)] == nil {
			one := &kustomization{file: f}
			k.byFolder[folderOf(f.Name)] = one
			k.all = append(k.all, one)
		}
	}
	for _, one := range k.all {
		k.read(one, byName)
	}
	return k
}

// read follows the references of one kustomization. A remote one, or one that
// leads out of the given files, is not followed.
func (k *kustomizations) read(one *kustomization, byName map[string]*File) {
	folder := folderOf(one.file.Name)
	for _, field := range []string{"resources", "bases", "components", "crds"} {
		for _, entry := range one.file.kustomization.Get(field).items() {
			if entry.Kind != String || strings.Contains(entry.Text, "://") {
				continue
			}
			name := path.Join(folder, entry.Text)
			if f := byName[name]; f != nil && f.kustomization == nil {
				one.files = append(one.files, f)
				k.reached[f] = true
			} else if other := k.byFolder[name]; other != nil && other != one {
				one.folders = append(one.folders, other)
			}
		}
	}
	part := func(n *Node, what string) {
		if n == nil || n.Kind != String || strings.ContainsRune(n.Text, '\n') {
			return
		}
		if f := byName[path.Join(folder, n.Text)]; f != nil && k.parts[f] == "" {
			k.parts[f] = what + " that " + one.file.Name + " names"
		}
	}
	root := one.file.kustomization
	for _, entry := range root.Get("patchesStrategicMerge").items() {
		part(entry, "patch")
	}
	for _, field := range []string{"patches", "patchesJson6902"} {
		for _, entry := range root.Get(field).items() {
			part(entry.Get("path"), "patch")
		}
	}
	for _, field := range []string{"transformers", "generators", "validators", "configurations"} {
		for _, entry := range root.Get(field).items() {
			part(entry, "configuration")
		}
	}
	for _, entry := range root.Get("replacements").items() {
		part(entry.Get("path"), "configuration")
	}
}

// items are the items of a sequence, none for anything else.
func (n *Node) items() []*Node {
	if n == nil || n.Kind != Sequence {
		return nil
	}
	return n.Items
}

// sets gives one set for each kustomization that no other one reaches; of a
// cycle that nothing else reaches, the first by name.
func (k *kustomizations) sets() []Set {
	var sets []Set
	covered := map[*kustomization]bool{}
	for _, one := range k.all {
		for _, base := range one.folders {
			base.isBase = true
		}
	}
	for _, onlyCycles := range []bool{false, true} {
		for _, one := range k.all {
			if covered[one] || one.isBase && !onlyCycles {
				continue
			}
			set := Set{Name: folderOf(one.file.Name), Kustomization: one.file}
			seen := map[*kustomization]bool{}
			files := map[*File]bool{}
			one.reach(seen, func(f *File) {
				if !files[f] {
					files[f] = true
					set.Documents = append(set.Documents, f.Documents...)
				}
				if len(f.Documents) == 0 && k.homes[f] == "" {
					k.homes[f] = set.Name
				}
			})
			for other := range seen {
				covered[other] = true
			}
			if len(set.Documents) > 0 {
				sets = append(sets, set)
			}
		}
	}
	return sets
}

// reach visits the files of k and of everything it reaches, bases first.
func (k *kustomization) reach(seen map[*kustomization]bool, visit func(*File)) {
	if seen[k] {
		return
	}
	seen[k] = true
	for _, base := range k.folders {
		base.reach(seen, visit)
	}
	for _, f := range k.files {
		visit(f)
	}
}
