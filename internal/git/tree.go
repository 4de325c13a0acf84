package git

import (
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A Tree is the files of one commit. It is an fs.FS whose names are relative to
// a folder of the work tree, or beside it: unlike other file systems it knows
// names that begin with "..".
type Tree struct {
	repo   *Repo
	ctx    context.Context
	from   string // the folder that names are relative to, as seen from the root of the work tree
	byPath map[string]*entry
	hidden func(name string) bool
	blobs  blobs
}

// An entry is a file or folder of a tree.
type entry struct {
	name  string // the last part of its path
	mode  fs.FileMode
	id    string   // of the blob, or of a submodule's commit
	names []string // of a folder
}

const modeSubmodule = fs.ModeIrregular

// Tree lists the files of a commit. Names are relative to the folder dir, an
// absolute path without symbolic links. Close ends what reads of it have
// started.
func (r *Repo) Tree(ctx context.Context, commit, dir string) (*Tree, error) {
	from, err := filepath.Rel(r.top, dir)
	if err != nil {
		return nil, fmt.Errorf("%s and the repository %s have nothing in common", dir, r.top)
	}
	out, err := r.output(ctx, "ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit)
	if err != nil {
		return nil, err
	}
	t := &Tree{repo: r, ctx: ctx, from: filepath.ToSlash(from), byPath: map[string]*entry{".": {name: ".", mode: fs.ModeDir}}}
	for record := range bytes.SplitSeq(out, []byte{0}) {
		t.add(string(record))
	}
	for _, e := range t.byPath {
		slices.Sort(e.names)
	}
	return t, nil
}

// add takes in a record of ls-tree: mode, type and object id, a tab, the path.
func (t *Tree) add(record string) {
	meta, name, ok := strings.Cut(record, "\t")
	parts := strings.Fields(meta)
	if !ok || len(parts) != 3 || name == "" || path.Clean("/"+name) != "/"+name {
		return // git would not check out such a path either
	}
	e := &entry{name: path.Base(name), id: parts[2]}
	switch parts[0] {
	case "120000":
		e.mode = fs.ModeSymlink
	case "160000":
		e.mode = modeSubmodule
	}
	t.byPath[name] = e
	for child := name; child != "."; {
		dir := path.Dir(child)
		d := t.byPath[dir]
		known := d != nil
		if !known {
			d = &entry{name: path.Base(dir), mode: fs.ModeDir}
			t.byPath[dir] = d
		}
		d.names = append(d.names, path.Base(child))
		if known {
			break
		}
		child = dir
	}
}

// at is the path of a name in the tree; ok is false where it lies outside.
func (t *Tree) at(name string) (p string, ok bool) {
	p = path.Join(t.from, name)
	return p, p != ".." && !strings.HasPrefix(p, "../")
}

// find is the entry of a name, nil for none.
func (t *Tree) find(name string) (p string, e *entry) {
	p, ok := t.at(name)
	if !ok {
		return p, nil
	}
	return p, t.byPath[p]
}

// Hide leaves the files of those names out of ReadDir. They can still be
// opened.
func (t *Tree) Hide(hidden func(name string) bool) { t.hidden = hidden }

// ID is the object id of a regular file, "" where there is none of the name.
func (t *Tree) ID(name string) string {
	if _, e := t.find(name); e != nil && e.mode.IsRegular() {
		return e.id
	}
	return ""
}

// Submodules gives the commit of each submodule by its name.
func (t *Tree) Submodules() map[string]string {
	subs := map[string]string{}
	for p, e := range t.byPath {
		if e.mode == modeSubmodule {
			if name, err := filepath.Rel(filepath.FromSlash(t.from), filepath.FromSlash(p)); err == nil {
				subs[filepath.ToSlash(name)] = e.id
			}
		}
	}
	return subs
}

// Close ends the reading of blobs.
func (t *Tree) Close() error { return t.blobs.close() }

// BlobID is the object id that git gives a file with these bytes, in the format
// of another id: SHA-1, or SHA-256 where that has 64 digits.
func BlobID(data []byte, like string) string {
	var h hash.Hash
	if len(like) == 2*sha256.Size {
		h = sha256.New()
	} else {
		h = sha1.New()
	}
	h.Write([]byte("blob " + strconv.Itoa(len(data)) + "\x00"))
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}
