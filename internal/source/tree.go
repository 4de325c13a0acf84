package source

import (
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// A tree is where files come from: the operating system, or an fs.FS. Names
// use slashes.
type tree interface {
	open(name string) (io.ReadCloser, error)
	stat(name string) (fs.FileInfo, error) // follows symbolic links
	readDir(name string) ([]fs.DirEntry, error)
	// id is the same for two names of the same place: the absolute one.
	id(name string) string
	// show is the name as the user sees it: relative to the working folder.
	show(name string) string
}

type osTree struct{ wd string }

func (osTree) open(name string) (io.ReadCloser, error) { return os.Open(filepath.FromSlash(name)) }

func (osTree) stat(name string) (fs.FileInfo, error) { return os.Stat(filepath.FromSlash(name)) }

func (osTree) readDir(name string) ([]fs.DirEntry, error) {
	return os.ReadDir(filepath.FromSlash(name))
}

func (t osTree) id(name string) string {
	if filepath.IsAbs(name) {
		return filepath.ToSlash(filepath.Clean(name))
	}
	return filepath.ToSlash(filepath.Join(t.wd, name))
}

func (t osTree) show(name string) string {
	rel, err := filepath.Rel(t.wd, t.id(name))
	if err != nil { // another drive
		return filepath.ToSlash(filepath.Clean(name))
	}
	return filepath.ToSlash(rel)
}

type fsTree struct{ fs fs.FS }

func (t fsTree) open(name string) (io.ReadCloser, error) { return t.fs.Open(path.Clean(name)) }

func (t fsTree) stat(name string) (fs.FileInfo, error) { return fs.Stat(t.fs, path.Clean(name)) }

func (t fsTree) readDir(name string) ([]fs.DirEntry, error) {
	return fs.ReadDir(t.fs, path.Clean(name))
}

func (fsTree) id(name string) string { return path.Clean(name) }

func (fsTree) show(name string) string { return path.Clean(name) }
