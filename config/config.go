// Package config reads .rollcast.yaml: settings that stand for flags, and how
// the findings of a rule are treated, for all files or for some.
package config

import (
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/internal/source"
	"github.com/rollcast/rollcast/manifest"
)

// Name is how a configuration file is called.
const Name = ".rollcast.yaml"

// A Level is the severity that a rule's findings get, or Off.
type Level string

const (
	Error   Level = "error"
	Warning Level = "warning"
	Info    Level = "info"
	Off     Level = "off"
)

// A Config is what a file says. The zero value says nothing.
type Config struct {
	// Path is the file as it was opened, "" where there is none.
	Path string
	// Settings are the keys that stand for flags, in the order of the file.
	Settings []Setting

	folder    string // absolute, what patterns are relative to
	working   string // absolute, what names of manifests are relative to
	exclude   source.Patterns
	rules     rules
	overrides []override
}

// A Setting is a key whose value stands for a flag.
type Setting struct {
	Key   string // kubernetesVersion
	Value string
	Pos   manifest.Pos
}

// An override is what else holds for some files.
type override struct {
	paths   source.Patterns
	profile string // "" leaves it
	rules   rules
}

// rules are what one map of rules says, by id.
type rules map[string]treatment

type treatment struct {
	level   Level // "" leaves it
	exclude source.Patterns
	params  map[string]any // by name; nil where none is set
}

// A Verdict is how the findings of a rule in a file are treated. The zero value
// is what a run without a configuration does.
type Verdict struct {
	Profile  string // of the file; "" for the run's
	Level    Level  // "" for the rule's own, if the profile holds the rule
	Excluded bool
}

// Excludes reports whether the file is not to be judged. Names are relative to
// the working folder, as findings give them.
func (c *Config) Excludes(file string) bool {
	return c != nil && c.exclude.Match(c.relative(file))
}

// For is how a rule's findings in a file are treated. The last override that
// says something counts, and an exclusion anywhere does.
func (c *Config) For(file, rule string) Verdict {
	if c == nil {
		return Verdict{}
	}
	name := c.relative(file)
	var v Verdict
	v.add(c.rules[rule], name)
	for _, o := range c.overrides {
		if !o.paths.Match(name) {
			continue
		}
		if o.profile != "" {
			v.Profile = o.profile
		}
		v.add(o.rules[rule], name)
	}
	return v
}

func (v *Verdict) add(t treatment, name string) {
	if t.level != "" {
		v.Level = t.level
	}
	v.Excluded = v.Excluded || t.exclude.Match(name)
}

// MayRun reports whether the rule could be wanted for some file: holds says
// whether a profile, "" for the run's own, holds it.
func (c *Config) MayRun(rule string, holds func(profile string) bool) bool {
	if c == nil {
		return holds("")
	}
	if level := c.rules[rule].level; level != Off && (level != "" || holds("")) {
		return true
	}
	return slices.ContainsFunc(c.overrides, func(o override) bool {
		level := o.rules[rule].level
		return level != "" && level != Off || level == "" && o.profile != "" && c.rules[rule].level == "" && holds(o.profile)
	})
}

// Params are the parameters that the file sets for all files, by rule and name:
// a json.Number, a string, a bool or a []any of strings each, as the schema asks.
func (c *Config) Params() map[string]map[string]any {
	if c == nil {
		return nil
	}
	return params(c.rules)
}

// ParamsFor are those that it sets for a manifest: of the overrides that name
// the manifest, the last one that sets a parameter counts. Manifests with one
// key have the same; "" is the key of Params.
func (c *Config) ParamsFor(file string) (key string, set map[string]map[string]any) {
	set = c.Params()
	if c == nil {
		return "", set
	}
	name := c.relative(file)
	for i, o := range c.overrides {
		own := params(o.rules)
		if len(own) == 0 || !o.paths.Match(name) {
			continue
		}
		key += strconv.Itoa(i) + " "
		for rule, values := range own {
			merged := maps.Clone(set[rule]) // the rules for all files keep theirs
			if merged == nil {
				merged = map[string]any{}
			}
			maps.Copy(merged, values)
			set[rule] = merged
		}
	}
	return key, set
}

func params(r rules) map[string]map[string]any {
	set := map[string]map[string]any{}
	for rule, t := range r {
		if t.params != nil {
			set[rule] = t.params
		}
	}
	return set
}

// DropProfiles forgets the profiles of the overrides: the command line has
// named one, and it counts everywhere.
func (c *Config) DropProfiles() {
	for i := range c.overrides {
		c.overrides[i].profile = ""
	}
}

// relative is a manifest's name as patterns see it.
func (c *Config) relative(file string) string {
	if !filepath.IsAbs(file) {
		file = filepath.Join(c.working, filepath.FromSlash(file))
	}
	rel, err := filepath.Rel(c.folder, file)
	if err != nil { // another drive
		return ".."
	}
	return filepath.ToSlash(rel)
}

// Resolve is a path that the file gives, relative to its own folder, as seen
// from the working folder.
func (c *Config) Resolve(name string) string {
	if !filepath.IsAbs(name) {
		name = filepath.Join(c.folder, filepath.FromSlash(name))
	}
	if rel, err := filepath.Rel(c.working, name); err == nil && !strings.HasPrefix(rel, "..") {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(name)
}
