package ruletest

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/finding"
)

// A Want is a finding that a manifest expects on one of its lines:
//
//	livenessProbe: # want "can kill container \"web\" after 20 s"
//
// The text is a Go string that holds a regular expression for the message;
// several may follow one another.
type Want struct {
	Line    int
	Message *regexp.Regexp
}

// Wants reads the expectations of a manifest.
func Wants(data []byte) ([]Want, error) {
	var wants []Want
	line := 0
	for text := range bytes.Lines(data) {
		line++
		_, rest, found := strings.Cut(string(text), "# want ")
		for rest = strings.TrimSpace(rest); found && rest != ""; rest = strings.TrimSpace(rest) {
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				return nil, fmt.Errorf("line %d: want needs quoted expressions: %s", line, rest)
			}
			rest = rest[len(quoted):]
			pattern, err := strconv.Unquote(quoted)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", line, err)
			}
			message, err := regexp.Compile(pattern)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", line, err)
			}
			wants = append(wants, Want{line, message})
		}
	}
	return wants, nil
}

// Compare lists what differs between the findings and the expectations: a
// finding nobody wants, and a want that nothing fulfils.
func Compare(wants []Want, findings []finding.Finding) []string {
	var faults []string
	used := make([]bool, len(wants))
next:
	for _, f := range findings {
		for i, w := range wants {
			if !used[i] && w.Line == f.Range.Start.Line && w.Message.MatchString(f.Message) {
				used[i] = true
				continue next
			}
		}
		faults = append(faults, "unexpected "+strings.TrimSpace(Print([]finding.Finding{f})))
	}
	for i, w := range wants {
		if !used[i] {
			faults = append(faults, fmt.Sprintf("line %d: nothing says %q", w.Line, w.Message))
		}
	}
	return faults
}
