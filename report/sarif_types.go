package report

import (
	"net/url"
	"strings"

	"github.com/rollcast/rollcast/finding"
)

const (
	sarifSchema   = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sarifMostText = 1024 // characters of a rule's descriptions
)

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver sarifDriver `json:"driver"`
	} `json:"tool"`
	AutomationDetails struct {
		ID          string    `json:"id"`
		Description sarifText `json:"description"`
	} `json:"automationDetails"`
	Invocations []sarifInvocation `json:"invocations"`
	ColumnKind  string            `json:"columnKind"`
	Results     []sarifResult     `json:"results"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version,omitempty"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID       string    `json:"id"`
	Short    sarifText `json:"shortDescription"`
	Full     sarifText `json:"fullDescription"`
	Help     sarifText `json:"help"`
	HelpURI  string    `json:"helpUri,omitempty"`
	Defaults struct {
		Level string `json:"level"`
	} `json:"defaultConfiguration"`
	Properties struct {
		Tags      []string `json:"tags"`
		Precision string   `json:"precision"`
		Problem   string   `json:"problem.severity"`
	} `json:"properties"`
}

type sarifText struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifInvocation struct {
	ExecutionSuccessful bool                `json:"executionSuccessful"`
	Notifications       []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	Level   string    `json:"level"`
	Message sarifText `json:"message"`
}

type sarifResult struct {
	RuleID        string             `json:"ruleId"`
	RuleIndex     int                `json:"ruleIndex"`
	Level         string             `json:"level"`
	Message       sarifText          `json:"message"`
	Locations     []sarifLocation    `json:"locations"`
	Related       []sarifLocation    `json:"relatedLocations,omitempty"`
	Fingerprints  sarifFingerprints  `json:"partialFingerprints"`
	BaselineState string             `json:"baselineState,omitempty"`
	Suppressions  []sarifSuppression `json:"suppressions,omitempty"`
}

type sarifLocation struct {
	ID               int        `json:"id,omitempty"`
	PhysicalLocation sarifPlace `json:"physicalLocation"`
	Message          *sarifText `json:"message,omitempty"`
}

type sarifPlace struct {
	ArtifactLocation sarifArtifact `json:"artifactLocation"`
	Region           sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

type sarifFingerprints struct {
	Line string `json:"primaryLocationLineHash,omitempty"`
	Own  string `json:"rollcast/v1"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Justification string `json:"justification,omitempty"`
}

func newSARIFRule(id string) (sarifRule, error) {
	t, err := describe(id)
	r := sarifRule{ID: id, HelpURI: t.url}
	r.Short.Text = cut(t.title, sarifMostText)
	r.Full.Text = cut(t.summary, sarifMostText)
	r.Help = sarifText{Text: t.summary, Markdown: t.page}
	r.Defaults.Level = severityWord(t.severity, "note")
	r.Properties.Tags = []string{"kubernetes", t.family}
	r.Properties.Precision = sarifPrecision(t.confidence)
	r.Properties.Problem = severityWord(t.severity, "recommendation")
	return r, err
}

func newSARIFSuppression(s *finding.Suppression) sarifSuppression {
	kind := "external"
	if s.InSource {
		kind = "inSource"
	}
	return sarifSuppression{kind, s.Reason}
}

// sarifPrecision is GitHub's word for a confidence.
func sarifPrecision(confidence string) string {
	if confidence == "certain" {
		return "very-high"
	}
	return confidence
}

func sarifBaseline(s finding.Status) string {
	switch s {
	case finding.New:
		return "new"
	case finding.Unchanged:
		return "unchanged"
	case finding.Fixed:
		return "absent"
	}
	return ""
}

// linkText escapes the label of a link in a SARIF message.
var linkText = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`)

// relativeURI is a file's name as a URI. A colon is escaped too, since in the
// first part it would end a scheme.
func relativeURI(name string) string {
	parts := strings.Split(name, "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(p), ":", "%3A")
	}
	return strings.Join(parts, "/")
}

func orDefault(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
