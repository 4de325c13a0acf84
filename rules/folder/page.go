package folder

import (
	"fmt"
	"slices"
	"strings"
)

// Header stands above generated pages.
const Header = "<!-- Generated from rules/ by go generate. Do not edit. -->\n\n"

// Page is the rule's documentation as Markdown, in the form that all rules
// share. bad and good are the folder's manifests; base is what they were before
// the change that the rule is about, "" for other rules.
func (r Rule) Page(bad, good, base string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n## Summary\n\n%s\n\n", r.ID, r.Summary)
	b.WriteString("| severity | category | confidence | profile | since |\n|---|---|---|---|---|\n")
	fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n\n", r.Severity, r.Category, r.Confidence, r.Profile, r.Since)
	fmt.Fprintf(&b, "Kinds: %s.", kinds(r.Kinds))
	if r.NeedsContext {
		b.WriteString(" It stays silent where the set is incomplete.")
	}
	b.WriteString("\n\n## Avoid\n\n")
	if base != "" {
		fmt.Fprintf(&b, "The rule is about a change, and speaks in `rollcast review --base`. Where this was:\n\n```yaml\n%s```\n\nand becomes:\n\n", base)
	}
	fmt.Fprintf(&b, "```yaml\n%s```\n\n", withoutWants(bad))
	fmt.Fprintf(&b, "rollcast says:\n\n```text\n%s```\n\n", r.Output)
	fmt.Fprintf(&b, "## Prefer\n\n```yaml\n%s```\n\n", withoutWants(good))
	fmt.Fprintf(&b, "## Why\n\n%s\n\n", r.Why)
	fmt.Fprintf(&b, "## How it is computed\n\n%s\n\n", r.Computed)
	fmt.Fprintf(&b, "## Configuration\n\nIt runs in the profile %s and above. `--disable %s` leaves it out, `--only %s` runs nothing else.\n\n", r.Profile, r.ID, r.ID)
	b.WriteString(r.parameters())
	b.WriteString("## Sources\n\n")
	for _, s := range r.Sources {
		fmt.Fprintf(&b, "- [%s](%s)\n", s.Title, s.URL)
	}
	return b.String()
}

// parameters is the table of the rule's parameters and how they are set, ""
// where it has none.
func (r Rule) parameters() string {
	if len(r.Params) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("| parameter | type | default | meaning |\n|---|---|---|---|\n")
	for _, p := range r.Params {
		fmt.Fprintf(&b, "| `%s` | %s | `%s` | %s |\n", p.Name, p.Type(), show(p.Default), strings.ReplaceAll(p.Description, "|", `\|`))
	}
	fmt.Fprintf(&b, "\n```yaml\nrules:\n  %s:\n", r.ID)
	for _, p := range r.Params {
		fmt.Fprintf(&b, "    %s: %s\n", p.Name, show(p.Default))
	}
	b.WriteString("```\n\n")
	return b.String()
}

func kinds(list []string) string {
	if slices.Equal(list, Workloads) {
		return "every workload"
	}
	return strings.Join(list, ", ")
}

// withoutWants removes the tests' expectations from a manifest.
func withoutWants(manifest string) string {
	lines := strings.SplitAfter(manifest, "\n")
	for i, line := range lines {
		if code, _, found := strings.Cut(line, "# want "); found {
			lines[i] = strings.TrimRight(code, " ") + "\n"
		}
	}
	return strings.Join(lines, "")
}

// Index is the table of all rules, docs/rules/README.md.
func Index(rules []Rule) string {
	var b strings.Builder
	b.WriteString("# Rules\n\n")
	b.WriteString("| rule | severity | profile | what it says |\n|---|---|---|---|\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "| [%s](%s.md) | %s | %s | %s |\n", r.ID, r.ID, r.Severity, r.Profile, strings.ReplaceAll(r.Summary, "|", `\|`))
	}
	return b.String()
}
