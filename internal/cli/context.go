package cli

import (
	"os"
	"path/filepath"
	"strings"
)

// contextNone is the value of --context that reads nothing beside the paths.
const contextNone = "none"

// contextDir is the folder to read beside the paths, "" for none. Where single
// files are named it is the repository of the first of them, so that a Service
// or a PodDisruptionBudget in a file that did not change still counts.
func (f *commonFlags) contextDir(paths []string) (string, error) {
	switch f.context {
	case contextNone:
		return "", nil
	case "":
		return repository(paths), nil
	}
	info, err := os.Stat(f.context)
	switch {
	case err != nil:
		return "", usagef("--context %s cannot be read: name a folder, or none", f.context)
	case !info.IsDir():
		return "", usagef("--context %s is a file: name a folder, or none", f.context)
	}
	return f.context, nil
}

// namesFile reports whether one of the paths is a single file.
func namesFile(paths []string) bool {
	for _, p := range paths {
		if isFile(p) {
			return true
		}
	}
	return false
}

func isFile(p string) bool {
	info, err := os.Stat(p)
	return p != "-" && err == nil && !info.IsDir()
}

// repository is the root of the git repository that the first single file of
// the paths lies in, relative to the working folder, or "".
func repository(paths []string) string {
	for _, p := range paths {
		if !isFile(p) {
			continue
		}
		abs, err := filepath.Abs(p)
		if err != nil {
			return ""
		}
		for dir := filepath.Dir(abs); ; dir = filepath.Dir(dir) {
			if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
				return relative(dir)
			}
			if dir == filepath.Dir(dir) {
				return ""
			}
		}
	}
	return ""
}

// relative is dir as seen from the working folder, where that works.
func relative(dir string) string {
	wd, err := os.Getwd()
	if err != nil {
		return dir
	}
	if rel, err := filepath.Rel(wd, dir); err == nil && !strings.HasPrefix(rel, string(filepath.Separator)) {
		return rel
	}
	return dir
}
