package schema

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/kinds"
	"github.com/rollcast/rollcast/schema/table"
)

// Custom holds the schemas of custom resources, which their
// CustomResourceDefinitions say. The zero value and nil hold none.
type Custom struct {
	kinds map[kindName]*customKind
	// names are the kinds of each group, for what an unknown one may mean.
	names map[string][]string
}

type kindName struct{ apiVersion, kind string }

// A customKind is one version of a custom resource.
type customKind struct {
	crd        *manifest.Document
	served     bool
	others     []string // the versions that are served, as apiVersions
	deprecated bool
	warning    string // of the deprecation, in the words of the definition
	cluster    bool   // it has no namespace
	status     bool   // status is a subresource, which a create drops
	root       *structural
	replicas   manifest.Path // what kubectl scale sets, nil where it cannot
	rules      int           // CEL rules of the schema, which are not evaluated
}

// NewCustom reads the CustomResourceDefinitions among the documents and passes
// over the others. Of two definitions of one kind the first counts. It is nil
// where there is none.
func NewCustom(docs []*manifest.Document) *Custom {
	var out *Custom
	for _, d := range docs {
		if d.Kind != "CustomResourceDefinition" || d.APIVersion != "apiextensions.k8s.io/v1" {
			continue
		}
		if out == nil {
			out = &Custom{kinds: map[kindName]*customKind{}, names: map[string][]string{}}
		}
		out.read(d)
	}
	return out
}

// read takes in the versions of one definition. What is wrong in it is told
// where the definition itself is judged; here a wrong part says nothing.
func (u *Custom) read(crd *manifest.Document) {
	spec := crd.Root.Get("spec")
	group, kind := stringAt(spec.Get("group")), stringAt(spec.Get("names").Get("kind"))
	if group == "" || kind == "" {
		return
	}
	var served []string
	var found []kindName
	for _, v := range itemsOf(spec.Get("versions")) {
		name := kindName{group + "/" + stringAt(v.Get("name")), kind}
		if isTrue(v.Get("served")) {
			served = append(served, name.apiVersion)
		}
		if u.kinds[name] != nil {
			continue
		}
		found = append(found, name)
		k := &customKind{
			crd:        crd,
			served:     isTrue(v.Get("served")),
			deprecated: isTrue(v.Get("deprecated")),
			warning:    stringAt(v.Get("deprecationWarning")),
			cluster:    stringAt(spec.Get("scope")) == "Cluster",
			status:     v.At(manifest.Keys("subresources", "status")) != nil,
		}
		if path := stringAt(v.At(manifest.Keys("subresources", "scale", "specReplicasPath"))); path != "" {
			k.replicas = manifest.Keys(strings.Split(strings.TrimPrefix(path, "."), ".")...)
		}
		p := &structuralReader{}
		k.root = p.read(v.At(manifest.Keys("schema", "openAPIV3Schema")), 0)
		k.rules = p.rules
		if isTrue(spec.Get("preserveUnknownFields")) && k.root != nil {
			k.root.preserve = true
		}
		u.kinds[name] = k
	}
	for _, name := range found {
		u.kinds[name].others = served
	}
	u.names[group] = append(u.names[group], kind)
}

// lookup is the schema of a document's kind, or nil.
func (u *Custom) lookup(apiVersion, kind string) *customKind {
	if u == nil {
		return nil
	}
	return u.kinds[kindName{apiVersion, kind}]
}

// Rules is how many CEL rules the schema of a kind has. They are not evaluated.
func (u *Custom) Rules(apiVersion, kind string) int {
	if k := u.lookup(apiVersion, kind); k != nil {
		return k.rules
	}
	return 0
}

