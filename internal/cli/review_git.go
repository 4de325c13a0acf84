package cli

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/internal/git"
	"github.com/rollcast/rollcast/internal/source"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/review"
)

// revision is a base in git: the same paths in the tree of a commit. Files that
// are equal are read once.
func (r *baseReader) revision() (base review.Base, in review.Input, err error) {
	if slices.Contains(r.paths, "-") {
		return base, in, usagef("standard input has no older version in git: name a file or folder as --base")
	}
	wd, err := os.Getwd()
	if err == nil {
		wd, err = filepath.EvalSymlinks(wd)
	}
	if err != nil {
		return base, in, err
	}
	repo, err := git.Open(r.ctx, r.startsIn())
	if err != nil {
		return base, in, err
	}
	found, err := repo.Base(r.ctx, r.named)
	if err != nil {
		return base, in, err
	}
	tree, err := repo.Tree(r.ctx, found.Commit, wd)
	if err != nil {
		return base, in, err
	}
	defer tree.Close()

	here, there := r.sides(tree, wd)
	if len(here) > 0 || len(r.paths) == 0 {
		var errs []error
		if in, errs, err = r.flags.read(r.streams, here); err != nil {
			return base, in, err
		}
		r.errs = append(r.errs, errs...)
	}
	base.Name = r.named
	in.Skipped = slices.DeleteFunc(slices.Clone(in.Skipped), func(k review.Skipped) bool {
		_, err := fs.Stat(tree, k.File)
		return err == nil // a link that was one before
	})
	same := equalFiles(tree, slices.Concat(in.Files, in.Context))
	tree.Hide(func(name string) bool { return same[path.Clean(name)] != nil })
	if base.Files, err = r.load(tree, there, same, in.Files); err != nil {
		return base, in, err
	}
	if dir, err := r.flags.contextDir(here); err == nil && dir != "" {
		if base.Context, err = r.load(tree, []string{filepath.ToSlash(dir)}, same, in.Context); err != nil {
			return base, in, err
		}
		named := map[string]bool{}
		for _, f := range base.Files {
			named[f.Name] = true
		}
		base.Context = slices.DeleteFunc(base.Context, func(f *manifest.File) bool { return named[f.Name] })
	}
	r.submodules(tree, &base, &in)
	return base, in, nil
}

// startsIn is the folder to look for the repository in: that of the first path.
func (r *baseReader) startsIn() string {
	if len(r.paths) == 0 {
		return "."
	}
	for dir := r.paths[0]; ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir
		}
		if dir == filepath.Dir(dir) || dir == "." {
			return "."
		}
	}
}

// sides gives the paths that the work tree has, and those that the base has: one
// that only the base has was deleted. One that neither has is an error of the
// work tree.
func (r *baseReader) sides(tree *git.Tree, wd string) (here, there []string) {
	paths := r.paths
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, p := range paths {
		name := filepath.ToSlash(filepath.Clean(p))
		if filepath.IsAbs(p) {
			if rel, err := filepath.Rel(wd, p); err == nil {
				name = filepath.ToSlash(rel)
			}
		}
		info, old := fs.Stat(tree, name)
		if old == nil && (info.IsDir() || info.Mode().IsRegular()) {
			there = append(there, name)
		}
		if _, err := os.Stat(p); err == nil || old != nil {
			here = append(here, p)
		}
	}
	if len(r.paths) == 0 {
		here = nil
	}
	return here, there
}

// equalFiles are the files whose bytes the tree has under the same name. What
// may be a template depends on files beside it, and is read again.
func equalFiles(tree *git.Tree, files []*manifest.File) map[string]*manifest.File {
	same := map[string]*manifest.File{}
	for _, f := range files {
		if id := tree.ID(f.Name); id != "" && !strings.Contains("/"+f.Name, "/templates/") && git.BlobID(f.Data, id) == id {
			same[f.Name] = f
		}
	}
	return same
}

// load reads files of the base; those of the head that are equal are taken as
// they are. A file that is still in the work tree, and was not read there, is
// ignored on both sides.
func (r *baseReader) load(tree *git.Tree, paths []string, same map[string]*manifest.File, head []*manifest.File) ([]*manifest.File, error) {
	var files []*manifest.File
	inHead := map[string]bool{}
	for _, f := range head {
		inHead[f.Name] = true
		if same[f.Name] == f {
			files = append(files, f)
		}
	}
	paths = slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return same[p] != nil })
	if len(paths) == 0 {
		return files, nil
	}
	loaded, err := source.Load(r.ctx, source.Options{FS: tree, Paths: paths, MaxSize: r.flags.maxFileSize << 20})
	if err != nil {
		return nil, err
	}
	r.errs = append(r.errs, loaded.Errors...)
	for _, f := range r.flags.judged(loaded.Files) {
		if _, err := os.Lstat(filepath.FromSlash(f.Name)); inHead[f.Name] || err != nil {
			files = append(files, f)
		}
	}
	slices.SortFunc(files, func(a, b *manifest.File) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
}

// submodules takes the files of submodules as they are: their older version is
// in another repository. One that moved to another commit is said to be not
// analysed.
func (r *baseReader) submodules(tree *git.Tree, base *review.Base, in *review.Input) {
	subs := tree.Submodules()
	if len(subs) == 0 {
		return
	}
	held := map[string]bool{}
	take := func(files []*manifest.File, to *[]*manifest.File) {
		for _, f := range files {
			for dir := path.Dir(f.Name); dir != "." && dir != "/"; dir = path.Dir(dir) {
				if subs[dir] != "" {
					held[dir] = true
					*to = append(*to, f)
					break
				}
				if dir == path.Dir(dir) || path.Base(dir) == ".." {
					break
				}
			}
		}
	}
	take(in.Files, &base.Files)
	take(in.Context, &base.Context)
	names := make([]string, 0, len(held))
	for dir := range held {
		names = append(names, dir)
	}
	slices.Sort(names)
	for _, dir := range names {
		if at := git.Head(r.ctx, filepath.FromSlash(dir)); at != subs[dir] {
			in.Skipped = append(in.Skipped, review.Skipped{File: dir, Reason: "submodule at another commit: its change is not compared"})
		}
	}
}
