package schema

import "github.com/rollcast/rollcast/manifest"

// removedNamespace judges the namespace of an object whose API is gone: its
// kind has no schema any more, but what is no namespace now is none after the
// migration, and a placeholder such as 【your namespace】 should be seen at once.
func (c *checker) removedNamespace() {
	id, ok := c.tab.Lookup("v1", "Pod")
	if !ok {
		return
	}
	metadata := c.doc.Root.Get("metadata")
	field := c.tab.Field(id, "metadata", "namespace")
	if field == nil || metadata == nil || metadata.Kind != manifest.Mapping {
		return
	}
	for _, p := range metadata.Pairs {
		unset := p.Value.Kind == manifest.Null || p.Value.Kind == manifest.String && p.Value.Text == ""
		if p.Key.Text == "namespace" && !unset {
			c.value(field.Type, p.Value, site{parent: metadata, key: p.Key, field: field})
		}
	}
}
