package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema"
)

// check judges one document by itself.
func check(d *manifest.Document, o schema.Options, house []*schema.House) *checked {
	r := schema.Check(d, o)
	c := &checked{findings: r.Findings, noSchema: !r.Known, custom: r.Custom}
	c.conclude()
	for _, h := range house {
		c.findings = append(c.findings, h.Check(d, o, r.Findings)...)
	}
	return c
}

// schema are the schema's options: a version such as 1.36, and feature gates.
func (o Options) schema() schema.Options {
	minor, _ := strconv.Atoi(strings.TrimPrefix(o.KubernetesVersion, "1."))
	return schema.Options{Minor: minor, Gates: o.FeatureGates, Custom: o.Schemas}
}

// customs are the schemas of custom resources by document: those that the user
// names, and the definitions of the first of its sets that has any. It is nil
// where no set has any.
func (r *run) customs() map[*manifest.Document]*schema.Custom {
	var out map[*manifest.Document]*schema.Custom
	for _, s := range r.sets {
		found := schema.NewCustom(s.Documents)
		if found == nil {
			continue
		}
		if out == nil {
			out = map[*manifest.Document]*schema.Custom{}
		}
		all := r.options.Schemas.Add(found)
		for _, d := range s.Documents {
			if out[d] == nil {
				out[d] = all
			}
		}
	}
	return out
}

// ruleNoSchema is the info that fields are not checked.
const ruleNoSchema = "api/no-schema"

// checkUnknown tells once of each kind that it has no schema, or that its
// definition has rules that are not evaluated, at the first object of it.
func (r *run) checkUnknown(docs []*manifest.Document, options func(*manifest.Document) schema.Options) {
	type told struct {
		at    *manifest.Document
		count int
		rules int
	}
	kinds := map[string]*told{}
	for _, d := range docs {
		rules := options(d).Custom.Rules(d.APIVersion, d.Kind)
		if !r.reported[d.File] || d.Kind == "" || !r.checked[d].noSchema && rules == 0 {
			continue
		}
		name := d.APIVersion + " " + d.Kind
		k := kinds[name]
		if k == nil {
			k = &told{at: d, rules: rules}
			kinds[name] = k
		}
		k.count++
		if d.File.Name < k.at.File.Name || d.File == k.at.File && d.Index < k.at.Index {
			k.at = d
		}
	}
	names := make([]string, 0, len(kinds))
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		k := kinds[name]
		message := fmt.Sprintf("there is no schema of %s, so its fields are not checked: --schema names one", name)
		if k.rules > 0 {
			message = fmt.Sprintf("the rules that the definition of %s gives in CEL are not evaluated: there are %d", name, k.rules)
		}
		if k.count > 1 {
			message += fmt.Sprintf(" (%d objects)", k.count)
		}
		path := manifest.Keys("kind")
		r.add(finding.Finding{
			Rule: ruleNoSchema, Severity: finding.Info, Message: message,
			File: k.at.File, Document: k.at, Path: path, Range: k.at.Range(path), Set: r.names[k.at],
		})
	}
}
