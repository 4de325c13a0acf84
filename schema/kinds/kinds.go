// Package kinds holds the tables of Kubernetes' own kinds, which go generate
// compiles from schema/*.cue.
package kinds

import "github.com/rollcast/rollcast/schema/table"

// Default is what the server fills in at a path of a kind where nothing is
// written, nil where that is nothing, or depends on other fields. Lists are
// passed through: "spec", "template", "spec", "containers", "protocol".
func Default(apiVersion, kind string, path ...string) *table.Value {
	id, ok := Table.Lookup(apiVersion, kind)
	if !ok {
		return nil
	}
	return Table.Default(id, path...)
}
