package compile

import (
	"sort"

	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// emitAPIs takes what the schema knows of the life of APIs. The kinds that it
// defines are APIs by themselves.
func (c *compiler) emitAPIs(e Evaluator) error {
	apis, err := e.APIs()
	if err != nil {
		return err
	}
	known := map[[2]string]bool{}
	for _, a := range apis {
		known[[2]string{a.APIVersion, a.Kind}] = true
		c.table.APIs = append(c.table.APIs, a)
	}
	for _, k := range c.table.Kinds {
		if !known[[2]string{k.APIVersion, k.Kind}] {
			c.table.APIs = append(c.table.APIs, table.API{APIVersion: k.APIVersion, Kind: k.Kind})
		}
	}
	sort.Slice(c.table.APIs, func(i, j int) bool {
		a, b := c.table.APIs[i], c.table.APIs[j]
		return a.APIVersion < b.APIVersion || a.APIVersion == b.APIVersion && a.Kind < b.Kind
	})
	return nil
}

// A positioner has a place in a file.
type positioner interface{ Pos() token.Pos }
