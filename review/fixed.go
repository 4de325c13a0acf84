package review

import (
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/suppress"
)

// A FixedRule is a rule that is no Rego: its id never changes.
type FixedRule struct {
	ID       string
	Severity finding.Severity
	Title    string
}

// houseFamily begins the ids of what users' schemas demand.
const houseFamily = "house/"

// ruleSetDivided is the info that a folder is no single set.
const ruleSetDivided = "set/divided"

// FixedRules lists them in the order of the families.
func FixedRules() []FixedRule {
	return []FixedRule{
		{"syntax", finding.Error, "the text cannot be read as YAML or JSON"},
		{"schema/unknown-field", finding.Error, "the API server knows no such field"},
		{"schema/type", finding.Error, "a value has the wrong type"},
		{"schema/required", finding.Error, "a required field is missing"},
		{"schema/value", finding.Error, "a value is not allowed"},
		{"schema/one-of", finding.Error, "several fields are set of which one may be, or none is"},
		{"schema/duplicate", finding.Error, "a key, name or port is given twice"},
		{"schema/reference", finding.Error, "a name refers to nothing in the object"},
		{ruleImmutable, finding.Error, "an update may not change the field"},
		{"schema/ignored-field", finding.Warning, "the API server drops the field at this version"},
		{"schema/server-warning", finding.Warning, "the API server accepts it with a warning"},
		{"api/removed", finding.Error, "this version of Kubernetes does not serve the API"},
		{"api/unknown", finding.Error, "the API group has no such kind"},
		{"api/deprecated", finding.Warning, "the API will be removed"},
		{ruleDefaultDrift, finding.Info, "the API that it moves to fills in other defaults"},
		{ruleNoSchema, finding.Info, "the kind is not known, so its fields are not checked"},
		{ruleSetDivided, finding.Info, "an object occurs twice below a folder, so it is judged in parts"},
		{suppress.RuleMalformed, finding.Warning, "a comment that should ignore findings cannot be obeyed"},
		{suppress.RuleUnused, finding.Warning, "a comment ignores what is not found"},
		{suppress.RuleStale, finding.Info, "an entry of the baseline is no longer found"},
	}
}

// RuleIDs lists every rule that Options may name, the fixed ones first.
func RuleIDs() []string {
	var ids []string
	for _, r := range FixedRules() {
		ids = append(ids, r.ID)
	}
	for _, r := range rules.Catalogue() {
		ids = append(ids, r.ID)
	}
	return ids
}

// isFixed reports whether the id is that of a fixed rule.
func isFixed(id string) bool {
	if strings.HasPrefix(id, houseFamily) {
		return true
	}
	for _, r := range FixedRules() {
		if r.ID == id {
			return true
		}
	}
	return false
}

// IsServerRule reports whether a rule's errors are what the API server rejects:
// the families syntax, schema/ and api/.
func IsServerRule(rule string) bool {
	return rule == "syntax" || strings.HasPrefix(rule, "schema/") || strings.HasPrefix(rule, "api/")
}
