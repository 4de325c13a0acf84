// Package folder reads a rule folder: what the METADATA of its rule.rego says,
// and what is generated from that, the catalogue and the docs page.
package folder

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/finding"
)

// Workloads are the kinds that a rule judges when its METADATA names none.
var Workloads = []string{"CronJob", "DaemonSet", "Deployment", "Job", "Pod", "ReplicaSet", "ReplicationController", "StatefulSet"}

// A Rule is what the METADATA of its folder says.
type Rule struct {
	ID           string // the folder's name
	Title        string // what is wrong, in a few words
	Summary      string // one sentence
	Why          string // Markdown
	Computed     string // Markdown: how the numbers of the message come about
	Severity     finding.Severity
	Category     string
	Confidence   string // how sure a finding is: low, medium or high
	Profile      Profile
	Kinds        []string // sorted
	NeedsContext bool     // silent where the set is incomplete
	Since        string   // the version that brought the rule
	Params       []Param  // by name
	Sources      []Source
	// Requires are facts without which the rule finds nothing, read off its
	// Rego: a subject that lacks one of each list need not be asked.
	Requires [][]string
	// Output is what rollcast prints for the folder's bad.yaml; it is not in
	// the METADATA.
	Output string
}

// A Source is where a rule's reason is documented.
type Source struct{ Title, URL string }

// Profile is a selection of rules; each profile holds those before it.
type Profile string

const (
	Minimal     Profile = "minimal"
	Recommended Profile = "recommended"
	Strict      Profile = "strict"
)

var (
	profiles    = []Profile{Minimal, Recommended, Strict}
	confidences = []string{"low", "medium", "high"}
	categories  = []string{"autoscaling", "availability", "budgets", "capacity", "house", "hygiene", "jobs", "probes", "rollout", "services", "storage"}
)

// ParseProfile reads what a user wrote, "" being Recommended; the error lists
// the choices.
func ParseProfile(s string) (Profile, error) {
	if s == "" {
		return Recommended, nil
	}
	p, err := choose("profile", Profile(s), profiles)
	return p, err
}

// Holds reports whether the profile runs the rules of another.
func (p Profile) Holds(other Profile) bool {
	return slices.Index(profiles, other) <= slices.Index(profiles, p)
}

// choose is value where it is one of the choices; the error lists them.
func choose[T ~string](what string, value T, choices []T) (T, error) {
	if slices.Contains(choices, value) {
		return value, nil
	}
	list := make([]string, len(choices))
	for i, c := range choices {
		list[i] = string(c)
	}
	return value, fmt.Errorf("unknown %s %q: choose %s", what, value, strings.Join(list, ", "))
}
