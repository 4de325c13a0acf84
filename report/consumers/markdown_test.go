package consumers

import (
	"encoding/xml"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// A node is an element of cmark-gfm's XML.
type node struct {
	XMLName  xml.Name
	Text     string `xml:",chardata"`
	Children []node `xml:",any"`
}

// text is what a reader sees of the node, with \n for a line break.
func (n node) text() string {
	switch n.XMLName.Local {
	case "text", "code":
		return n.Text
	case "html_inline":
		if n.Text == "<br>" {
			return "\n"
		}
		return "" // <code>, and the comment that parts @ from a name
	}
	var b strings.Builder
	for _, c := range n.Children {
		b.WriteString(c.text())
	}
	return b.String()
}

// rows are the rows of every table in the tree, below its head.
func (n node) rows() [][]string {
	var out [][]string
	if n.XMLName.Local == "table_row" {
		var row []string
		for _, c := range n.Children {
			row = append(row, c.text())
		}
		return append(out, row)
	}
	for _, c := range n.Children {
		out = append(out, c.rows()...)
	}
	return out
}

// TestMarkdown: GitHub's own parser sees one row for each finding, and in it
// the very text.
func TestMarkdown(t *testing.T) {
	if _, err := exec.LookPath("cmark-gfm"); err != nil {
		if os.Getenv("CONSUMERS") == "all" {
			t.Fatal(err)
		}
		t.Skip("cmark-gfm is not installed")
	}
	cmd := exec.Command("cmark-gfm", "-t", "xml", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tagfilter", goldens+"/lint-nasty.md")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var doc node
	if err := xml.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	rows, want := doc.rows(), findings(t, "lint-nasty")
	if len(rows) != len(want) {
		t.Fatalf("%d rows of %d findings:\n%s", len(rows), len(want), out)
	}
	for _, f := range want {
		message := strings.ReplaceAll(shown.Replace(f.Message), "\r", `\r`)
		found := false
		for _, row := range rows {
			found = found || len(row) == 3 && strings.HasSuffix(row[0], " "+f.Severity) && strings.HasPrefix(row[1], f.File+":") &&
				strings.HasPrefix(squeeze(row[2]), squeeze(message)+"\n") && strings.HasSuffix(row[2], "\n"+f.Rule)
		}
		if !found {
			t.Errorf("no row reads %q", message)
		}
	}
}

// squeeze leaves out the blanks beside line breaks, which nobody sees.
func squeeze(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}
