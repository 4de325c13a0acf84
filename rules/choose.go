package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/rules/folder"
)

// check errors on a rule, profile or parameter that does not exist.
func (o *Options) check(known []Rule) error {
	if _, err := folder.ParseProfile(string(o.Profile)); err != nil {
		return err
	}
	for _, list := range [][]string{o.Only, o.Enable, o.Disable, slices.Sorted(maps.Keys(o.Levels))} {
		for _, id := range list {
			if _, err := find(known, id); err != nil {
				return err
			}
		}
	}
	return checkParams(known, o.Params)
}

// choose is those of the rules that run; the options have been checked.
func (o *Options) choose(rules []Rule) []Rule {
	profile, _ := folder.ParseProfile(string(o.Profile))
	chosen := make([]Rule, 0, len(rules))
	for i := range rules {
		r := &rules[i]
		wanted := profile.Holds(r.Profile)
		if len(o.Only) > 0 {
			wanted = slices.Contains(o.Only, r.ID)
		}
		wanted = wanted || slices.Contains(o.Enable, r.ID)
		if wanted && !slices.Contains(o.Disable, r.ID) {
			chosen = append(chosen, *r)
		}
	}
	return chosen
}

// find is the rule of that id; the error lists the choices.
func find(rules []Rule, id string) (Rule, error) {
	ids := make([]string, len(rules))
	for i, r := range rules {
		if r.ID == id {
			return r, nil
		}
		ids[i] = r.ID
	}
	return Rule{}, fmt.Errorf("unknown rule %q: choose %s", id, strings.Join(ids, ", "))
}

// checkParams errors on a parameter that no rule has, or that may not have the
// value.
func checkParams(rules []Rule, set map[string]map[string]any) error {
	for _, id := range slices.Sorted(maps.Keys(set)) {
		r, err := find(rules, id)
		if err == nil {
			_, err = r.Values(set[id])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// parameters are the parameters of the rules, by rule and name: what is set, and
// the defaults of the rest.
func parameters(rules []*Rule, set map[string]map[string]any) (map[string]any, error) {
	params := map[string]any{}
	for _, r := range rules {
		values, err := r.Values(set[r.ID])
		if err != nil {
			return nil, err
		}
		if len(values) > 0 {
			params[r.ID] = values
		}
	}
	return params, nil
}
