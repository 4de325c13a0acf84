package cli

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/rollcast/rollcast/internal/spell"
	"github.com/rollcast/rollcast/schema"
)

// A gatesFlag is a list of feature gates: NAME=true,OTHER=false. It is
// repeatable, and the last word on a gate counts.
type gatesFlag struct{ value map[string]bool }

var _ pflag.Value = (*gatesFlag)(nil)

func (f *gatesFlag) String() string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(f.value)) {
		list = append(list, fmt.Sprintf("%s=%t", name, f.value[name]))
	}
	return strings.Join(list, ",")
}

func (f *gatesFlag) Type() string { return "NAME=BOOL,…" }

var gateName = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)

func (f *gatesFlag) Set(s string) error {
	for _, gate := range strings.Split(s, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(gate), "=")
		on, err := strconv.ParseBool(value)
		if err != nil || !gateName.MatchString(name) {
			return fmt.Errorf("%q is no feature gate: write NAME=true or NAME=false", gate)
		}
		if !schema.IsGate(name) {
			message := fmt.Sprintf("Kubernetes has no feature gate %s", name)
			if near := spell.Nearest(name, schema.GateNames()); near != "" {
				message += ": did you mean " + near + "?"
			}
			return errors.New(message)
		}
		if f.value == nil {
			f.value = map[string]bool{}
		}
		f.value[name] = on
	}
	return nil
}
