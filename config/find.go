package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Find is the configuration of the working folder, an absolute path: the
// nearest file upwards, to the root of the git repository. Outside of one only
// the folder itself is looked at, so that nobody's home directory decides. It
// is "" where there is none.
func Find(working string) (string, error) {
	for _, dir := range upwards(working) {
		name := filepath.Join(dir, Name)
		switch info, err := os.Stat(name); {
		case err == nil && !info.IsDir():
			return name, nil
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return "", err
		}
	}
	return "", nil
}

// upwards lists the folders to look at, the nearest first.
func upwards(dir string) []string {
	list := []string{dir}
	for d := dir; ; d = filepath.Dir(d) {
		if d != dir {
			list = append(list, d)
		}
		if _, err := os.Lstat(filepath.Join(d, ".git")); err == nil {
			return list
		}
		if d == filepath.Dir(d) {
			return list[:1]
		}
	}
}
