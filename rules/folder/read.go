package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/rollcast/rollcast/finding"
)

// Read reads every folder of fsys that holds a rule.rego, by name. It errors on
// the first whose METADATA is not complete.
func Read(fsys fs.FS) ([]Rule, error) {
	rules, errs := readAll(fsys, "", false)
	if len(errs) > 0 {
		return nil, errs[0]
	}
	return rules, nil
}

// ReadUsers reads users' rules, which need no more METADATA than a title and a
// severity; name is what the errors call the folder. A rule that cannot be read
// costs no other.
func ReadUsers(fsys fs.FS, name string) ([]Rule, []error) {
	return readAll(fsys, name, true)
}

func readAll(fsys fs.FS, dir string, users bool) (rules []Rule, errs []error) {
	names, err := fs.Glob(fsys, "*/rule.rego")
	if err != nil {
		return nil, []error{err}
	}
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err == nil {
			var rule Rule
			if rule, err = parse(path.Dir(name), path.Join(dir, name), string(text), users); err == nil {
				rules = append(rules, rule)
			}
		}
		if err != nil {
			errs = append(errs, err)
		}
	}
	slices.SortFunc(rules, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return rules, errs
}

// ID is what a rule's folder may be called.
var ID = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// Parse reads a Rego module of a rule. What only the old version 0 of the
// language allows is an error that says so.
func Parse(name, text string, annotations bool) (*ast.Module, error) {
	module, err := ast.ParseModuleWithOpts(name, text, ast.ParserOptions{ProcessAnnotation: annotations, RegoVersion: ast.RegoV1})
	if err == nil {
		return module, nil
	}
	if _, old := ast.ParseModuleWithOpts(name, text, ast.ParserOptions{RegoVersion: ast.RegoV0}); old == nil {
		return nil, fmt.Errorf("%s: this is version 0 of Rego, and rules are version 1: write `findings contains f if { … }`; `opa fmt --v0-v1 --write` rewrites a file", place(name, err))
	}
	return nil, Plain(err)
}

// place is the name and line of a parser's first error.
func place(name string, err error) string {
	var list ast.Errors
	if errors.As(err, &list) && len(list) > 0 && list[0].Location != nil {
		return fmt.Sprintf("%s:%d", name, list[0].Location.Row)
	}
	return name
}

// Plain is OPA's list of errors without its header and its pictures: each as
// file, line and sentence.
func Plain(err error) error {
	var list ast.Errors
	if !errors.As(err, &list) {
		return err
	}
	lines := make([]string, 0, len(list))
	for _, e := range list {
		line := e.Message
		if e.Location != nil {
			line = fmt.Sprintf("%s:%d: %s", e.Location.File, e.Location.Row, line)
		}
		lines = append(lines, line)
	}
	return errors.New(strings.Join(lines, "; "))
}

// parse reads one rule.rego; its package has to bear the folder's name.
func parse(id, name, text string, users bool) (Rule, error) {
	if !ID.MatchString(id) {
		return Rule{}, fmt.Errorf("%s: a rule's folder is named in lower case, with hyphens: peak-below-60", name)
	}
	module, err := Parse(name, text, true)
	if err != nil {
		return Rule{}, err
	}
	if want := ast.MustParseRef("data.rollcast.rules[" + fmt.Sprintf("%q", id) + "]"); !module.Package.Path.Equal(want) {
		return Rule{}, fmt.Errorf("%s:%d: package has to be rollcast.rules[%q], as its folder is named", name, module.Package.Location.Row, id)
	}
	for _, a := range module.Annotations {
		if a.Scope == "package" {
			rule, err := metadata(id, a, users)
			if err != nil {
				return Rule{}, fmt.Errorf("%s:%d: METADATA: %w", name, a.Location.Row, err)
			}
			rule.Requires = requires(module)
			return rule, nil
		}
	}
	return Rule{}, fmt.Errorf("%s: no METADATA with scope: package above the package line", name)
}

func metadata(id string, a *ast.Annotations, users bool) (Rule, error) {
	m := fields{values: a.Custom, users: users}
	r := Rule{
		ID:           id,
		Title:        a.Title,
		Why:          strings.TrimSpace(a.Description),
		Summary:      m.textOr("summary", a.Title),
		Computed:     m.textOr("computed", ""),
		Category:     m.textOr("category", "house"),
		Confidence:   m.textOr("confidence", "high"),
		Profile:      Profile(m.textOr("profile", string(Minimal))),
		Since:        m.textOr("since", ""),
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
	switch {
	case users && r.Title == "":
		return r, errors.New("title is required")
	case !users && (r.Title == "" || r.Why == "" || len(r.Sources) == 0):
		return r, errors.New("title, description and related_resources are required")
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
