package schema

import (
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// Complete is an object as the API server keeps it, in a form that two objects
// can be compared by: what the server fills in is there, what means nothing is
// not, and each amount has one way of writing. Nodes that come from the document
// keep their places. apiVersion chooses the schema, so that an object can be
// completed by the version that another one has moved to; "" is the document's
// own. Without a schema only nulls are left out.
//
// Example: a container {name: web, image: "web:1", resources: {limits: {cpu:
// 1000m}}, ports: []} becomes one with cpu "1", without ports, and with
// imagePullPolicy IfNotPresent and the two termination messages.
func Complete(doc *manifest.Document, apiVersion string, opt Options) *manifest.Node {
	if opt.Minor == 0 {
		opt.Minor = Newest
	}
	if apiVersion == "" {
		apiVersion = doc.APIVersion
	}
	c := &checker{doc: doc, set: builtin, tab: builtin.tab, opt: opt, budget: maxSteps, quiet: 1}
	id, known := c.tab.Lookup(apiVersion, doc.Kind)
	if !known || doc.Root == nil {
		return withoutNulls(doc.Root)
	}
	return c.complete(id, doc.Root)
}

// complete is a value by its type. A value of a wrong kind stays as it is: what
// is wrong with it is told elsewhere.
func (c *checker) complete(id table.ID, n *manifest.Node) *manifest.Node {
	t := &c.tab.Types[id]
	switch {
	case t.Any:
		return withoutNulls(n)
	case n.Kind == manifest.Mapping && t.Map != nil:
		return c.completeMap(t.Map, n)
	case n.Kind == manifest.Sequence && t.List != nil:
		out := *n
		out.Items = nil
		for _, item := range n.Items {
			if item.Kind == manifest.Null {
				item = c.zero(t.List.Elem, item)
			}
			if item != nil {
				out.Items = append(out.Items, c.complete(t.List.Elem, item))
			}
		}
		return &out
	case slices.ContainsFunc(t.Checks, func(k table.Check) bool { return k.Name == "quantity" }):
		if q, ok := amountOf(n); ok {
			out := *n
			out.Kind, out.Text = manifest.String, q.AsDec().String()
			if strings.Contains(out.Text, ".") { // 1000m is 1.000
				out.Text = strings.TrimSuffix(strings.TrimRight(out.Text, "0"), ".")
			}
			return &out
		}
	}
	return withoutNulls(n)
}

// completeMap is a mapping with its fields in the schema's order, then the keys
// that are no field in theirs.
func (c *checker) completeMap(st *table.Struct, n *manifest.Node) *manifest.Node {
	out := *n
	out.Pairs = nil
	c.frames = append(c.frames, frame{node: n, typ: st})
	for i := range st.Fields {
		if v := c.completeField(&st.Fields[i], n); v != nil {
			out.Pairs = append(out.Pairs, manifest.Pair{Key: &manifest.Node{Kind: manifest.String, Text: st.Fields[i].Name}, Value: v})
		}
	}
	c.frames = c.frames[:len(c.frames)-1]
	out.Pairs = beyondTable(st, out.Pairs)
	fields := len(out.Pairs)
	for i, p := range n.Pairs {
		if st.Index(p.Key.Text) >= 0 || n.Get(p.Key.Text) != n.Pairs[i].Value {
			continue
		}
		elem := c.elem(st, p.Key.Text)
		v := p.Value
		if v.Kind == manifest.Null {
			if v = c.zero(elem, v); v == nil || elem == 0 {
				continue
			}
		}
		out.Pairs = append(out.Pairs, manifest.Pair{Key: p.Key, Value: c.complete(elem, v)})
	}
	slices.SortFunc(out.Pairs[fields:], func(a, b manifest.Pair) int { return strings.Compare(a.Key.Text, b.Key.Text) })
	return &out
}

// beyondTable does what the server does beside filling in and what the table
// does not say, because no check needs it: a Service's targetPort is its port,
// a pod has an empty securityContext where it has none, and serviceAccount is an
// old name of serviceAccountName.
func beyondTable(st *table.Struct, pairs []manifest.Pair) []manifest.Pair {
	get := func(name string) int {
		return slices.IndexFunc(pairs, func(p manifest.Pair) bool { return p.Key.Text == name })
	}
	switch {
	case st.Index("targetPort") >= 0 && st.Index("nodePort") >= 0:
		if i := get("port"); i >= 0 && get("targetPort") < 0 {
			pairs = append(pairs, manifest.Pair{Key: &manifest.Node{Kind: manifest.String, Text: "targetPort"}, Value: pairs[i].Value})
		}
	case st.Index("containers") >= 0 && st.Index("serviceAccount") >= 0:
		if i := get("securityContext"); i >= 0 && len(pairs[i].Value.Pairs) == 0 {
			pairs = slices.Delete(pairs, i, i+1)
		}
		if i := get("serviceAccount"); i >= 0 {
			old := pairs[i].Value
			pairs = slices.Delete(pairs, i, i+1)
			if get("serviceAccountName") < 0 {
				pairs = append(pairs, manifest.Pair{Key: &manifest.Node{Kind: manifest.String, Text: "serviceAccountName"}, Value: old})
			}
		}
	}
	return pairs
}

// completeField is what the server keeps of a field, nil for nothing.
func (c *checker) completeField(f *table.Field, n *manifest.Node) *manifest.Node {
	if c.stage(f.Since) != table.Works {
		return nil
	}
	v := n.Get(f.Name)
	if v != nil && v.Kind != manifest.Null && !(f.Zero && isZero(v)) {
		v = c.complete(f.Type, v)
		if c.meansNothing(f, v) {
			return nil
		}
		return v
	}
	s := c.filled(f, c.frames)
	c.unsure = false
	switch {
	case s.val != nil:
		return nodeOf(s.val)
	case s.node == nil:
		return nil
	case s.node.Kind != manifest.Mapping:
		return s.node
	case c.tab.Types[f.Type].Map == nil || len(c.frames) > maxFilled:
		return nil
	}
	v = c.completeMap(c.tab.Types[f.Type].Map, s.node)
	if c.meansNothing(f, v) {
		return nil
	}
	return v
}

// maxFilled bounds how deep what is filled in may be filled in again.
const maxFilled = 64

// meansNothing reports whether a value decodes to the same as an absent field:
// an empty list or map, the zero value of a field that is no pointer in Go.
func (c *checker) meansNothing(f *table.Field, v *manifest.Node) bool {
	switch v.Kind {
	case manifest.Sequence:
		return len(v.Items) == 0
	case manifest.Mapping:
		st := c.tab.Types[f.Type].Map
		return len(v.Pairs) == 0 && (st == nil || len(st.Fields) == 0 || slices.Contains(plainStructs, f.Name))
	}
	return f.Default == nil && len(f.Given) == 0 && isZero(v) && slices.Contains(plainScalars, f.Name)
}

// plainStructs and plainScalars are the fields of k8s.io/api whose Go type is no
// pointer wherever the name occurs, as far as the zero value is a value that
// people write. Of the others, allowPrivilegeEscalation say, false and nothing
// are two different things.
var (
	plainStructs = []string{"metadata", "resources", "spec", "status", "strategy", "template", "updateStrategy"}
	plainScalars = []string{
		"clusterIP", "devicePath", "effect", "externalName", "generateName", "group", "healthCheckNodePort", "host", "hostIP", "hostIPC",
		"hostNetwork", "hostPID", "hostPort", "hostname", "image", "initialDelaySeconds", "key", "loadBalancerIP", "medium", "minReadySeconds",
		"name", "nodeName", "nodePort", "operator", "path", "paused", "prefix", "priorityClassName", "publishNotReadyAddresses", "readOnly",
		"secretName", "serviceAccountName", "serviceName", "start", "stdin", "stdinOnce", "subPath", "subPathExpr", "subdomain", "tty", "user",
		"value", "volumeName", "weight", "workingDir",
	}
)

// nodeOf is a value of the table as a node without a place.
func nodeOf(v *table.Value) *manifest.Node {
	n := &manifest.Node{Text: v.Text}
	switch v.Kind {
	case table.BoolValue:
		n.Kind = manifest.Bool
	case table.IntValue:
		n.Kind = manifest.Int
	case table.StringValue:
		n.Kind = manifest.String
	case table.ListValue:
		n.Kind = manifest.Sequence
		for i := range v.Items {
			n.Items = append(n.Items, nodeOf(&v.Items[i]))
		}
	}
	return n
}

// withoutNulls is a copy of a value without the nulls of its mappings, which are
// the same as nothing.
func withoutNulls(n *manifest.Node) *manifest.Node {
	if n == nil {
		return nil
	}
	out := *n
	out.Pairs, out.Items = nil, nil
	for i, p := range n.Pairs {
		if p.Value.Kind != manifest.Null && n.Get(p.Key.Text) == n.Pairs[i].Value {
			out.Pairs = append(out.Pairs, manifest.Pair{Key: p.Key, Value: withoutNulls(p.Value)})
		}
	}
	for _, item := range n.Items {
		out.Items = append(out.Items, withoutNulls(item))
	}
	return &out
}
