package schema

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// findGone finds what the server drops together with an image volume while the
// gate of these is off: the whole volume, and all mounts of its name. Such items
// are typed and nothing more, and no rule sees them.
// = api/pod.dropImageVolumes
func (c *checker) findGone() {
	id, ok := c.tab.Lookup("v1", "Pod")
	if !ok {
		return
	}
	if f := c.tab.Field(id, "spec", "volumes", "image"); f != nil && c.stage(f.Since) == table.Dropped {
		c.findGoneBelow(c.doc.Root, f)
	}
}

func (c *checker) findGoneBelow(n *manifest.Node, f *table.Field) {
	names := map[string]bool{}
	for _, v := range items(n, "volumes") {
		if image := v.Get("image"); image != nil && image.Kind == manifest.Mapping {
			names[textOf(v.Get("name"))] = true
			c.markGone(v)
			c.dropped(f, v, keyOf(v, f.Name), image)
		}
	}
	for _, list := range []string{"containers", "initContainers"} {
		for _, container := range items(n, list) {
			for _, mount := range items(container, "volumeMounts") {
				if len(names) > 0 && names[textOf(mount.Get("name"))] {
					c.markGone(mount)
				}
			}
		}
	}
	for _, key := range []string{"spec", "template", "jobTemplate"} {
		if inner := n.Get(key); inner != nil && inner.Kind == manifest.Mapping {
			c.findGoneBelow(inner, f)
		}
	}
}

func (c *checker) markGone(n *manifest.Node) {
	if c.gone == nil {
		c.gone = map[*manifest.Node]bool{}
	}
	c.gone[n] = true
}
