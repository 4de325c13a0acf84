//go:build ignore

// gen writes what is generated from the rule folders: the Go
// catalogue and the pages of docs/rules.
package main

import (
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/rollcast/rollcast/rules/ruletest"
)

func main() {
	log.SetFlags(0)
	generated, err := ruletest.Generate(os.DirFS("."))
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(generated)) {
		name, text := filepath.FromSlash(name), generated[name]
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
