package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"slices"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/rules"
)

// rdLongestLine is how long a line may be: reviewdog gives up the whole input
// at a line of 64 KiB.
const rdLongestLine = 60000

// An rdDiagnostic is a line of reviewdog's diagnostic format.
type rdDiagnostic struct {
	Message     string         `json:"message"`
	Location    rdLocation     `json:"location"`
	Severity    string         `json:"severity"`
	Source      rdSource       `json:"source"`
	Code        rdCode         `json:"code"`
	Suggestions []rdSuggestion `json:"suggestions,omitempty"`
	Related     []rdRelated    `json:"relatedLocations,omitempty"`
}

type rdLocation struct {
	Path  string  `json:"path"`
	Range rdRange `json:"range"`
}

type rdRange struct {
	Start rdPosition `json:"start"`
	End   rdPosition `json:"end"` // after the last character
}

type rdPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"` // in bytes, from 1
}

type rdSource struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type rdCode struct {
	Value string `json:"value"`
	URL   string `json:"url,omitempty"`
}

type rdSuggestion struct {
	Range rdRange `json:"range"`
	Text  string  `json:"text"`
}

type rdRelated struct {
	Message  string     `json:"message"`
	Location rdLocation `json:"location"`
}

// rdjsonl writes a line of JSON for each finding, with its fix as a suggestion
// that a reviewer can accept.
func rdjsonl(w io.Writer, r *review.Result, _ Options) error {
	c := columns{}
	for _, f := range reported(r) {
		d := rdDiagnostic{
			Message:     advice(f),
			Location:    c.rdLocation(f.File, firstLine(f.File, f.Range)),
			Severity:    rdSeverity(f.Severity),
			Source:      rdSource{"rollcast", homepage},
			Code:        rdCode{Value: f.Rule},
			Suggestions: c.rdSuggestions(f),
		}
		if _, ok := rules.Find(f.Rule); ok {
			d.Code.URL = rulePage + f.Rule + ".md"
		}
		for _, related := range f.Related {
			d.Related = append(d.Related, rdRelated{related.Message, c.rdLocation(related.File, firstLine(related.File, related.Range))})
		}
		line, err := rdLine(d)
		if err != nil {
			return err
		}
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return nil
}

// rdLine is the diagnostic as one line. What makes it too long is left out:
// the suggestion, then related places, then the end of the message.
func rdLine(d rdDiagnostic) ([]byte, error) {
	for _, shorten := range []func(){
		func() {},
		func() { d.Suggestions = nil },
		func() { d.Related = nil },
		func() { d.Message = cut(d.Message, rdLongestLine/8) }, // a byte becomes at most six, \u001b
	} {
		shorten()
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(d); err != nil || b.Len() <= rdLongestLine {
			return b.Bytes(), err
		}
	}
	d.Code.Value, d.Location.Path = cut(d.Code.Value, 100), cut(d.Location.Path, 1000)
	line, err := json.Marshal(d)
	return append(line, '\n'), err
}

func (c columns) rdLocation(f *manifest.File, at manifest.Range) rdLocation {
	return rdLocation{f.Name, c.rdRange(f, at)}
}

func (c columns) rdRange(f *manifest.File, at manifest.Range) rdRange {
	return rdRange{
		rdPosition{at.Start.Line, c.bytes(f, at.Start)},
		rdPosition{at.End.Line, c.bytes(f, at.End)},
	}
}

// rdSuggestions are the fix as one suggestion from its first edit to its last:
// reviewdog shows several as alternatives. An edit of another file has no
// place in the format, and half a fix is none.
func (c columns) rdSuggestions(f *finding.Finding) []rdSuggestion {
	if f.Fix == nil || len(f.Fix.Edits) == 0 {
		return nil
	}
	edits := slices.SortedStableFunc(slices.Values(f.Fix.Edits), func(a, b finding.Edit) int { return cmp.Compare(a.Start, b.Start) })
	var text bytes.Buffer
	end := edits[0].Start
	for _, e := range edits {
		if e.File != f.File || e.Start < end || e.End < e.Start || e.End > len(f.File.Data) || e.Start-end > rdLongestLine {
			return nil
		}
		text.Write(f.File.Data[end:e.Start])
		text.WriteString(e.Text)
		end = e.End
	}
	at := manifest.Range{Start: f.File.Pos(edits[0].Start), End: f.File.Pos(end)}
	return []rdSuggestion{{c.rdRange(f.File, at), text.String()}}
}

func rdSeverity(s finding.Severity) string {
	switch s {
	case finding.Error:
		return "ERROR"
	case finding.Warning:
		return "WARNING"
	case finding.Info:
		return "INFO"
	}
	panic("unknown severity")
}
