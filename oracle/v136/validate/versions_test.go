package validate

import (
	"os"
	"strings"
	"testing"
)

// TestVersionTable asks the server about each text of schema/testdata/versions.txt,
// which has a column for each minor.
func TestVersionTable(t *testing.T) {
	data, err := os.ReadFile("../../../schema/testdata/versions.txt")
	if err != nil {
		t.Fatal(err)
	}
	const column = minor - 25
	places := map[string]string{}
	asked := 0
	for _, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		verdicts, rest, _ := strings.Cut(line, " ")
		place, text, _ := strings.Cut(strings.TrimSpace(rest), " ")
		if verdicts == "place" {
			places[place] = strings.TrimSpace(text)
			continue
		}
		server, err := Create([]byte(strings.Replace(places[place], "@", text, 1)), YAML)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if asked++; server.Accepted != (verdicts[column] == 'a') {
			t.Errorf("%s\nthe server of 1.%d: %s", line, minor, answer(server))
		}
	}
	if asked < 100 {
		t.Errorf("the server was asked about %d texts only", asked)
	}
}
