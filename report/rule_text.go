package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/rules"
)

// A ruleText is what formats say of a rule besides its id.
type ruleText struct {
	id         string
	title      string // what is wrong, in a few words
	summary    string // a sentence or more
	page       string // Markdown
	url        string // "" where the rule has no page
	family     string // the family or category: schema, api, probes, …
	confidence string // low, medium, high; certain for what the server says
	severity   finding.Severity
}

// describe looks a rule up among the fixed ones and the shipped folders. Of
// users' own rules only the id is known here.
func describe(id string) (ruleText, error) {
	if r, ok := rules.Find(id); ok {
		page, err := rules.Page(r)
		return ruleText{
			id: id, title: r.Title, summary: r.Summary + "\n\n" + r.Why, page: page, url: rulePage + id + ".md",
			family: r.Category, confidence: r.Confidence, severity: r.Severity,
		}, err
	}
	t := ruleText{
		id: id, title: "a rule of your own", summary: "A rule of your own, which rollcast does not ship.",
		family: family(id), confidence: "high", severity: finding.Warning,
	}
	fixed := review.FixedRules()
	if i := slices.IndexFunc(fixed, func(r review.FixedRule) bool { return r.ID == id }); i >= 0 {
		t.title, t.severity = fixed[i].Title, fixed[i].Severity
		t.summary = "rollcast says: " + t.title + "."
		if review.IsServerRule(id) {
			t.confidence = "certain"
			if t.severity == finding.Error {
				t.summary = "The Kubernetes API server would reject the manifest: " + t.title + "."
			}
		}
	}
	t.page = fmt.Sprintf("# %[1]s\n\n%[2]s\n\nFor one place, with a reason, on its line or the line above:\n\n```yaml\n# rollcast: ignore %[1]s -- why it is right here\n```\n", id, t.summary)
	return t, nil
}

// family is the group of a rule: schema for schema/type, the category of a
// rule folder, rules for users' own.
func family(id string) string {
	if r, ok := rules.Find(id); ok {
		return r.Category
	}
	prefix, _, found := strings.Cut(id, "/")
	if found || id == "syntax" {
		return prefix
	}
	return "rules"
}
