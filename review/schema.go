package review

import (
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema"
)

// check judges one document by itself.
func check(d *manifest.Document, o schema.Options) *checked {
	r := schema.Check(d, o)
	c := &checked{findings: r.Findings, noSchema: !r.Known}
	c.conclude()
	return c
}

// schema are the schema's options: a version such as 1.36, and feature gates.
func (o Options) schema() schema.Options {
	minor, _ := strconv.Atoi(strings.TrimPrefix(o.KubernetesVersion, "1."))
	return schema.Options{Minor: minor, Gates: o.FeatureGates}
}
