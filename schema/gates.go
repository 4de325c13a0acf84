package schema

import (
	_ "embed"
	"strings"
)

// gates has a line for each feature gate that an API server of 1.25 to 1.36 has
// had, with the minors in which its default changed; oracle/since writes it.
//
//go:embed gates.txt
var gates string

// IsGate reports whether some minor has a feature gate of that name.
func IsGate(name string) bool {
	return name != "" && strings.Contains("\n"+gates, "\n"+name+" ")
}

// GateNames are the names of all feature gates, sorted.
func GateNames() []string {
	var names []string
	for line := range strings.Lines(gates) {
		name, _, _ := strings.Cut(line, " ")
		names = append(names, name)
	}
	return names
}
