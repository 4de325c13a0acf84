package rules

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/rules/folder"
)

// A Rule is what its METADATA says of it.
type Rule = folder.Rule

// Profile is a selection of rules; each profile holds those before it.
type Profile = folder.Profile

const (
	Minimal     = folder.Minimal
	Recommended = folder.Recommended
	Strict      = folder.Strict
)

// Catalogue lists the shipped rules by id.
func Catalogue() []Rule { return slices.Clone(shipped) }

// Find is the shipped rule of that id.
func Find(id string) (rule Rule, ok bool) {
	i, ok := slices.BinarySearchFunc(shipped, id, func(r Rule, id string) int { return strings.Compare(r.ID, id) })
	if !ok {
		return Rule{}, false
	}
	return shipped[i], true
}

// Page is the documentation of a shipped rule as Markdown, as in docs/rules but
// for its header.
func Page(r Rule) (string, error) {
	bad, err := files.ReadFile(r.ID + "/bad.yaml")
	if err != nil {
		return "", err
	}
	good, err := files.ReadFile(r.ID + "/good.yaml")
	if err != nil {
		return "", err
	}
	base, err := files.ReadFile(r.ID + "/base.yaml")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return r.Page(string(bad), string(good), string(base)), nil
}
