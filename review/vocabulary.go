package review

import (
	"github.com/rollcast/rollcast/config"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/rules"
)

// Vocabulary is what a configuration may name; users are folders of users'
// rules.
func Vocabulary(users ...rules.Folder) config.Vocabulary {
	v := config.Vocabulary{
		KubernetesVersions: KubernetesVersions,
		Profiles:           []string{string(rules.Minimal), string(rules.Recommended), string(rules.Strict)},
	}
	for _, r := range FixedRules() {
		v.Rules = append(v.Rules, config.Rule{ID: r.ID, Title: r.Title, Levels: levels(r)})
	}
	for _, r := range append(rules.Catalogue(), rules.ReadUsers(users)...) {
		v.Rules = append(v.Rules, config.Rule{ID: r.ID, Title: r.Title, Levels: []config.Level{config.Error, config.Warning, config.Info, config.Off}, Params: params(r)})
	}
	return v
}

// params are the JSON Schemas of a rule's own parameters.
func params(r rules.Rule) map[string]map[string]any {
	schemas := map[string]map[string]any{}
	for _, p := range r.Params {
		schemas[p.Name] = p.Schema()
	}
	return schemas
}

// levels are what a fixed rule may be set to. An error of the server's families
// is what the server rejects, and nothing else is one: a configuration can hide
// what they say, but not make it mean something else.
func levels(r FixedRule) []config.Level {
	switch {
	case !IsServerRule(r.ID):
		return []config.Level{config.Error, config.Warning, config.Info, config.Off}
	case r.Severity == finding.Error:
		return []config.Level{config.Error, config.Off}
	}
	return []config.Level{config.Warning, config.Info, config.Off}
}
