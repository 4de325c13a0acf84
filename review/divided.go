package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/workload"
)

// checkDivided says of each folder that is no single set which object two of
// its files hold, and what that costs: the joins that are lost.
func (r *run) checkDivided() {
	name := manifest.Keys("metadata", "name")
	for _, s := range r.layout.Splits {
		if !r.reported[s.Second.File] {
			continue
		}
		r.add(finding.Finding{
			Rule:     ruleSetDivided,
			Severity: finding.Info,
			Message: fmt.Sprintf("%s is also in %s, so %s is judged as %d separate sets%s",
				s.Second.Label(), s.First.File.Name, folderName(s.Folder), len(s.Sets), r.lost(s)),
			File:     s.Second.File,
			Document: s.Second,
			Set:      r.names[s.Second],
			Path:     name,
			Range:    s.Second.Range(name),
			Related:  []finding.Related{{File: s.First.File, Range: s.First.Range(name), Message: s.First.Label() + " is here too"}},
		})
	}
}

func folderName(folder string) string {
	if folder == "." {
		return "this folder"
	}
	return "folder " + folder
}

// maxNamed is how many objects a message names before it counts the rest.
const maxNamed = 3

// lost names the Services, PodDisruptionBudgets and HorizontalPodAutoscalers
// that meet a workload in the folder as a whole, and none in their own set.
func (r *run) lost(s manifest.Split) string {
	home := map[*manifest.Document]string{}
	var all []*manifest.Document
	for _, set := range r.layout.Sets {
		if slices.Contains(s.Sets, set.Name) {
			for _, d := range set.Documents {
				home[d] = set.Name
				all = append(all, d)
			}
		}
	}
	met := map[*manifest.Document]bool{} // true: a workload of its own set
	for _, w := range workload.Resolve(all, nil).Workloads {
		for _, d := range joinedWith(w) {
			met[d] = met[d] || home[d] == home[w.Document]
		}
	}
	var names []string
	for _, d := range all {
		if atHome, ok := met[d]; ok && !atHome {
			names = append(names, d.Label())
		}
	}
	more := ""
	if n := len(names) - maxNamed; n > 0 {
		names, more = names[:maxNamed], fmt.Sprintf(" and %d more", n)
	}
	switch {
	case len(names) == 0:
		return ""
	case len(names) == 1:
		return ": " + names[0] + " is cut off from its workload"
	}
	return ": " + strings.Join(names, ", ") + more + " are cut off from their workloads"
}

// joinedWith are the objects of the set that a workload is joined with.
func joinedWith(w *workload.Workload) []*manifest.Document {
	var docs []*manifest.Document
	for _, v := range w.Services {
		docs = append(docs, v.Document)
	}
	for _, v := range w.Budgets {
		docs = append(docs, v.Document)
	}
	for _, v := range w.Autoscalers {
		docs = append(docs, v.Document)
	}
	for _, v := range w.Claims {
		docs = append(docs, v.Document)
	}
	return docs
}

// byPlace orders documents by file and byte.
func byPlace(a, b *manifest.Document) int {
	return cmp.Or(cmp.Compare(a.File.Name, b.File.Name), cmp.Compare(a.Range(nil).Start.Byte, b.Range(nil).Start.Byte))
}
