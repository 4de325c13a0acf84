package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/review"
)

// A gitlabIssue is an entry of GitLab's Code Quality report.
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// gitlab writes a Code Quality report, which GitLab compares with that of the
// target branch by its fingerprints.
func gitlab(w io.Writer, r *review.Result, _ Options) error {
	issues := []gitlabIssue{}
	seen := map[string]int{}
	for _, f := range reported(r) {
		at := firstLine(f.File, f.Range)
		issues = append(issues, gitlabIssue{
			Description: advice(f),
			CheckName:   f.Rule,
			Fingerprint: gitlabFingerprint(f, seen),
			Severity:    gitlabSeverity(f.Severity),
			Location:    gitlabLocation{f.File.Name, gitlabLines{at.Start.Line, at.End.Line}},
		})
	}
	return writeJSON(w, issues)
}

// gitlabFingerprint is the finding's, made unique: of two entries with one
// fingerprint GitLab keeps the last. The second and further ones of a field are
// told apart by their number.
func gitlabFingerprint(f *finding.Finding, seen map[string]int) string {
	own := f.Fingerprint()
	seen[own]++
	if seen[own] == 1 {
		return own
	}
	h := sha256.Sum256(fmt.Appendf(nil, "%s#%d", own, seen[own]))
	return hex.EncodeToString(h[:16])
}

func gitlabSeverity(s finding.Severity) string {
	switch s {
	case finding.Error:
		return "major"
	case finding.Warning:
		return "minor"
	case finding.Info:
		return "info"
	}
	panic("unknown severity")
}
