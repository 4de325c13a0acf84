package report

import "github.com/rollcast/rollcast/finding"

// A style is a list of SGR codes, in the form that stands between ESC [ and m.
// The sixteen basic colours only: the reader's terminal gives them their shade.
type style string

const (
	plain   style = ""
	bold    style = "1"
	dim     style = "2"
	red     style = "31"
	green   style = "32"
	yellow  style = "33"
	blue    style = "34"
	cyan    style = "36"
	boldRed style = "1;31"
)

// A palette paints, or does not: colour is decided once, by the caller.
type palette struct{ on bool }

// paint wraps s in the style. Nothing is wrapped twice, so a reset ends it.
func (p palette) paint(st style, s string) string {
	if !p.on || st == plain || s == "" {
		return s
	}
	return "\x1b[" + string(st) + "m" + s + "\x1b[0m"
}

// severityStyle is the colour that a severity has everywhere.
func severityStyle(s finding.Severity) style {
	switch s {
	case finding.Error:
		return boldRed
	case finding.Warning:
		return "1;33"
	case finding.Info:
		return "1;36"
	default:
		panic("report: unknown severity")
	}
}
