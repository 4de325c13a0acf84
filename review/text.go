package review

import (
	"fmt"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// checkText turns what manifest noticed into findings: text that cannot be
// read, and folders that fall apart into several sets.
func (r *run) checkText() {
	for _, f := range r.in.Files {
		for _, p := range f.Problems {
			r.add(finding.Finding{Rule: "syntax", Severity: finding.Error, Message: p.Message, File: f, Range: p.Range})
		}
	}
	for _, s := range r.layout.Splits {
		r.add(dividedFinding(s))
	}
}

// dividedFinding says that a folder holds an object twice, and what that costs:
// objects of one part are not joined with those of another.
func dividedFinding(s manifest.Split) finding.Finding {
	second := s.Second.Range(manifest.Keys("metadata", "name"))
	return finding.Finding{
		Rule:     ruleSetDivided,
		Severity: finding.Info,
		Message: fmt.Sprintf("%s is also in %s, so %s is judged as %d separate sets: %s",
			s.Second.Label(), s.First.File.Name, folderName(s.Folder), len(s.Sets), joinsLost(s)),
		File:     s.Second.File,
		Document: s.Second,
		Path:     manifest.Keys("metadata", "name"),
		Range:    second,
		Related: []finding.Related{{
			File:    s.First.File,
			Range:   s.First.Range(manifest.Keys("metadata", "name")),
			Message: s.First.Label() + " is here too",
		}},
	}
}

func folderName(folder string) string {
	if folder == "." {
		return "the folder"
	}
	return "folder " + folder
}

// maxNamed is how many objects a message names before it counts the rest.
const maxNamed = 3

// joinsLost names the objects that lost what they could have been joined with.
func joinsLost(s manifest.Split) string {
	if len(s.Alone) == 0 {
		return "no Service, PodDisruptionBudget or HorizontalPodAutoscaler is cut off"
	}
	var names []string
	for _, d := range s.Alone[:min(len(s.Alone), maxNamed)] {
		names = append(names, d.Label())
	}
	more := ""
	if n := len(s.Alone) - maxNamed; n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(names, ", ") + more + " may be cut off from what they belong to"
}
