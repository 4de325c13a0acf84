package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/schema"
	"github.com/rollcast/rollcast/schema/compile"
)

// schemas reads what --schema names into the options: CustomResourceDefinitions,
// and CUE, whose files in one folder are one package.
func (f *commonFlags) schemas(o *review.Options) error {
	var definitions []*manifest.Document
	for _, name := range f.schemaFiles {
		files, err := schemaFiles(name)
		if err != nil {
			return usagef("--schema: %s", err)
		}
		packages := map[string][]compile.Source{}
		var folders []string
		found := 0
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				return usagef("--schema: %s", err)
			}
			if path.Ext(file) == ".cue" {
				dir := path.Dir(file)
				if packages[dir] == nil {
					folders = append(folders, dir)
				}
				packages[dir] = append(packages[dir], compile.Source{Name: file, Data: data})
				continue
			}
			docs, err := f.definitions(file, data)
			if err != nil {
				return err
			}
			found += len(docs)
			definitions = append(definitions, docs...)
		}
		if len(packages) == 0 && found == 0 {
			return usagef("--schema %s: there is no CUE and no CustomResourceDefinition", name)
		}
		for _, dir := range folders {
			h, err := compile.NewHouse(packages[dir], func() ([]compile.Source, error) { return compile.Sources(schema.Files) })
			if err != nil {
				return usagef("--schema: %s", err)
			}
			o.House = append(o.House, schema.NewHouse(h.Table, h.Bindings))
		}
	}
	o.Schemas = schema.NewCustom(definitions)
	return nil
}

// definitions are the CustomResourceDefinitions of a file. One that holds none
// is passed over, one that cannot be read is an error.
func (f *commonFlags) definitions(name string, data []byte) ([]*manifest.Document, error) {
	if int64(len(data)) > f.maxFileSize<<20 {
		return nil, usagef("--schema: %s is larger than %d MiB", name, f.maxFileSize)
	}
	if !bytes.Contains(data, []byte("CustomResourceDefinition")) {
		return nil, nil
	}
	file := manifest.Parse(name, data, manifest.Options{})
	for _, p := range file.Problems {
		if !p.Warning {
			return nil, usagef("--schema: %s:%d:%d: %s", name, p.Range.Start.Line, p.Range.Start.Column, p.Message)
		}
	}
	var found []*manifest.Document
	for _, d := range file.Documents {
		if d.Kind != "CustomResourceDefinition" {
			continue
		}
		if d.APIVersion != "apiextensions.k8s.io/v1" {
			return nil, usagef("--schema: %s: only definitions of apiextensions.k8s.io/v1 are understood, not of %s", name, d.APIVersion)
		}
		found = append(found, d)
	}
	return found, nil
}

// schemaFiles are the files that a name stands for: itself, or what is below it.
func schemaFiles(name string) ([]string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	known := []string{".cue", ".yaml", ".yml", ".json"}
	if !info.IsDir() {
		if !slices.Contains(known, filepath.Ext(name)) {
			return nil, fmt.Errorf("%s: choose a file that ends in %s, or a folder", name, strings.Join(known, ", "))
		}
		return []string{filepath.ToSlash(name)}, nil
	}
	var files []string
	err = filepath.WalkDir(name, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && slices.Contains(known, filepath.Ext(p)) {
			files = append(files, filepath.ToSlash(p))
		}
		return err
	})
	return files, err
}
