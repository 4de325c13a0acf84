package compile

import (
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"

	"github.com/rollcast/rollcast/schema/table"
)

// attributes is what the attributes of one declaration say.
type attributes struct {
	pos           token.Pos
	since         *table.Since
	values        []table.ValueSince
	zero          bool
	checks        []table.Check
	message, rule string
	is            string
	was           []was
	typed         bool
}

// other reports whether there is more than a definition may have.
func (a *attributes) other() bool {
	return a.since != nil || a.zero || a.typed || a.message != "" || a.rule != "" || len(a.was) > 0
}

func (a *attributes) stampField(f *field) {
	f.Since, f.Zero, f.Typed = a.since, a.zero, a.typed
	f.Message, f.RuleID, f.Checks, f.was = a.message, a.rule, a.checks, a.was
}

// marked is the type with what the attributes say about its values.
func (c *compiler) marked(n *node, a *attributes) *node {
	if a.is == "" && len(a.values) == 0 {
		return n
	}
	n = c.expand(n).clone()
	if a.is != "" {
		n.is = a.is
	}
	for _, v := range a.values {
		if !c.hasValue(n, v.Value) {
			c.errorAt(a.pos, "%q is no value that is declared here", v.Value)
		}
	}
	n.values = append(n.values, a.values...)
	return n
}

func (a *attributes) stamp(r *rule) {
	if r.Message == "" {
		r.Message = a.message
	}
	if r.RuleID == "" {
		r.RuleID = a.rule
	}
	if r.Since == nil {
		r.Since = a.since
	}
}

// An argument of an attribute: value, or key=value.
type argument struct {
	key, value string
}

func (c *compiler) attributes(attrs []*ast.Attribute) *attributes {
	out := &attributes{}
	for _, a := range attrs {
		out.pos = a.Pos()
		name, _ := a.Split()
		args := c.arguments(a)
		one := func() string {
			if len(args) != 1 || args[0].key != "" {
				c.errorf(a, "@%s takes one text", name)
				return ""
			}
			return args[0].value
		}
		switch name {
		case "k8s":
			c.k8s(out, a, args)
		case "check":
			if len(args) == 0 || args[0].key != "" {
				c.errorf(a, "@check takes the name of a check")
				continue
			}
			check := table.Check{Name: args[0].value}
			for _, arg := range args[1:] {
				text := arg.value
				if arg.key != "" {
					text = arg.key + "=" + text
				}
				check.Args = append(check.Args, text)
			}
			out.checks = append(out.checks, check)
		case "message":
			out.message = one()
		case "is":
			out.is = one()
		case "rule":
			out.rule = strings.TrimPrefix(one(), "schema/")
			if !ruleNames[out.rule] {
				c.errorf(a, "there is no rule schema/%s", out.rule)
			}
		default:
			c.errorf(a, "the attribute @%s is not known", name)
		}
	}
	return out
}

// The rules whose ids a schema may choose; CONTRACT lists them.
var ruleNames = map[string]bool{
	"unknown-field": true, "type": true, "required": true, "value": true,
	"one-of": true, "duplicate": true, "reference": true,
}

// k8s reads @k8s(added="1.29", works="1.30", removed=…, gate=…, zero=unset), the
// same for one value of an enumeration with value=X (otherwise=dropped where
// the server drops the field instead of refusing the value), the former type of
// a field with before="1.32", type="#Old", and judged=never, alone or with
// before="1.32".
func (c *compiler) k8s(out *attributes, a *ast.Attribute, args []argument) {
	var s table.Since
	var value, former string
	var before uint8
	dated, valued, drops, typed := false, false, false, false
	for _, arg := range args {
		switch arg.key {
		case "added":
			s.Added, dated = c.minor(a, arg.value), true
		case "works":
			s.Works, dated = c.minor(a, arg.value), true
		case "removed":
			s.Removed, dated = c.minor(a, arg.value), true
		case "gate":
			s.Gate, dated = arg.value, true
		case "value":
			value, valued = arg.value, true
		case "before":
			before = c.minor(a, arg.value)
		case "type":
			former = arg.value
		case "otherwise":
			if drops = arg.value == "dropped"; !drops {
				c.errorf(a, "otherwise can only be dropped")
			}
		case "judged":
			if typed = arg.value == "never"; !typed {
				c.errorf(a, "judged can only be never")
			}
		case "zero":
			if arg.value != "unset" {
				c.errorf(a, "zero can only be unset")
			}
			out.zero = true
		default:
			c.errorf(a, "@k8s knows added, works, removed, gate, zero, value, otherwise, before, type and judged, but not %q", arg.key)
		}
	}
	switch {
	case valued:
		out.values = append(out.values, table.ValueSince{Value: value, Since: s, Drops: drops})
	case before != 0 && typed && former == "":
		out.was = append(out.was, was{before: before, gate: s.Gate, typed: true})
	case typed && before == 0:
		out.typed = true
	case before != 0:
		d, ok := c.defs[former]
		if !ok {
			c.errorf(a, "there is no definition %s", former)
			return
		}
		out.was = append(out.was, was{before: before, gate: s.Gate, typ: &node{ref: d}, typed: typed})
	case dated:
		out.since = &s
	}
}

// minor reads 1.29 as 29.
func (c *compiler) minor(at positioner, text string) uint8 {
	rest, ok := strings.CutPrefix(text, "1.")
	n, err := strconv.ParseUint(rest, 10, 8)
	if !ok || err != nil {
		c.errorf(at, "%q is no version such as 1.29", text)
	}
	return uint8(n)
}

// arguments splits the body of an attribute at its commas.
func (c *compiler) arguments(a *ast.Attribute) []argument {
	_, body := a.Split()
	var args []argument
	for _, part := range splitOutsideQuotes(body) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		var arg argument
		if key, value, ok := strings.Cut(part, "="); ok && !strings.ContainsAny(key, `"#`) {
			arg.key, part = strings.TrimSpace(key), strings.TrimSpace(value)
		}
		arg.value = part
		if strings.HasSuffix(part, `"`) || strings.HasSuffix(part, `"#`) {
			s, err := literal.Unquote(part)
			if err != nil {
				c.errorf(a, "the attribute's text is not understood: %v", err)
			}
			arg.value = s
		}
		args = append(args, arg)
	}
	return args
}

func splitOutsideQuotes(s string) []string {
	var parts []string
	start, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			if quoted {
				i++
			}
		case '"':
			quoted = !quoted
		case ',':
			if !quoted {
				parts = append(parts, s[start:i])
				start = i + 1
			}
		}
	}
	return append(parts, s[start:])
}
