package suppress

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// RuleStale is the info about an entry of a baseline that nothing matches any
// more.
const RuleStale = "config/baseline-stale"

// A Baseline is a list of known findings. It is a text of one line each: the
// finding's identity, then, for people, its rule, file, object and message.
// Only the identity is compared, and, where it occurs several times, the file;
// so lines may shift, documents be reordered and files move.
type Baseline struct {
	file    *manifest.File
	entries []entry
}

type entry struct {
	identity string
	rule     string
	file     string         // relative to the baseline's folder
	at       manifest.Range // its line
}

const header = `# Findings that were there when rollcast lint --write-baseline wrote this file.
# They are not reported. Remove a line to have its finding reported again.
`

// columns are an entry's, separated by tabs: identity, rule, file, object,
// message. No name or message holds a tab that is not escaped.
var columns = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([0-9a-f]{32})\t([^\t]+)\t([^\t]+)\t([^\t]*)\t([^\t]*)$`)
})

// ReadBaseline reads a baseline from its text. The error names every line that
// is no entry.
func ReadBaseline(name string, data []byte) (*Baseline, error) {
	b := &Baseline{file: &manifest.File{Name: name, Data: data}}
	var errs []error
	start := 0
	for line := range strings.Lines(string(data)) {
		at := manifest.Range{Start: b.file.Pos(start), End: b.file.Pos(start + len(strings.TrimRight(line, "\r\n")))}
		start += len(line)
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		m := columns().FindStringSubmatch(line)
		if m == nil {
			errs = append(errs, fmt.Errorf("%s:%d:1: this line is no entry of a baseline; write the file again with rollcast lint --write-baseline", name, at.Start.Line))
			continue
		}
		b.entries = append(b.entries, entry{m[1], m[2], m[3], at})
	}
	return b, errors.Join(errs...)
}

// WriteBaseline is the text of a baseline of the findings. place makes a file's
// name relative to the folder of the baseline.
func WriteBaseline(found []finding.Finding, place func(file string) string) []byte {
	var lines []string
	for i := range found {
		f := &found[i]
		object := ""
		if f.Document != nil {
			object = strings.TrimSpace(f.Document.Label() + " " + f.Path.String())
		}
		lines = append(lines, strings.Join([]string{f.Identity(), f.Rule, oneCell(place(f.File.Name)), oneCell(object), oneCell(f.Message)}, "\t"))
	}
	// By what people read first, so that a diff shows what came and went.
	slices.SortFunc(lines, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.SplitN(a, "\t", 4)[2], strings.SplitN(b, "\t", 4)[2]), cmp.Compare(a[32:], b[32:]), cmp.Compare(a, b))
	})
	return []byte(header + strings.Join(append(lines, ""), "\n"))
}

var cell = strings.NewReplacer("\t", `\t`, "\n", `\n`, "\r", `\r`)

func oneCell(s string) string { return cell.Replace(s) }

// Apply splits findings into those to report and those that the baseline knows.
// An entry hides one finding: of two alike the one in the entry's file first.
// place makes a file's name relative to the folder of the baseline.
//
// Entries that hide nothing are returned as findings, for those rules and files
// of which ran says that they were judged.
func (b *Baseline) Apply(found []finding.Finding, place func(file string) string, ran func(rule, file string) bool) (kept, hidden, stale []finding.Finding) {
	left := map[string][]entry{}
	for _, e := range b.entries {
		left[e.identity] = append(left[e.identity], e)
	}
	known := make([]bool, len(found))
	for _, moved := range []bool{false, true} {
		for i := range found {
			identity := ""
			if !known[i] {
				identity = found[i].Identity()
			}
			n := slices.IndexFunc(left[identity], func(e entry) bool {
				return e.rule == found[i].Rule && (moved || e.file == oneCell(place(found[i].File.Name)))
			})
			if n >= 0 {
				known[i] = true
				left[identity] = slices.Delete(left[identity], n, n+1)
			}
		}
	}
	for i, f := range found {
		if !known[i] {
			kept = append(kept, f)
			continue
		}
		f.Suppression = &finding.Suppression{}
		hidden = append(hidden, f)
	}
	for _, e := range b.entries {
		if slices.Contains(left[e.identity], e) && ran(e.rule, e.file) {
			stale = append(stale, b.stale(e))
		}
	}
	return kept, hidden, stale
}

// stale is the finding about an entry.
func (b *Baseline) stale(e entry) finding.Finding {
	return finding.Finding{
		Rule:     RuleStale,
		Severity: finding.Info,
		Message:  fmt.Sprintf("%s is no longer found in %s; write the baseline again, or remove this line", e.rule, e.file),
		File:     b.file,
		Range:    e.at,
	}
}
