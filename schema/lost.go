package schema

import (
	"fmt"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// lostIndentation tells once that a document has lost its indentation, instead
// of a dozen times that some field is unknown, missing or given twice: several
// keys stand at the top that belong below one that is empty there.
func (c *checker) lostIndentation(id table.ID) bool {
	st := c.tab.Types[id].Map
	if st == nil || c.doc.Root == nil || c.doc.Root.Kind != manifest.Mapping {
		return false
	}
	var names []string
	var first *manifest.Node
	hollow := false
	for i := range c.doc.Root.Pairs {
		p := &c.doc.Root.Pairs[i]
		if st.Index(p.Key.Text) >= 0 {
			hollow = hollow || p.Value.Kind == manifest.Null
			continue
		}
		if _, depth := c.below(st, p.Key.Text); depth > 0 {
			names = append(names, p.Key.Text)
			if first == nil {
				first = p.Key
			}
		}
	}
	if !hollow || len(names) < 2 {
		return false
	}
	if len(names) > 4 {
		names = append(names[:3], "more")
	}
	c.tell(fault{
		rule:    "unknown-field",
		message: fmt.Sprintf("the document has lost its indentation: %s belong further down", list(names, "and")),
		path:    manifest.Path{manifest.Key(first.Text)}, rng: c.nodeRange(first),
	})
	return true
}
