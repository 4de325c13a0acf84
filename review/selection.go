package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/rules"
)

// A selection is which rules run and which findings are reported.
type selection struct {
	engine        *rules.Engine // nil where no rule folder is wanted
	only, disable []string
}

func newSelection(o Options) (*selection, error) {
	s := &selection{only: o.Only, disable: o.Disable}
	options := rules.Options{Profile: o.Profile}
	known := RuleIDs()
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
	var err error
	s.engine, err = rules.New(options)
	return s, err
}

// reports tells whether a finding of the rule is shown.
func (s *selection) reports(rule string) bool {
	return !slices.Contains(s.disable, rule) && (len(s.only) == 0 || slices.Contains(s.only, rule))
}

// wants reports whether a chosen rule looks at objects of the kind.
func (s *selection) wants(kind string) bool { return s.engine != nil && s.engine.Wants(kind) }
