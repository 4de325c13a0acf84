package report_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
)

// A gitlabIssue has the keys that GitLab's parser validates, and check_name.
type gitlabIssue struct {
	Description *string `json:"description"`
	CheckName   *string `json:"check_name"`
	Fingerprint *string `json:"fingerprint"`
	Severity    *string `json:"severity"`
	Location    *struct {
		Path  string                   `json:"path"`
		Lines struct{ Begin, End int } `json:"lines"`
	} `json:"location"`
}

func gitlabIssues(t *testing.T, r *review.Result) []gitlabIssue {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(render(t, "gitlab", report.Lint, r, report.Options{})))
	d.DisallowUnknownFields()
	var issues []gitlabIssue
	if err := d.Decode(&issues); err != nil {
		t.Fatal(err)
	}
	if issues == nil {
		t.Fatal("no list")
	}
	return issues
}

// TestGitLab: GitLab stops reading at the first entry that lacks a key, and
// keeps one entry of each fingerprint.
func TestGitLab(t *testing.T) {
	for name, r := range map[string]*review.Result{"nasty": nastyFindings(t), "refused": refused(t), "decided": decided(t), "many": many(t, 3000), "empty": {}} {
		seen := map[string]bool{}
		for i, issue := range gitlabIssues(t, r) {
			if issue.Description == nil || issue.CheckName == nil || issue.Fingerprint == nil || issue.Severity == nil || issue.Location == nil {
				t.Fatalf("%s: entry %d lacks a key", name, i)
			}
			if seen[*issue.Fingerprint] {
				t.Errorf("%s: entry %d has the fingerprint of another", name, i)
			}
			seen[*issue.Fingerprint] = true
			if !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, *issue.Severity) {
				t.Errorf("%s: severity %s", name, *issue.Severity)
			}
			if l := issue.Location; l.Path == "" || strings.HasPrefix(l.Path, "./") || l.Lines.Begin < 1 || l.Lines.End < l.Lines.Begin {
				t.Errorf("%s: place %+v", name, l)
			}
		}
	}
}

// TestGitLabFingerprints: they are stable when lines move, and of three
// findings on one field none hides another.
func TestGitLabFingerprints(t *testing.T) {
	prints := func(text string) (list []string) {
		f := parse(t, "a.yaml", text+"apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n")
		var r review.Result
		for range 3 {
			r.Findings = append(r.Findings, finding.Finding{Rule: "house/name", Severity: finding.Error, File: f, Document: f.Documents[0], Range: at(t, f, "web"), Message: "m"})
		}
		for _, issue := range gitlabIssues(t, &r) {
			list = append(list, *issue.Fingerprint)
		}
		return list
	}
	here, moved := prints(""), prints("# a comment\n\n\n")
	if len(here) != 3 || !slices.Equal(here, moved) {
		t.Errorf("%v became %v", here, moved)
	}
}
