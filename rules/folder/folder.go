// Package folder reads a rule folder: what the METADATA of its rule.rego says,
// and what is generated from that, the catalogue, main.rego and the docs page.
package folder

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

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
	categories  = []string{"autoscaling", "availability", "budgets", "capacity", "hygiene", "jobs", "probes", "rollout", "services", "storage"}
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

// Read reads every folder of fsys that holds a rule.rego, by name.
func Read(fsys fs.FS) ([]Rule, error) {
	names, err := fs.Glob(fsys, "*/rule.rego")
	if err != nil {
		return nil, err
	}
	rules := make([]Rule, 0, len(names))
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		rule, err := parse(path.Dir(name), name, string(text))
		if err != nil {
			return nil, err
		}
		rules = append(rules, rule)
	}
	slices.SortFunc(rules, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return rules, nil
}

// parse reads one rule.rego; its package has to bear the folder's name.
func parse(id, name, text string) (Rule, error) {
	module, err := ast.ParseModuleWithOpts(name, text, ast.ParserOptions{ProcessAnnotation: true, RegoVersion: ast.RegoV1})
	if err != nil {
		return Rule{}, err
	}
	if want := ast.MustParseRef("data.rollcast.rules[" + fmt.Sprintf("%q", id) + "]"); !module.Package.Path.Equal(want) {
		return Rule{}, fmt.Errorf("%s:%d: package has to be rollcast.rules[%q], as its folder is named", name, module.Package.Location.Row, id)
	}
	for _, a := range module.Annotations {
		if a.Scope == "package" {
			rule, err := metadata(id, a)
			if err != nil {
				return Rule{}, fmt.Errorf("%s:%d: METADATA: %w", name, a.Location.Row, err)
			}
			return rule, nil
		}
	}
	return Rule{}, fmt.Errorf("%s: no METADATA with scope: package above the package line", name)
}

func metadata(id string, a *ast.Annotations) (Rule, error) {
	m := fields{values: a.Custom}
	r := Rule{
		ID:           id,
		Title:        a.Title,
		Why:          strings.TrimSpace(a.Description),
		Summary:      m.text("summary"),
		Computed:     m.text("computed"),
		Category:     m.text("category"),
		Confidence:   m.text("confidence"),
		Profile:      Profile(m.text("profile")),
		Since:        m.text("since"),
		Kinds:        m.list("kinds", Workloads),
		NeedsContext: m.flag("needs-context"),
		Params:       m.params(),
	}
	severity := m.text("severity")
	for _, s := range a.RelatedResources {
		r.Sources = append(r.Sources, Source{Title: s.Description, URL: s.Ref.String()})
	}
	if m.err != nil {
		return r, m.err
	}
	if unknown := m.unread(); unknown != "" {
		return r, fmt.Errorf("unknown key custom.%s", unknown)
	}
	if r.Title == "" || r.Why == "" || len(r.Sources) == 0 {
		return r, fmt.Errorf("title, description and related_resources are required")
	}
	var errs [4]error
	r.Severity, errs[0] = finding.ParseSeverity(severity)
	_, errs[1] = choose("profile", r.Profile, profiles)
	_, errs[2] = choose("confidence", r.Confidence, confidences)
	_, errs[3] = choose("category", r.Category, categories)
	for _, err := range errs {
		if err != nil {
			return r, err
		}
	}
	return r, nil
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
