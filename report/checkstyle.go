package report

import (
	"encoding/xml"
	"io"

	"github.com/rollcast/rollcast/review"
)

// checkstyleVersion is the version of Checkstyle whose reports these look like.
const checkstyleVersion = "4.3"

type checkstyleReport struct {
	XMLName xml.Name         `xml:"checkstyle"`
	Version string           `xml:"version,attr"`
	Files   []checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr"`
	Column   int    `xml:"column,attr"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

// checkstyle writes a report as Checkstyle does, for Jenkins and others.
// Jenkins takes what follows the last dot of a source for the rule, so every
// source has one.
func checkstyle(w io.Writer, r *review.Result, _ Options) error {
	out := checkstyleReport{Version: checkstyleVersion}
	for _, f := range reported(r) {
		name := visible(f.File.Name)
		if n := len(out.Files); n == 0 || out.Files[n-1].Name != name {
			out.Files = append(out.Files, checkstyleFile{Name: name})
		}
		file := &out.Files[len(out.Files)-1]
		file.Errors = append(file.Errors, checkstyleError{
			Line:     f.Range.Start.Line,
			Column:   f.Range.Start.Column,
			Severity: severityWord(f.Severity, "info"),
			Message:  visible(advice(f)),
			Source:   visible("rollcast." + f.Rule),
		})
	}
	return writeXML(w, out)
}
