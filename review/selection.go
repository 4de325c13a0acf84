package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/config"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/rules"
)

// A selection is which rules run and which findings are reported.
type selection struct {
	engine        *rules.Engine // nil where no rule folder is wanted
	only, disable []string
	profile       rules.Profile
	config        *config.Config
	catalogue     []rules.Rule // the shipped rules and the users'
	house         []string     // the ids of what users' schemas demand
}

func newSelection(o Options) (*selection, error) {
	s := &selection{only: o.Only, disable: o.Disable, profile: o.Profile, config: o.Config}
	if s.profile == "" {
		s.profile = rules.Recommended
	}
	options := rules.Options{Profile: o.Profile, Users: o.Users, Params: o.Config.Params(), ParamsFor: o.Config.ParamsFor}
	users := rules.ReadUsers(o.Users)
	s.catalogue = append(rules.Catalogue(), users...)
	for _, h := range o.House {
		for _, name := range h.Names() {
			s.house = append(s.house, houseFamily+name)
		}
	}
	known := s.known()
	for _, list := range []struct{ from, folders *[]string }{{&o.Only, &options.Only}, {&o.Disable, &options.Disable}} {
		for _, id := range *list.from {
			if !slices.Contains(known, id) {
				return nil, fmt.Errorf("unknown rule %q: choose %s", id, strings.Join(known, ", "))
			}
			if !isFixed(id) {
				*list.folders = append(*list.folders, id)
			}
		}
	}
	if o.WithoutRules || len(o.Only) > 0 && len(options.Only) == 0 {
		return s, nil
	}
	if len(options.Only) == 0 && o.Config != nil {
		// Whatever some file wants runs; what the others do not want is dropped.
		for _, r := range s.catalogue {
			if o.Config.MayRun(r.ID, func(profile string) bool { return s.holds(profile, r) }) && !slices.Contains(o.Disable, r.ID) {
				options.Only = append(options.Only, r.ID)
			}
		}
		if len(options.Only) == 0 {
			return s, nil
		}
	}
	var err error
	s.engine, err = rules.New(options)
	return s, err
}

// holds reports whether a profile, "" for the run's, holds the rule.
func (s *selection) holds(profile string, r rules.Rule) bool {
	if profile == "" {
		return s.profile.Holds(r.Profile)
	}
	return rules.Profile(profile).Holds(r.Profile)
}

// reports tells whether a finding of the rule is shown, wherever it is.
func (s *selection) reports(rule string) bool {
	return !slices.Contains(s.disable, rule) && (len(s.only) == 0 || slices.Contains(s.only, rule))
}

// treat gives a finding the severity that the configuration sets for its file,
// and tells whether it is shown. What the command line names is shown, whatever
// level the file gives it.
func (s *selection) treat(f *finding.Finding) bool {
	if !s.reports(f.Rule) {
		return false
	}
	v := s.config.For(f.File.Name, f.Rule)
	switch {
	case v.Excluded, v.Level == config.Off && len(s.only) == 0:
		return false
	case v.Level == "", v.Level == config.Off:
		return len(s.only) > 0 || s.inProfile(f.Rule, v.Profile)
	}
	severity, err := finding.ParseSeverity(string(v.Level))
	// error is what the server's families say of what it rejects, and of nothing else.
	if err == nil && !(severity == finding.Error && IsServerRule(f.Rule)) {
		f.Severity = severity
	}
	return true
}

// inProfile reports whether a profile, "" for the run's, holds the rule. The
// fixed ones are in every profile.
func (s *selection) inProfile(rule, profile string) bool {
	r, ok := s.find(rule)
	return !ok || s.holds(profile, r)
}

// known lists every rule that can be named: the fixed ones first.
func (s *selection) known() []string {
	var ids []string
	for _, r := range FixedRules() {
		ids = append(ids, r.ID)
	}
	for _, r := range s.catalogue {
		ids = append(ids, r.ID)
	}
	return append(ids, s.house...)
}

// find is the rule folder of that id, shipped or a user's.
func (s *selection) find(id string) (r rules.Rule, ok bool) {
	i := slices.IndexFunc(s.catalogue, func(r rules.Rule) bool { return r.ID == id })
	if i < 0 {
		return rules.Rule{}, false
	}
	return s.catalogue[i], true
}

// faults are what keeps users' rules from running.
func (s *selection) faults() []error {
	if s.engine == nil {
		return nil
	}
	return s.engine.Faults()
}

// ran reports whether findings of the rule could be shown in the file.
func (s *selection) ran(rule, file string) bool {
	if _, ok := s.find(rule); ok && (s.engine == nil || !slices.ContainsFunc(s.engine.Rules(), func(r rules.Rule) bool { return r.ID == rule })) {
		return false
	}
	return s.treat(&finding.Finding{Rule: rule, File: &manifest.File{Name: file}})
}

// wants reports whether a chosen rule looks at objects of the kind.
func (s *selection) wants(kind string) bool { return s.engine != nil && s.engine.Wants(kind) }
