package schema

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/manifest"
)

// TestVersionTable judges each text of testdata/versions.txt by each minor.
// UPDATE=1 writes down what it says; the API servers are asked in oracle/.
func TestVersionTable(t *testing.T) {
	const name = "testdata/versions.txt"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]string{}
	lines := strings.Split(string(data), "\n")
	var accepted, rejected [Newest + 1]int
	var texts strings.Builder
	for i, line := range lines {
		if line == "" || line[0] == '#' {
			continue
		}
		verdicts, rest, _ := strings.Cut(line, " ")
		place, text, _ := strings.Cut(strings.TrimSpace(rest), " ")
		if verdicts == "place" {
			places[place] = strings.TrimSpace(text)
			continue
		}
		texts.WriteString(places[place] + text + "\n")
		doc := strings.Replace(places[place], "@", text, 1)
		file := manifest.Parse("x.yaml", []byte(doc), manifest.Options{})
		if len(file.Problems) > 0 || places[place] == "" {
			t.Fatalf("%s: %v", line, file.Problems)
		}
		got := ""
		for minor := Oldest; minor <= Newest; minor++ {
			if len(errorsOf(Check(file.Documents[0], Options{Minor: minor}))) > 0 {
				got += "r"
				rejected[minor]++
			} else {
				got += "a"
				accepted[minor]++
			}
		}
		if got != verdicts {
			t.Errorf("%s: we say %s", line, got)
			lines[i] = got + " " + rest
		}
	}
	for minor := Oldest; minor <= Newest; minor++ {
		if accepted[minor] < 30 || rejected[minor] < 30 {
			t.Errorf("1.%d accepts %d and rejects %d", minor, accepted[minor], rejected[minor])
		}
	}
	everyChange(t, texts.String())
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// everyChange compares the texts with the fields and values that came or went:
// each must be in one of them. What is status is never judged. Of a kind of which
// we have the shape alone no server is asked: TestSince compares it with Go.
func everyChange(t *testing.T, texts string) {
	t.Helper()
	data, err := os.ReadFile("testdata/since.txt")
	if err != nil {
		t.Fatal(err)
	}
	shapes, err := os.ReadFile("shapes.cue")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		m := sinceLine.FindStringSubmatch(line)
		_, kind, _ := strings.Cut(m[1], ".")
		if regexp.MustCompile(`kind!:\s*"` + kind + `"`).Match(shapes) {
			continue
		}
		if strings.Contains(m[2], "status.") || strings.Contains(m[2], "ephemeralContainers") {
			continue
		}
		word := m[2][strings.LastIndexByte(m[2], '.')+1:]
		if m[3] != "" {
			if word = m[3][1:]; !isValue(word) {
				continue
			}
		}
		if !strings.Contains(texts, strings.TrimSuffix(word, "[]")) {
			t.Errorf("%s: no text has it", line)
		}
	}
}

// isValue reports whether some enumeration of the table has a value; other
// constants of Go are suggestions.
func isValue(word string) bool {
	for i := range builtin.tab.Types {
		for _, v := range builtin.tab.Types[i].Values {
			if v.Value == word {
				return true
			}
		}
	}
	return false
}
