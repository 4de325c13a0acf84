// Package source turns the PATH arguments of a command into parsed files:
// it walks folders, leaves out what git ignores, reads within bounds, and
// gives the same result in the same order on every machine.
package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"sort"
	"sync"

	"github.com/rollcast/rollcast/manifest"
)

// DefaultMaxSize is the size in bytes above which a file is not parsed.
const DefaultMaxSize = 16 << 20

// Options say what to read.
type Options struct {
	// Paths are files, folders (walked for .yaml, .yml and .json), or "-" for
	// standard input; none means the current folder. A symbolic link is
	// followed only if it is one of them.
	Paths []string
	// FS is a tree to read instead of the operating system's files, such as
	// the tree of a git revision. Its root is the working folder; git's ignore
	// files are not consulted, because what git holds is not ignored.
	FS        fs.FS
	Stdin     io.Reader
	StdinName string // how standard input is called, default "-"
	MaxSize   int64  // bytes; 0 means DefaultMaxSize
}

// A Result is what was found.
type Result struct {
	Files []*manifest.File // sorted by name
	// Skipped names what a walk met and did not read: symbolic links and
	// things that are no regular files. Sorted by name.
	Skipped []Skipped
	// Errors are paths, files and folders that could not be read, each with
	// its name, sorted by it. The rest of the result is complete.
	Errors []error
}

// Skipped is a file that was not read.
type Skipped struct {
	Name   string
	Reason string
}

// Load reads and parses everything that the options name. It fails only where
// nothing can be said at all: without a working folder, or once the context is
// cancelled.
func Load(ctx context.Context, opt Options) (*Result, error) {
	if opt.MaxSize <= 0 {
		opt.MaxSize = DefaultMaxSize
	}
	w, err := find(opt)
	if err != nil {
		return nil, err
	}
	files := make([]*manifest.File, len(w.found))
	errs := make([]error, len(w.found))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(w.found)) {
		workers.Go(func() {
			for i := range next {
				files[i], errs[i] = w.load(w.found[i], opt)
			}
		})
	}
	for i := range w.found {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r := &Result{Skipped: w.skipped, Errors: w.errors}
	for i := range files {
		if errs[i] != nil {
			r.Errors = append(r.Errors, errs[i])
		} else {
			r.Files = append(r.Files, files[i])
		}
	}
	sort.SliceStable(r.Skipped, func(i, j int) bool { return r.Skipped[i].Name < r.Skipped[j].Name })
	sort.SliceStable(r.Errors, func(i, j int) bool { return r.Errors[i].Error() < r.Errors[j].Error() })
	return r, nil
}

// load reads and parses one file.
func (w *walk) load(e entry, opt Options) (*manifest.File, error) {
	in, err := w.open(e, opt)
	if err != nil {
		return nil, reason(e.name, err)
	}
	defer in.Close()
	var data bytes.Buffer
	if f, ok := in.(fs.File); ok { // room for all of it, and for ReadFrom to see the end
		if info, err := f.Stat(); err == nil && info.Size() <= opt.MaxSize {
			data.Grow(int(info.Size()) + bytes.MinRead)
		}
	}
	if _, err := data.ReadFrom(io.LimitReader(in, opt.MaxSize+1)); err != nil {
		return nil, reason(e.name, err)
	}
	if int64(data.Len()) > opt.MaxSize {
		return manifest.Unread(e.name, fmt.Sprintf("the file is larger than %s and was not read", size(opt.MaxSize))), nil
	}
	return manifest.Parse(e.name, data.Bytes(), manifest.Options{Template: e.template, Stdin: e.stdin}), nil
}

func (w *walk) open(e entry, opt Options) (io.ReadCloser, error) {
	if e.stdin {
		if opt.Stdin == nil {
			return nil, errors.New("there is no standard input")
		}
		return io.NopCloser(opt.Stdin), nil
	}
	return w.tree.open(e.path)
}

// reason is one plain sentence for an error of the file system.
func reason(name string, err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return fmt.Errorf("cannot read %s: %w", name, err)
}

// size writes a limit in the largest unit that divides it.
func size(n int64) string {
	switch {
	case n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

// isManifest reports whether a walk reads a file of this name.
func isManifest(name string) bool {
	switch path.Ext(name) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return name == "Kustomization"
}
