//go:build ignore

// Generate compiles schema/*.cue into schema/kinds/table.go.
package main

import (
	"fmt"
	"os"

	"github.com/rollcast/rollcast/schema/compile"
	"github.com/rollcast/rollcast/schema/evaluate"
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
	e, err := evaluate.New(compile.Files(sources))
	if err != nil {
		return err
	}
	named, err := compile.Table(sources, e)
	if err != nil {
		return err
	}
	text, err := named.Source()
	if err != nil {
		return err
	}
	return os.WriteFile("kinds/table.go", text, 0o666)
}
