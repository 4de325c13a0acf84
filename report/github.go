package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/review"
)

// GitHub shows so many annotations of each level a step, and drops the rest
// without a word.
const githubMostOfLevel = 10

// githubMostText keeps a message below the 64 KiB that an annotation holds.
const githubMostText = 60000

// github writes workflow commands, which GitHub Actions shows as annotations
// in the diff: errors first, new ones before old ones, those that the diff
// shows before the rest. The last annotation that GitHub would show of a level
// says how many more there are.
func github(w io.Writer, r *review.Result, _ Options) error {
	b := bufio.NewWriter(w)
	list := worstFirst(reported(r))
	for len(list) > 0 {
		severity := list[0].Severity
		n := slices.IndexFunc(list, func(f *finding.Finding) bool { return f.Severity != severity })
		if n < 0 {
			n = len(list)
		}
		githubLevel(b, severity, list[:n])
		list = list[n:]
	}
	return b.Flush()
}

func githubLevel(w io.Writer, s finding.Severity, list []*finding.Finding) {
	shown, more := list, []*finding.Finding(nil)
	if len(list) > githubMostOfLevel {
		shown, more = list[:githubMostOfLevel-1], list[githubMostOfLevel-1:]
	}
	for _, f := range shown {
		githubCommand(w, s, f, f.Rule, advice(f))
	}
	if len(more) > 0 {
		title := fmt.Sprintf("%d more %ss", len(more), s)
		githubCommand(w, s, more[0], title, fmt.Sprintf("GitHub shows %d annotations of a level; %s are in %s", githubMostOfLevel, title, perFile(more)))
	}
}

// githubCommand writes one annotation at the place of a finding.
func githubCommand(w io.Writer, s finding.Severity, f *finding.Finding, title, message string) {
	at := firstLine(f.File, f.Range)
	fmt.Fprintf(w, "::%s title=%s,file=%s,line=%d,endLine=%d,col=%d,endColumn=%d::%s\n", severityWord(s, "notice"),
		githubProperty.Replace(visible(title)), githubProperty.Replace(f.File.Name), at.Start.Line, at.End.Line, at.Start.Column, at.End.Column,
		githubMessage.Replace(cut(visible(message), githubMostText)))
}

// The characters that end a workflow command's message or property.
var (
	githubMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// perFile counts findings by file, the files with most of them first:
// web.yaml (12), cart.yaml (2) and 3 more files.
func perFile(list []*finding.Finding) string {
	const most = 10
	counts := map[string]int{}
	var names []string
	for _, f := range list {
		if counts[f.File.Name] == 0 {
			names = append(names, f.File.Name)
		}
		counts[f.File.Name]++
	}
	slices.Sort(names)
	slices.SortStableFunc(names, func(a, b string) int { return counts[b] - counts[a] })
	var parts []string
	for _, name := range names[:min(most, len(names))] {
		parts = append(parts, fmt.Sprintf("%s (%d)", name, counts[name]))
	}
	text := strings.Join(parts, ", ")
	if more := len(names) - most; more > 0 {
		text += " and " + count(more, "more file", "more files")
	}
	return text
}
