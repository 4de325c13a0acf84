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

// schemaOptions are the schema's for a version such as 1.36.
func schemaOptions(version string) schema.Options {
	minor, _ := strconv.Atoi(strings.TrimPrefix(version, "1."))
	return schema.Options{Minor: minor}
}
