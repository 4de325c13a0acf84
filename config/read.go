package config

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/rollcast/rollcast/internal/source"
	"github.com/rollcast/rollcast/manifest"
)

// Read reads a configuration file. The error names file, line and column of
// each fault.
func Read(name, working string, v Vocabulary) (*Config, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return Parse(name, working, data, v)
}

// Parse reads a configuration from its text. The working folder is absolute.
func Parse(name, working string, data []byte, v Vocabulary) (*Config, error) {
	doc, err := manifest.ParseSettings(name, data)
	if err != nil {
		return nil, err
	}
	c := newConfig(name, working)
	if doc.Root.Kind == manifest.Null { // everything is commented out
		return c, nil
	}
	r := &reader{doc: doc}
	if r.validate(v); len(r.faults) == 0 {
		r.config(c)
	}
	return c, r.err()
}

// RuleFolders are the folders of users' rules that a configuration file names, as
// seen from the working folder. They are asked for before Read, because what Read
// accepts depends on the rules in them; a file that cannot be read names none, and
// Read says why.
func RuleFolders(name, working string) (folders []string) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	doc, err := manifest.ParseSettings(name, data)
	if err != nil || doc.Root.Kind != manifest.Mapping {
		return nil
	}
	c := newConfig(name, working)
	if list := doc.Root.Get("ruleFolders"); list != nil {
		for _, item := range list.Items {
			if item.Kind == manifest.String && item.Text != "" {
				folders = append(folders, c.Resolve(item.Text))
			}
		}
	}
	return folders
}

// newConfig is an empty configuration that knows where its file is.
func newConfig(name, working string) *Config {
	path := name
	if !filepath.IsAbs(path) {
		path = filepath.Join(working, filepath.FromSlash(name))
	}
	return &Config{Path: path, folder: filepath.Dir(path), working: working}
}

// A reader turns the nodes of a file into a Config and gathers every fault.
type reader struct {
	doc    *manifest.Document
	faults []fault
}

type fault struct {
	at      manifest.Pos
	message string
}

func (r *reader) fault(at manifest.Pos, message string) {
	r.faults = append(r.faults, fault{at, message})
}

// err is all faults in the order of the file, each once.
func (r *reader) err() error {
	slices.SortStableFunc(r.faults, func(a, b fault) int {
		return cmp.Or(cmp.Compare(a.at.Byte, b.at.Byte), cmp.Compare(a.message, b.message))
	})
	var errs []error
	for _, f := range slices.Compact(r.faults) {
		errs = append(errs, fmt.Errorf("%s:%d:%d: %s", r.doc.File.Name, f.at.Line, f.at.Column, f.message))
	}
	return errors.Join(errs...)
}

// config reads what the schema has found to be right, but for the patterns.
func (r *reader) config(c *Config) {
	for _, p := range r.doc.Root.Pairs {
		switch key := p.Key.Text; key {
		case "exclude":
			c.exclude = r.patterns(p.Value)
		case "rules":
			c.rules = r.rules(p.Value)
		case "overrides":
			for _, item := range p.Value.Items {
				o := override{paths: r.patterns(item.Get("paths")), rules: r.rules(item.Get("rules"))}
				if n := item.Get("profile"); n != nil {
					o.profile = n.Text
				}
				c.overrides = append(c.overrides, o)
			}
		case "ruleFolders": // RuleFolders has read it, before the rules were known
		case "schema":
			for _, item := range p.Value.Items {
				c.Settings = append(c.Settings, Setting{key, item.Text, item.Pos()})
			}
		default:
			c.Settings = append(c.Settings, Setting{key, r.written(key, p.Value), p.Value.Pos()})
		}
	}
}

func (r *reader) rules(n *manifest.Node) rules {
	if n == nil {
		return nil
	}
	list := rules{}
	for _, p := range n.Pairs {
		list[p.Key.Text] = r.treatment(p.Value)
	}
	return list
}

func (r *reader) treatment(n *manifest.Node) treatment {
	t := treatment{}
	for _, p := range n.Pairs {
		switch name := p.Key.Text; name {
		case "level":
			t.level = Level(r.written(name, p.Value))
		case "exclude":
			t.exclude = r.patterns(p.Value)
		default:
			if t.params == nil {
				t.params = map[string]any{}
			}
			t.params[name] = r.value(name, p.Value)
		}
	}
	return t
}

func (r *reader) patterns(n *manifest.Node) source.Patterns {
	if n == nil {
		return source.Patterns{}
	}
	var lines []string
	for _, item := range n.Items {
		if _, err := source.NewPatterns(item.Text); err != nil {
			r.fault(item.Pos(), err.Error())
			continue
		}
		lines = append(lines, item.Text)
	}
	list, _ := source.NewPatterns(lines...)
	return list
}

// written is the text of a key's scalar as a flag would give it. What YAML makes
// of two of them is not what people mean: a version such as 1.30 is a number
// that has lost its zero, and a plain off is false.
func (r *reader) written(key string, n *manifest.Node) string {
	switch {
	case key == "kubernetesVersion" && (n.Kind == manifest.Int || n.Kind == manifest.Float),
		key == "level" && n.Kind == manifest.Bool:
		return r.doc.Source(n)
	}
	return n.Text
}
