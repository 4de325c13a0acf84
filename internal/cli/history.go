package cli

import (
	"context"
	"fmt"

	"github.com/rollcast/rollcast/internal/history"
	"github.com/rollcast/rollcast/internal/source"
)

// readHistory reads what --history names, nil where it names nothing. What
// cannot be read ends the command: a plan that silently lacks it would look
// like one that has it.
func (o *planOptions) readHistory() (*history.History, error) {
	if len(o.history) == 0 {
		return nil, nil
	}
	h := history.New()
	for _, name := range o.history {
		r, err := source.Load(context.Background(), source.Options{Paths: []string{name}, Stdin: o.io.in, StdinName: "history.yaml", MaxSize: o.common.maxFileSize << 20})
		if err == nil && len(r.Errors) > 0 {
			err = r.Errors[0]
		}
		if err != nil {
			return nil, usagef("--history: %s", err)
		}
		if len(r.Files) == 0 {
			return nil, usagef("--history: %s has no YAML or JSON file", name)
		}
		for _, f := range r.Files {
			if err := h.Add(f); err != nil {
				return nil, fmt.Errorf("--history: %w", err)
			}
		}
	}
	return h, nil
}