// Add is u with the schemas of other besides; where both have a kind, u's
// counts. Neither of them is changed, and either may be nil.
func (u *Custom) Add(other *Custom) *Custom {
	switch {
	case other == nil:
		return u
	case u == nil:
		return other
	}
	sum := &Custom{kinds: map[kindName]*customKind{}, names: map[string][]string{}}
	for _, from := range []*Custom{other, u} {
		for name, k := range from.kinds {
			sum.kinds[name] = k
		}
		for group, names := range from.names {
			sum.names[group] = append(sum.names[group], names...)
		}
	}
	return sum
}

// custom judges a document whose kind is not built in. It reports whether there
// is a schema, or an error that says that there is no such kind.
func (c *checker) custom() bool {
	k := c.opt.Custom.lookup(c.doc.APIVersion, c.doc.Kind)
	if k == nil {
		return c.noCustom()
	}
	if !k.served {
		message := fmt.Sprintf("%s of %s is not served", c.doc.APIVersion, c.doc.Kind)
		if len(k.others) > 0 {
			message += ": use " + oneOf(k.others)
		}
		c.atKey("apiVersion", "api/unknown", message, finding.Error)
		return true
	}
	if k.deprecated {
		message := k.warning
		if message == "" {
			message = fmt.Sprintf("%s %s is deprecated", c.doc.APIVersion, c.doc.Kind)
		}
		c.atKey("apiVersion", "api/deprecated", message, finding.Warning)
	}
	if k.root == nil || c.doc.Root.Kind != manifest.Mapping {
		return true
	}
	c.metadata(k)
	w := &customWalk{checker: c, kind: k}
	w.root()
	return true
}

// noCustom tells of a kind that a group does not have, although its
// definitions are there.
func (c *checker) noCustom() bool {
	if c.opt.Custom == nil || c.refused {
		return false
	}
	group, _, _ := strings.Cut(c.doc.APIVersion, "/")
	names := c.opt.Custom.names[group]
	if !slices.Contains(names, c.doc.Kind) {
		return false // another definition may be elsewhere
	}
	var versions []string
	for name, k := range c.opt.Custom.kinds {
		if g, _, _ := strings.Cut(name.apiVersion, "/"); g == group && name.kind == c.doc.Kind && k.served {
			versions = append(versions, name.apiVersion)
		}
	}
	slices.Sort(versions)
	c.atKey("apiVersion", "api/unknown", fmt.Sprintf("%s has no version %s: use %s", c.doc.Kind, c.doc.APIVersion, oneOf(versions)), finding.Error)
	return true
}

// metadata judges the metadata as the server does for every custom resource:
// its name is a DNS name.
func (c *checker) metadata(k *customKind) {
	name := "CustomMetadata"
	if k.cluster {
		name = "ClusterCustomMetadata"
	}
	meta := c.doc.Root.Get("metadata")
	if meta == nil || meta.Kind == manifest.Null {
		meta = emptyMapping
	}
	c.builtinValue(name, meta)
}

// builtinValue judges a value by a type of the built-in table.
func (c *checker) builtinValue(name string, n *manifest.Node) {
	frames := c.frames
	c.frames = []frame{{node: c.doc.Root}}
	c.value(metadataTypes()[name], n, site{parent: c.doc.Root})
	c.frames = frames
}

// metadataTypes are the types of the built-in table that are looked up by name.
var metadataTypes = sync.OnceValue(func() map[string]table.ID {
	ids := map[string]table.ID{}
	for i := range kinds.Table.Types {
		if name := kinds.Table.Types[i].Name; strings.HasSuffix(name, "Metadata") {
			ids[name] = table.ID(i)
		}
	}
	return ids
})

// text is the string at a node, "" where there is none.
func stringAt(n *manifest.Node) string {
	if n == nil || n.Kind != manifest.String {
		return ""
	}
	return n.Text
}

func isTrue(n *manifest.Node) bool { return n != nil && n.Kind == manifest.Bool && n.Text == "true" }

func itemsOf(n *manifest.Node) []*manifest.Node {
	if n == nil || n.Kind != manifest.Sequence {
		return nil
	}
	return n.Items
}
