package cli

import (
	"fmt"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema"
	"github.com/rollcast/rollcast/schema/compile"
	"github.com/rollcast/rollcast/schema/evaluate"
)

// A verifier compares the table that judges documents with what CUE's own
// evaluator says of the same definitions.
type verifier struct {
	cue   *evaluate.Schema
	asked int
}

// refresh is after how many documents the definitions are evaluated anew: the
// evaluator keeps some of what it has seen.
const refresh = 1000

// verifySchema is where the two disagree, which is a fault of rollcast, and not
// of the document.
func verifySchema(files []*manifest.File) []error {
	var v verifier
	var errs []error
	for _, file := range files {
		for _, doc := range file.Documents {
			if err := v.compare(doc); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return errs
}

func (v *verifier) compare(doc *manifest.Document) error {
	table, known := schema.JudgePlain(doc)
	if !known {
		return nil
	}
	if v.asked%refresh == 0 {
		sources, err := compile.Sources(schema.Files)
		if err != nil {
			return fmt.Errorf("--verify-schema: %w", err)
		}
		if v.cue, err = evaluate.New(compile.Files(sources)); err != nil {
			return fmt.Errorf("--verify-schema: %w", err)
		}
	}
	v.asked++
	return disagreement(doc, table, v.cue.Accepts(table.Definition, table.Root))
}

// disagreement is nil where the table finds a fault if and only if CUE does.
func disagreement(doc *manifest.Document, table schema.Plain, cue error) error {
	if (len(table.Faults) == 0) == (cue == nil) {
		return nil
	}
	where := fmt.Sprintf("%s:%d", doc.File.Name, doc.KeyRange(nil).Start.Line)
	const report = "a bug of rollcast, please report it with the document"
	if cue != nil {
		return fmt.Errorf("%s: CUE refuses this %s, and rollcast's table does not (%s): %w", where, doc.Kind, report, cue)
	}
	f := table.Faults[0]
	return fmt.Errorf("%s: rollcast's table refuses this %s, and CUE does not (%s): %s: %s", where, doc.Kind, report, f.Path, f.Message)
}
