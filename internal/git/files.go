package git

import (
	"io"
	"io/fs"
	"path"
	"time"
)

var (
	_ fs.ReadDirFS = (*Tree)(nil)
	_ fs.StatFS    = (*Tree)(nil)
)

// Open reads a file. Its text comes straight from git, so that only one file of
// a tree is open at a time: the next one waits until it is closed.
func (t *Tree) Open(name string) (fs.File, error) {
	_, e := t.find(name)
	switch {
	case e == nil:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	case !e.mode.IsRegular():
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	b, err := t.blobs.open(t.ctx, t.repo, e.id)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &file{blob: b, info: info{e, b.size}}, nil
}

// Stat is what is known of a name without reading it; sizes are not.
func (t *Tree) Stat(name string) (fs.FileInfo, error) {
	_, e := t.find(name)
	if e == nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return info{e: e}, nil
}

// ReadDir lists a folder, sorted by name.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	p, e := t.find(name)
	switch {
	case e == nil:
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	case !e.mode.IsDir():
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	var list []fs.DirEntry
	for _, child := range e.names {
		c := t.byPath[path.Join(p, child)]
		if t.hidden != nil && c.mode.IsRegular() && t.hidden(path.Join(name, child)) {
			continue
		}
		list = append(list, fs.FileInfoToDirEntry(info{e: c}))
	}
	return list, nil
}

// file is an open blob.
type file struct {
	blob *blob
	info info
}

var _ io.Reader = (*file)(nil)

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Read(p []byte) (int, error) { return f.blob.read(p) }
func (f *file) Close() error               { return f.blob.close() }

// info is what git knows of an entry; it knows no times.
type info struct {
	e    *entry
	size int64
}

func (i info) Name() string       { return i.e.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.e.mode }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.e.mode.IsDir() }
func (i info) Sys() any           { return nil }
