package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/rules"
)

// The longest texts of a table's row, in bytes before they are escaped.
const (
	markdownMessage = 600
	markdownName    = 200
)

// markdownRest is what is kept free for the end of the report.
const markdownRest = 500

// lintMarkdown is the findings as a table for a job's summary or a comment:
// errors first, new before old, as many as there is room for.
func lintMarkdown(w io.Writer, r *review.Result, _ Options) error {
	base, more := covered(r)
	var b strings.Builder
	b.WriteString(strings.ReplaceAll(base+more, noBreak, " ") + "\n\n")
	p := newPage(Options{})
	p.summary(r)
	b.WriteString("**" + strings.TrimSpace(p.text.String()) + "**\n")
	markdownFailures(&b, r.Failures)
	list := worstFirst(current(r))
	if len(list) > 0 {
		b.WriteString("\n| severity | where | finding |\n|---|---|---|\n")
	}
	for i, f := range list {
		row := markdownRow(f)
		if b.Len()+len(row) > markdownMost-markdownRest {
			b.WriteString("\n" + leftOut(list[i:]) + "\n")
			break
		}
		b.WriteString(row)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdownRow is one finding.
func markdownRow(f *finding.Finding) string {
	severity := severityEmoji(f.Severity) + " " + f.Severity.String()
	if f.Status == finding.New {
		severity += ", new"
	}
	where := markdownCode(cut(f.File.Name, markdownName) + ":" + strconv.Itoa(f.Range.Start.Line))
	if f.Document != nil {
		where += "<br>" + inMarkdown(cut(f.Document.Label(), markdownName))
	}
	text := inMarkdown(cut(f.Message, markdownMessage)) + "<br>"
	if f.Fix != nil {
		text += fixLabel(f.Fix) + " " + inMarkdown(cut(f.Fix.Description, markdownMessage)) + "<br>"
	}
	rule := markdownCode(cut(f.Rule, markdownName))
	if _, shipped := rules.Find(f.Rule); shipped {
		rule = "[" + rule + "](" + rulePage + f.Rule + ".md)"
	}
	return "| " + severity + " | " + where + " | " + text + rule + " |\n"
}

// markdownFailures names parts of the job that could not be done.
func markdownFailures(b *strings.Builder, failures []error) {
	const most = 5
	for i, err := range failures {
		if i == most {
			b.WriteString("\nnot judged: " + count(len(failures)-most, "part", "parts") + " more\n")
			return
		}
		b.WriteString("\nnot judged: " + inMarkdown(cut(err.Error(), markdownMessage)) + "\n")
	}
}

// leftOut counts what there is no room for: 12 more are left out (2 warnings,
// 10 infos).
func leftOut(list []*finding.Finding) string {
	counts := map[finding.Severity]int{}
	for _, f := range list {
		counts[f.Severity]++
	}
	var parts []string
	for _, s := range []finding.Severity{finding.Error, finding.Warning, finding.Info} {
		if n := counts[s]; n > 0 {
			parts = append(parts, count(n, s.String(), s.String()+"s"))
		}
	}
	return count(len(list), "more finding is", "more findings are") + " left out here (" + strings.Join(parts, ", ") + "): `rollcast lint` lists them all"
}

func severityEmoji(s finding.Severity) string {
	switch s {
	case finding.Error:
		return "❌"
	case finding.Warning:
		return "⚠️"
	case finding.Info:
		return "ℹ️"
	}
	panic("unknown severity")
}
