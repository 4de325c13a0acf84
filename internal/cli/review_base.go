package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/internal/git"
	"github.com/rollcast/rollcast/internal/source"
	"github.com/rollcast/rollcast/review"
)

// A baseReader reads both sides of a change.
type baseReader struct {
	ctx     context.Context
	streams *streams
	flags   *commonFlags
	paths   []string
	named   string // the value of --base
	errs    []error
}

// read finds out what the base is: a revision, unless it can only be a path.
func (r *baseReader) read() (review.Base, review.Input, error) {
	switch {
	case r.named == "":
		return review.Base{}, review.Input{}, usagef("--base is empty: name a git revision, a folder, a file, or - for standard input")
	case r.named == "-" && slices.Contains(r.paths, "-"):
		return review.Base{}, review.Input{}, usagef("standard input can be the base or the new side, not both")
	case r.named == "-" || writtenAsPath(r.named):
		return r.files()
	}
	base, in, err := r.revision()
	if _, missing := os.Stat(r.named); err != nil && missing == nil {
		return r.files() // no revision, but a file or folder
	}
	if errors.Is(err, git.ErrNoRepository) {
		return base, in, usagef("--base %s: there is no such file or folder, and no git repository here", r.named)
	}
	return base, in, err
}

// writtenAsPath reports whether a base can be no revision: ./main, main.yaml.
func writtenAsPath(s string) bool {
	switch filepath.Ext(s) {
	case ".yaml", ".yml", ".json":
		_, err := os.Stat(s)
		return err == nil
	}
	return strings.HasPrefix(s, "./") || strings.HasPrefix(s, "../") || s == "." || s == ".." || filepath.IsAbs(s)
}

// files is a base of files: a folder whose names are those below the single
// folder of the head, a single file, or standard input.
func (r *baseReader) files() (review.Base, review.Input, error) {
	base := review.Base{Name: r.named, Elsewhere: true}
	opt := source.Options{Paths: []string{r.named}, Stdin: r.streams.in, StdinName: r.flags.stdinName, MaxSize: r.flags.maxFileSize << 20}
	root, mapped := "", false
	if info, err := os.Stat(r.named); r.named != "-" && err != nil {
		return base, review.Input{}, usagef("--base %s cannot be read: name a git revision, a folder, a file, or - for standard input", r.named)
	} else if r.named != "-" && info.IsDir() {
		opt.FS, opt.Paths = os.DirFS(r.named), []string{"."}
		root, mapped = r.folder()
		base.Elsewhere = !mapped
	}
	in, errs, err := r.flags.read(r.streams, r.paths)
	if err != nil {
		return base, in, err
	}
	old, err := source.Load(r.ctx, opt)
	if err != nil {
		return base, in, err
	}
	r.errs = append(append(r.errs, errs...), old.Errors...)
	stdin := len(in.Files) == 1 && in.Files[0].Stdin
	for _, f := range old.Files {
		if mapped {
			f.Name = filepath.ToSlash(filepath.Join(root, f.Name))
		}
		f.Stdin = f.Stdin || stdin // one set, as the new side is
	}
	base.Files = r.flags.judged(old.Files)
	return base, in, nil
}

// folder is the folder that the head's paths are, ok is false for anything else.
func (r *baseReader) folder() (root string, ok bool) {
	switch len(r.paths) {
	case 0:
		return ".", true
	case 1:
		info, err := os.Stat(r.paths[0])
		return filepath.ToSlash(filepath.Clean(r.paths[0])), err == nil && info.IsDir() && !filepath.IsAbs(r.paths[0])
	}
	return "", false
}
