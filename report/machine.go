package report

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/review"
)

// Where programs send people who want to know more.
const (
	homepage = "https://github.com/rollcast/rollcast"
	rulePage = homepage + "/blob/main/docs/rules/"
)

// current are the findings of the files as they are now. The places of fixed
// ones are in the base's files, where no program looks.
func current(r *review.Result) []*finding.Finding {
	return inStatus(r, func(s finding.Status) bool { return s != finding.Fixed })
}

// reported are the findings that a format without a word for old ones carries:
// in a review with a base only what the change brings.
func reported(r *review.Result) []*finding.Finding {
	if r.Base == "" {
		return current(r)
	}
	return inStatus(r, func(s finding.Status) bool { return s != finding.Fixed && s != finding.Unchanged })
}

func inStatus(r *review.Result, wanted func(finding.Status) bool) []*finding.Finding {
	list := make([]*finding.Finding, 0, len(r.Findings))
	for i := range r.Findings {
		if f := &r.Findings[i]; wanted(f.Status) {
			list = append(list, f)
		}
	}
	return list
}

// worstFirst orders findings for surfaces that show only the first few: by
// severity, new before old, what the change touches before the rest, else as
// they were, by file and place.
func worstFirst(list []*finding.Finding) []*finding.Finding {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b *finding.Finding) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), statusRank(a.Status)-statusRank(b.Status), cmp.Compare(b.Nearness, a.Nearness))
	})
	return sorted
}

func statusRank(s finding.Status) int {
	if s == finding.Unchanged {
		return 1
	}
	return 0
}

// advice is the message, and below it the way to repair it.
func advice(f *finding.Finding) string {
	if f.Fix == nil {
		return f.Message
	}
	return f.Message + "\n" + fixLabel(f.Fix) + " " + f.Fix.Description
}

// firstLine is a range up to the end of its first line. Surfaces that show
// only what lies in a diff need all lines of a range to be in it.
func firstLine(f *manifest.File, at manifest.Range) manifest.Range {
	if at.End.Line == at.Start.Line {
		return at
	}
	at.End = at.Start
	if at.Start.Byte < len(f.Data) {
		line, _, _ := bytes.Cut(f.Data[at.Start.Byte:], []byte{'\n'})
		line = bytes.TrimRight(line, " \t\r")
		at.End.Byte += len(line)
		at.End.Column += utf8.RuneCount(line)
	}
	return at
}

// visible is clean for surfaces that have lines: what acts on the reader
// instead of showing is written as an escape, line breaks and tabs stay.
func visible(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return hidden(r) && !isLayout(r) }) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if isLayout(r) {
			b.WriteRune(r)
		} else {
			writeClean(&b, r, s[i:i+size])
		}
		i += size
	}
	return b.String()
}

func isLayout(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }

// cut shortens text to at most so many bytes, the … at its end included.
func cut(s string, limit int) string {
	const more = "…"
	if len(s) <= limit {
		return s
	}
	end := limit - len(more)
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + more
}

// severityWord is a severity in the words that most formats share; they differ
// in what they call an info.
func severityWord(s finding.Severity, info string) string {
	switch s {
	case finding.Error:
		return "error"
	case finding.Warning:
		return "warning"
	case finding.Info:
		return info
	}
	panic("unknown severity")
}
