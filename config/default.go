package config

import (
	_ "embed"
	"strings"
)

//go:embed default.yaml
var defaults string

// Default is a commented configuration that says what a run without one does:
// all but the version, which it pins, is commented out.
func Default(v Vocabulary) string {
	return strings.ReplaceAll(defaults, "VERSION", v.KubernetesVersions[0])
}
