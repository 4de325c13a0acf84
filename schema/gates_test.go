package schema

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/schema/table"
)

// defaults are whether a gate is on by default, by name and minor; a gate that has
// gone stays as it was. There is no entry for the minors before it.
func defaults(t *testing.T) map[string]map[int]bool {
	t.Helper()
	out := map[string]map[int]bool{}
	for line := range strings.Lines(gates) {
		words := strings.Fields(line)
		changes := map[int]string{}
		for i := 1; i+1 < len(words); i += 2 {
			minor, err := strconv.Atoi(strings.TrimPrefix(words[i], "1."))
			if err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			changes[minor] = words[i+1]
		}
		out[words[0]] = map[int]bool{}
		on, there := false, false
		for minor := Oldest; minor <= Newest; minor++ {
			if c, ok := changes[minor]; ok && c != "gone" {
				on, there = c == "on", true
			}
			if there {
				out[words[0]][minor] = on
			}
		}
	}
	return out
}

// TestGateDefaults compares when each field and value of the schema works with
// the defaults of its feature gate in every minor that has it.
func TestGateDefaults(t *testing.T) {
	known := defaults(t)
	compared := map[string]bool{}
	compare := func(what, gate string, added uint8, works func(minor int) bool) {
		if gate == "" {
			return
		}
		if known[gate] == nil {
			t.Errorf("%s: no minor has a feature gate %s", what, gate)
			return
		}
		for minor := max(Oldest, int(added)); minor <= Newest; minor++ {
			on, ok := known[gate][minor]
			if !ok {
				on = len(known[gate]) == 0 || goneBefore(known[gate], minor)
			}
			if works(minor) != on {
				t.Errorf("%s: works at 1.%d: %t, but the gate %s is on: %t", what, minor, works(minor), gate, on)
			}
		}
		compared[gate] = true
	}
	since := func(what string, s *table.Since) {
		if s != nil && s.Removed == 0 {
			compare(what, s.Gate, s.Added, func(minor int) bool { return s.At(minor, nil) == table.Works })
		}
	}
	for i := range builtin.tab.Types {
		typ := &builtin.tab.Types[i]
		for j := range typ.Values {
			since(fmt.Sprintf("%s %s", typ.Name, typ.Values[j].Value), &typ.Values[j].Since)
		}
		if typ.Map == nil {
			continue
		}
		for j := range typ.Map.Fields {
			f := &typ.Map.Fields[j]
			what := typ.Name + "." + f.Name
			since(what, f.Since)
			for k := range f.Was {
				w := &f.Was[k]
				compare(what+" as it was", w.Gate, 0, func(minor int) bool { return !w.Counts(minor, nil) })
			}
		}
		for j := range typ.Map.Rules {
			since("a rule of "+typ.Name, typ.Map.Rules[j].Since)
		}
	}
	if len(compared) < 40 {
		t.Errorf("only %d gates are compared", len(compared))
	}
}

// goneBefore reports whether a minor comes after those that have the gate.
func goneBefore(minors map[int]bool, minor int) bool {
	for m := range minors {
		if m > minor {
			return false
		}
	}
	return true
}

func TestIsGate(t *testing.T) {
	for name, want := range map[string]bool{"SidecarContainers": true, "AdvancedAuditing": true, "Sidecar": false, "": false, "sidecarcontainers": false} {
		if IsGate(name) != want {
			t.Errorf("%q is a feature gate: %t", name, !want)
		}
	}
	if names := GateNames(); len(names) < 300 || !IsGate(names[0]) || !IsGate(names[len(names)-1]) {
		t.Errorf("%d gates, from %q", len(names), names[0])
	}
}
