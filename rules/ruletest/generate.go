package ruletest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/rules/folder"
)

// Generate makes everything that is generated from the rule folders of a
// directory, by file name relative to it: the Go catalogue, and the pages of docs/rules, which show what rollcast says of each bad.yaml.
func Generate(dir fs.FS) (map[string][]byte, error) {
	list, err := folder.Read(dir)
	if err != nil {
		return nil, err
	}
	generated := map[string][]byte{}
	const docs = "../docs/rules/"
	for i := range list {
		r := &list[i]
		bad, good, base, err := examples(dir, r.ID)
		if err != nil {
			return nil, err
		}
		engine, err := rules.Load(dir, rules.Options{Only: []string{r.ID}})
		if err != nil {
			return nil, err
		}
		findings, err := Judge(context.Background(), engine, "bad.yaml", bad, base)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.ID, err)
		}
		r.Output = Print(findings)
		generated[docs+r.ID+".md"] = []byte(folder.Header + r.Page(string(bad), string(good), string(base)))
	}
	generated[docs+"README.md"] = []byte(folder.Header + folder.Index(list))
	generated["catalogue_gen.go"], err = folder.Catalogue(list)
	return generated, err
}

// examples are the folder's manifests; base is nil for a rule that is not about
// a change.
func examples(dir fs.FS, id string) (bad, good, base []byte, err error) {
	if bad, err = fs.ReadFile(dir, id+"/bad.yaml"); err != nil {
		return nil, nil, nil, err
	}
	if good, err = fs.ReadFile(dir, id+"/good.yaml"); err != nil {
		return nil, nil, nil, err
	}
	base, err = Base(dir, id)
	return bad, good, base, err
}

// Base is what the manifests of a rule's folder were before the change that the
// rule is about; nil for other rules.
func Base(dir fs.FS, id string) ([]byte, error) {
	base, err := fs.ReadFile(dir, id+"/base.yaml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return base, err
}
