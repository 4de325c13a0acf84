package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/suppress"
)

// readBaseline is the baseline that --baseline names, nil for none.
func readBaseline(name string) (*review.Baseline, error) {
	if name == "" {
		return nil, nil
	}
	data, err := os.ReadFile(name)
	var missing *fs.PathError
	if errors.As(err, &missing) {
		return nil, usagef("cannot read the baseline %s: %s", name, missing.Err)
	}
	if err != nil {
		return nil, err
	}
	b, err := suppress.ReadBaseline(filepath.ToSlash(name), data)
	if err != nil {
		return nil, err
	}
	place, err := besides(name)
	return &review.Baseline{Baseline: b, Place: place, Gone: func(file string) bool {
		_, err := os.Stat(filepath.Join(filepath.Dir(name), filepath.FromSlash(file)))
		return errors.Is(err, fs.ErrNotExist)
	}}, err
}

// writeBaseline writes the findings of a run into a baseline.
func writeBaseline(s *streams, name string, res *review.Result) error {
	place, err := besides(name)
	if err != nil {
		return err
	}
	if err := replaceFile(name, suppress.WriteBaseline(res.Findings, place)); err != nil {
		return fmt.Errorf("cannot write the baseline: %w", err)
	}
	findings := "findings"
	if len(res.Findings) == 1 {
		findings = "finding"
	}
	fmt.Fprintf(s.err, "rollcast: wrote %d %s to %s; --baseline %s hides them\n", len(res.Findings), findings, name, name)
	return nil
}

// besides makes names of manifests relative to the folder of a file, so that
// what stands in that file is true in every working folder.
func besides(name string) (func(file string) string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	dir := filepath.Dir(abs)
	return func(file string) string {
		if full, err := filepath.Abs(filepath.FromSlash(file)); err == nil {
			if rel, err := filepath.Rel(dir, full); err == nil {
				return filepath.ToSlash(rel)
			}
		}
		return file
	}, nil
}
