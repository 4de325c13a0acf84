package ruletest

import (
	"embed"
	"fmt"
	"path"
	"strings"

	"github.com/rollcast/rollcast/rules/folder"
)

//go:embed scaffold
var scaffold embed.FS

// placeholder is the name of the rule in the files of scaffold.
const placeholder = "rule-name"

// Scaffold is the files of a new rule's folder, by name: a rule that works, with
// a parameter and passing tests, to be changed into the one that is meant.
func Scaffold(id string) (map[string][]byte, error) {
	if !folder.ID.MatchString(id) {
		return nil, fmt.Errorf("%q is no name for a rule: write lower case letters, digits and hyphens, as in peak-below-60", id)
	}
	entries, err := scaffold.ReadDir("scaffold")
	if err != nil {
		return nil, err
	}
	written := map[string][]byte{}
	for _, entry := range entries {
		text, err := scaffold.ReadFile(path.Join("scaffold", entry.Name()))
		if err != nil {
			return nil, err
		}
		// The .txt keeps the templates out of the tests of shipped rules.
		written[strings.TrimSuffix(entry.Name(), ".txt")] = []byte(strings.ReplaceAll(string(text), placeholder, id))
	}
	return written, nil
}
