package cli

import (
	"slices"

	"github.com/spf13/pflag"
)

// The values of --color.
const (
	colourAuto   = "auto"
	colourAlways = "always"
	colourNever  = "never"
)

// kubernetesVersions are the minors that can be judged, newest first.
var kubernetesVersions = []string{"1.36"}

// A choice is a flag whose value is one of a few words.
type choice struct {
	value   *string
	choices []string
}

var _ pflag.Value = choice{}

func (c choice) String() string {
	if c.value == nil {
		return ""
	}
	return *c.value
}

func (c choice) Type() string { return "WORD" }

func (c choice) Set(s string) error {
	if !slices.Contains(c.choices, s) {
		return unknownChoice("value", s, c.choices)
	}
	*c.value = s
	return nil
}
