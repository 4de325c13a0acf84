package report

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/review"
)

// GitHub's limits for code scanning. A file with more results is refused, and
// of those it takes it shows the gravest.
const (
	sarifMostResults = 25000
	sarifCutResults  = 5000
	sarifMostRelated = 100
)

// sarif writes SARIF 2.1.0 with the properties that code scanning reads: one
// run, one location a result, regions of one line, relative URIs.
func sarif(view View) Printer {
	return func(w io.Writer, r *review.Result, o Options) error {
		s := sarifWriter{columns: columns{}, hashes: map[*manifest.File]map[int]string{}}
		run := sarifRun{ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}
		run.Tool.Driver = sarifDriver{Name: "rollcast", Version: o.Version, InformationURI: homepage, Rules: []sarifRule{}}
		run.AutomationDetails.ID = "rollcast/" + orDefault(o.Category, string(view)) + "/"
		run.AutomationDetails.Description.Text = "Judged as Kubernetes " + r.KubernetesVersion + "."
		list, left := sarifResults(r)
		run.Invocations = []sarifInvocation{sarifInvocationOf(r, len(list), left)}

		rules := map[string]int{}
		for _, f := range list {
			rules[f.Rule] = 0
			s.want(f)
		}
		for i, id := range slices.Sorted(maps.Keys(rules)) {
			rule, err := newSARIFRule(id)
			if err != nil {
				return err
			}
			rules[id] = i
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
		}
		for f, lines := range s.hashes {
			lineHashes(f.Data, lines)
		}
		for _, f := range list {
			run.Results = append(run.Results, s.result(f, rules[f.Rule]))
		}
		return writeJSON(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
	}
}

// sarifResults are the findings and the suppressed ones, and how many more
// there are than the format's readers take.
func sarifResults(r *review.Result) (list []*finding.Finding, left int) {
	list = current(r)
	if all := len(list) + len(r.Suppressed); all <= sarifMostResults {
		for i := range r.Suppressed {
			list = append(list, &r.Suppressed[i])
		}
		return list, 0
	}
	if len(list) <= sarifMostResults {
		return list, len(r.Suppressed)
	}
	keep := map[*finding.Finding]bool{}
	for _, f := range worstFirst(list)[:sarifCutResults] {
		keep[f] = true
	}
	left = len(list) - sarifCutResults + len(r.Suppressed)
	return slices.DeleteFunc(list, func(f *finding.Finding) bool { return !keep[f] }), left
}

// sarifInvocationOf says what the results do not hold.
func sarifInvocationOf(r *review.Result, shown, left int) sarifInvocation {
	i := sarifInvocation{ExecutionSuccessful: len(r.Failures) == 0}
	note := func(level, text string) {
		i.Notifications = append(i.Notifications, sarifNotification{Level: level, Message: sarifText{Text: text}})
	}
	for _, err := range r.Failures {
		note("error", err.Error())
	}
	if left > 0 {
		note("warning", fmt.Sprintf("Of %d results the gravest %d are here: code scanning takes at most %d.", shown+left, shown, sarifMostResults))
	}
	return i
}

// A sarifWriter knows the lines and columns of the files it writes about.
type sarifWriter struct {
	columns columns
	hashes  map[*manifest.File]map[int]string // of the lines with a finding
}

func (s sarifWriter) want(f *finding.Finding) {
	if s.hashes[f.File] == nil {
		s.hashes[f.File] = map[int]string{}
	}
	s.hashes[f.File][f.Range.Start.Line] = ""
}

func (s sarifWriter) result(f *finding.Finding, rule int) sarifResult {
	out := sarifResult{
		RuleID:        f.Rule,
		RuleIndex:     rule,
		Level:         severityWord(f.Severity, "note"),
		Message:       sarifText{Text: advice(f)},
		Locations:     []sarifLocation{{PhysicalLocation: s.place(f.File, f.Range)}},
		Fingerprints:  sarifFingerprints{Line: s.hashes[f.File][f.Range.Start.Line], Own: f.Fingerprint()},
		BaselineState: sarifBaseline(f.Status),
	}
	for i, r := range f.Related {
		if i == sarifMostRelated {
			break
		}
		id := i + 1
		out.Related = append(out.Related, sarifLocation{ID: id, PhysicalLocation: s.place(r.File, r.Range), Message: &sarifText{Text: r.Message}})
		out.Message.Text += fmt.Sprintf("\nsee [%s](%d)", linkText.Replace(r.Message), id)
	}
	if f.Suppression != nil {
		out.Suppressions = []sarifSuppression{newSARIFSuppression(f.Suppression)}
	}
	return out
}

func (s sarifWriter) place(f *manifest.File, at manifest.Range) sarifPlace {
	at = firstLine(f, at)
	return sarifPlace{
		ArtifactLocation: sarifArtifact{URI: relativeURI(f.Name)},
		Region: sarifRegion{
			StartLine: at.Start.Line, StartColumn: s.columns.utf16(f, at.Start),
			EndLine: at.End.Line, EndColumn: s.columns.utf16(f, at.End),
		},
	}
}
