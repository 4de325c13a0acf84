package compile

import (
	"sort"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// emitAPIs reads what the schema knows of the life of APIs, which is plain data:
//
//	apis: "extensions/v1beta1": Deployment: {removed: "1.16", use: "apps/v1", changes: "…"}
//
// The kinds that the schema defines are APIs by themselves.
func (c *compiler) emitAPIs() {
	known := map[[2]string]bool{}
	apis := c.value.LookupPath(cue.ParsePath("apis"))
	if apis.Exists() {
		c.members(apis, func(apiVersion string, kinds cue.Value) {
			c.members(kinds, func(kind string, v cue.Value) {
				known[[2]string{apiVersion, kind}] = true
				c.table.APIs = append(c.table.APIs, c.api(apiVersion, kind, v))
			})
		})
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
}

func (c *compiler) members(v cue.Value, visit func(string, cue.Value)) {
	it, err := v.Fields()
	if err != nil {
		c.errorAt(v.Pos(), "%v", err)
		return
	}
	for it.Next() {
		visit(it.Selector().Unquoted(), it.Value())
	}
}

func (c *compiler) api(apiVersion, kind string, v cue.Value) table.API {
	a := table.API{APIVersion: apiVersion, Kind: kind}
	c.members(v, func(key string, value cue.Value) {
		text, err := value.String()
		if err != nil {
			c.errorAt(value.Pos(), "%v", err)
			return
		}
		at := valueNode{value}
		switch key {
		case "added":
			a.Added = c.minor(at, text)
		case "deprecated":
			a.Deprecated = c.minor(at, text)
		case "removed":
			a.Removed = c.minor(at, text)
		case "use":
			a.Use = text
		case "changes":
			a.Changes = text
		default:
			c.errorAt(value.Pos(), "an API has added, deprecated, removed, use and changes, but not %s", key)
		}
	})
	return a
}

// A positioner has a place in a file.
type positioner interface{ Pos() token.Pos }

type valueNode struct{ cue.Value }
