package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/review"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Time     string       `xml:"time,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name      string        `xml:"name,attr"`
	ClassName string        `xml:"classname,attr"`
	Time      string        `xml:"time,attr"`
	Skipped   *string       `xml:"skipped"`
	Failure   *junitFailure `xml:"failure"`
	Output    string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// junit writes a suite for each file and two tests for each object, schema,
// what the API server says of it, and rules, everything else. Names stay the
// same from run to run, passed or failed, since test reports are compared by
// name. An error or a warning fails its test, an info is its output.
func junit(w io.Writer, r *review.Result, _ Options) error {
	out := junitSuites{Name: "rollcast, judged as Kubernetes " + r.KubernetesVersion, Time: "0"}
	for _, file := range testsOf(r) {
		s := junitSuite{Name: visible(file.name), Time: "0"}
		seen := map[string]int{}
		for _, object := range file.objects {
			label := "file"
			if object.document != nil {
				label = object.document.Label()
			}
			if seen[label]++; seen[label] > 1 {
				label += " #" + strconv.Itoa(seen[label])
			}
			s.add(label+": schema", object.schema.junit())
			if object.document != nil {
				s.add(label+": rules", object.rulesTest())
			}
		}
		out.Suites = append(out.Suites, s)
		out.Tests += s.Tests
		out.Failures += s.Failures
	}
	return writeXML(w, out)
}

func (s *junitSuite) add(name string, c junitCase) {
	c.Name, c.ClassName, c.Time = visible(name), s.Name, "0"
	s.Cases = append(s.Cases, c)
	s.Tests++
	if c.Failure != nil {
		s.Failures++
	}
	if c.Skipped != nil {
		s.Skipped++
	}
}

// rulesTest is the object's test of rules. Of an object that the API server
// would reject, rules judge only what the error leaves readable.
func (o *testObject) rulesTest() junitCase {
	c := o.rules.junit()
	if c.Failure == nil && o.schema.worst() == finding.Error {
		reason := "the API server would reject the object, so not every rule could judge it"
		c.Skipped = &reason
	}
	return c
}

// junit is the test that holds the findings: failed, skipped or passed.
func (t test) junit() junitCase {
	var c junitCase
	var failed, infos, hidden []string
	message := ""
	for _, f := range t.findings {
		line := visible(fmt.Sprintf("%d:%d: %s: %s [%s]", f.Range.Start.Line, f.Range.Start.Column, f.Severity, advice(f), f.Rule))
		if f.Severity == finding.Info {
			infos = append(infos, line)
			continue
		}
		if failed = append(failed, line); len(failed) == 1 {
			message = visible(f.Message)
		}
	}
	for _, f := range t.suppressed {
		hidden = append(hidden, visible(fmt.Sprintf("%d:%d: %s [%s] is ignored: %s", f.Range.Start.Line, f.Range.Start.Column, f.Message, f.Rule, suppressedBecause(f.Suppression))))
	}
	switch {
	case len(failed) > 0:
		if more := len(failed) - 1; more > 0 {
			message += fmt.Sprintf(" (and %d more)", more)
		}
		c.Failure = &junitFailure{Message: message, Type: t.worst().String(), Text: strings.Join(failed, "\n")}
		infos = append(infos, hidden...)
	case len(hidden) > 0:
		text := strings.Join(hidden, "\n")
		c.Skipped = &text
	}
	c.Output = strings.Join(infos, "\n")
	return c
}

func suppressedBecause(s *finding.Suppression) string {
	if s == nil || !s.InSource {
		return "the baseline has it"
	}
	return s.Reason
}
