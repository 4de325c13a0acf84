//go:build ignore

// Generate compiles schema/*.cue into schema/kinds/table.go.
package main

import (
	"fmt"
	"os"

	"github.com/rollcast/rollcast/schema/compile"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	sources, err := compile.Sources(os.DirFS("."))
	if err != nil {
		return err
	}
	named, err := compile.Table(sources)
	if err != nil {
		return err
	}
	text, err := named.Source()
	if err != nil {
		return err
	}
	return os.WriteFile("kinds/table.go", text, 0o666)
}
