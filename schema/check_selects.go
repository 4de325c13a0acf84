package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// checkSelects: the label selector at the first path selects the labels at the
// second (metav1.LabelSelectorAsSelector). The labels may be absent.
func checkSelects(k *call) {
	selector := k.get(k.args[0])
	if selector.node == nil || selector.node.Kind != manifest.Mapping {
		return
	}
	k.selects(selector.node, unselected)
}

// checkSelectsLabels is the same for a selector that is a plain map. An empty or
// absent one is filled with the labels themselves.
func checkSelectsLabels(k *call) {
	selector := k.get(k.args[0])
	if selector.node == nil || selector.node.Kind != manifest.Mapping {
		return
	}
	k.selects(selector.node, unequal)
}

func (k *call) selects(selector *manifest.Node, reason func(selector, labels *manifest.Node) string) {
	if k.c.anyFaulty(selector) {
		return
	}
	where, labels := k.nearest(k.args[1])
	if where == nil || labels != nil && k.c.anyFaulty(labels) {
		return
	}
	why := reason(selector, labels)
	if why == "" {
		return
	}
	var related []finding.Related
	if key := keyOf(k.node, k.args[0]); key != nil {
		related = append(related, k.c.related(key, "the selector is here"))
	}
	k.failAs("value", where, related, "the selector does not match the labels of the template: %s", why)
}

// nearest is the value at a dotted path, and the node to point at: the value, or
// its nearest existing ancestor. where is nil where something on the way is
// faulty or misspelt, so that nothing can be said.
func (k *call) nearest(path string) (where, value *manifest.Node) {
	n := k.node
	for more := true; more; {
		var key string
		key, path, more = strings.Cut(path, ".")
		if k.c.missing[missingField{n, key}] || k.c.isFaulty(n) {
			return nil, nil
		}
		next := n.Get(key)
		if next == nil || next.Kind == manifest.Null {
			return n, nil
		}
		n = next
	}
	return n, n
}

// unselected says why a selector does not select some labels; "" where it does.
func unselected(selector, labels *manifest.Node) string {
	if m := selector.Get("matchLabels"); m != nil {
		if reason := unequal(m, labels); reason != "" {
			return reason
		}
	}
	if m := selector.Get("matchExpressions"); m != nil {
		for _, e := range m.Items {
			if reason := unmatched(e, labels); reason != "" {
				return reason
			}
		}
	}
	return ""
}

// unequal says which entry of a map is not among some labels; "" for none.
func unequal(m, labels *manifest.Node) string {
	for _, p := range m.Pairs {
		got, ok := label(labels, p.Key.Text)
		if want := textOf(p.Value); !ok {
			return fmt.Sprintf("%s is missing there", p.Key.Text)
		} else if got != want {
			return fmt.Sprintf("%s is %s there, and %s in the selector", p.Key.Text, shownText(got), shownText(want))
		}
	}
	return ""
}

func unmatched(e, labels *manifest.Node) string {
	key, operator := textOf(e.Get("key")), textOf(e.Get("operator"))
	var values []string
	if v := e.Get("values"); v != nil {
		for _, item := range v.Items {
			values = append(values, textOf(item))
		}
	}
	got, ok := label(labels, key)
	switch {
	case operator == "In" && !ok, operator == "Exists" && !ok:
		return fmt.Sprintf("%s is missing there", key)
	case operator == "In" && !slices.Contains(values, got):
		return fmt.Sprintf("%s is %s there, and must be %s", key, shownText(got), oneOf(values))
	case operator == "NotIn" && ok && slices.Contains(values, got), operator == "DoesNotExist" && ok:
		return fmt.Sprintf("%s is %s there, which the selector excludes", key, shownText(got))
	}
	return ""
}

func label(labels *manifest.Node, key string) (string, bool) {
	if labels == nil {
		return "", false
	}
	n := labels.Get(key)
	return textOf(n), n != nil
}

// textOf is the string that the server reads: null is the empty one.
func textOf(n *manifest.Node) string {
	if n == nil || n.Kind != manifest.String {
		return ""
	}
	return n.Text
}

func shownText(s string) string {
	if s == "" {
		return "empty"
	}
	return s
}

// anyFaulty reports whether something is wrong in a value.
func (c *checker) anyFaulty(n *manifest.Node) bool {
	if len(c.faulty) == 0 && len(c.missing) == 0 {
		return false
	}
	found := false
	n.Walk(func(_ manifest.Path, _, v *manifest.Node) bool {
		found = found || c.faulty[v]
		for m := range c.missing {
			found = found || m.in == v
		}
		return !found
	})
	return found
}
