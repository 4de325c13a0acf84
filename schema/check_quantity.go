package schema

import (
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"k8s.io/apimachinery/pkg/api/resource"
)

// quantityOf is the amount that the server reads from a scalar.
func quantityOf(n *manifest.Node) (resource.Quantity, bool) {
	switch n.Kind {
	case manifest.Int, manifest.Float, manifest.String:
	case manifest.Null:
		return resource.Quantity{}, true
	default:
		return resource.Quantity{}, false
	}
	q, err := resource.ParseQuantity(strings.TrimSpace(n.Text))
	return q, err == nil
}

// amountOf is quantityOf in a resource list, where the server rounds up to a
// thousandth: 0.0001 is 1m.
func amountOf(n *manifest.Node) (resource.Quantity, bool) {
	q, ok := quantityOf(n)
	if ok && strings.ContainsAny(n.Text, ".nue") { // else there is nothing below a thousandth
		q.RoundUp(resource.Milli)
	}
	return q, ok
}

// plainAmount reports whether a text is an amount above 0 at first sight: up to
// 15 digits, the first no zero, and a common unit.
func plainAmount(s string) bool {
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits == 0 || digits > 15 || s[0] == '0' {
		return false
	}
	switch s[digits:] {
	case "", "m", "k", "M", "G", "Ki", "Mi", "Gi", "Ti":
		return true
	}
	return false
}

// checkQuantity: an amount such as 500m or 2Gi, with min=0 none below 0, and
// with above=0 above 0.
func checkQuantity(k *call) {
	if plainAmount(k.node.Text) {
		return
	}
	q, ok := quantityOf(k.node)
	switch {
	case !ok:
		k.fail(k.node, "%s %s must be an amount such as 500m, 1.5 or 2Gi", k.name(k.node), quoted(k.node))
	case k.option("min") == "0" && q.Sign() < 0:
		k.fail(k.node, "%s must be at least 0, not %s", k.name(k.node), k.node.Text)
	case k.option("above") == "0" && q.Sign() <= 0:
		k.fail(k.node, "%s must be above 0, not %s", k.name(k.node), k.node.Text)
	}
}

// native reports whether a resource is one of Kubernetes' own: without a domain,
// or with one that ends in kubernetes.io/.
func native(name string) bool {
	return !strings.Contains(name, "/") || strings.Contains(name, "kubernetes.io/")
}

const hugePagesPrefix = "hugepages-"

// overcommitted reports whether more of a resource may be limited than is
// requested.
func overcommitted(name string) bool {
	return native(name) && !strings.HasPrefix(name, hugePagesPrefix)
}

// checkAtMost: each amount is at most the limit of that name in the sibling map.
// Of a resource that cannot be overcommitted it is the limit.
//
// Example: requests cpu 500m under limits cpu 250m is refused, and so is a
// request of one nvidia.com/gpu without a limit of one.
func checkAtMost(k *call) {
	limits := k.get(k.args[0])
	k.holder = k.node // the server names the map of the requests
	for _, p := range k.node.Pairs {
		name := p.Key.Text
		var limit *manifest.Node
		if limits.node != nil {
			limit = limits.node.Get(name)
		}
		if limit == nil && overcommitted(name) || limit != nil && limit.Kind == p.Value.Kind && limit.Text == p.Value.Text {
			continue
		}
		request, ok := amountOf(p.Value)
		if !ok {
			continue
		}
		if limit == nil {
			if !overcommitted(name) {
				k.failAs("required", p.Value, nil, "%s cannot be overcommitted: set its limit to %s as well", name, p.Value.Text)
			}
			continue
		}
		most, ok := amountOf(limit)
		switch {
		case !ok:
		case most.Sign() < 0: // which is a fault of its own
		case !overcommitted(name) && request.Cmp(most) != 0:
			k.failAs("value", p.Value, nil, "%s cannot be overcommitted: its request of %s must be its limit of %s", name, p.Value.Text, limit.Text)
		case request.Cmp(most) > 0:
			k.failAs("value", p.Value, nil, "the request of %s %s is above its limit of %s", p.Value.Text, name, limit.Text)
		}
	}
}

// counted are the resources that a quota counts in objects.
var counted = []string{
	"pods", "resourcequotas", "services", "services.nodeports", "services.loadbalancers",
	"replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims",
}

// checkWholeAmounts: amounts of objects, and of resources with a domain of their
// own, are whole (core/helper.IsIntegerResourceName).
func checkWholeAmounts(k *call) {
	for _, p := range k.node.Pairs {
		name := p.Key.Text
		if (native(name) || strings.HasPrefix(name, "requests.")) && !slices.Contains(counted, name) {
			continue
		}
		if q, ok := amountOf(p.Value); ok && q.MilliValue()%1000 != 0 {
			k.fail(p.Value, "%s must be a whole number, not %s", p.Key.Text, p.Value.Text)
		}
	}
}

// checkHugePages: the amount of hugepages-SIZE is a multiple of SIZE, and goes
// with cpu or memory. It judges a mapping with limits and requests, or one map.
//
// Example: hugepages-2Mi may be 4Mi but not 3Mi.
func checkHugePages(k *call) {
	maps := []*manifest.Node{k.node}
	if k.node.Get("limits") != nil || k.node.Get("requests") != nil {
		maps = []*manifest.Node{k.node.Get("limits"), k.node.Get("requests")}
	}
	any, ordinary := false, false
	for _, m := range maps {
		if m == nil || m.Kind != manifest.Mapping {
			continue
		}
		for _, p := range m.Pairs {
			name := p.Key.Text
			ordinary = ordinary || name == "cpu" || name == "memory"
			size, ok := strings.CutPrefix(name, hugePagesPrefix)
			if !ok {
				continue
			}
			any = true
			if q, ok := amountOf(p.Value); ok && !multipleOf(q, size) {
				k.fail(p.Value, "%s must be a multiple of the page size %s, not %s", name, size, p.Value.Text)
			}
		}
	}
	if any && !ordinary {
		k.fail(k.node, "%s asks for huge pages and needs cpu or memory as well", k.name(k.node))
	}
}

func multipleOf(q resource.Quantity, size string) bool {
	page, err := resource.ParseQuantity(size)
	return err == nil && page.Sign() > 0 && page.MilliValue()%1000 == 0 && q.Value()%page.Value() == 0
}

// checkDivisor: 0, or one round unit of the resource that the sibling names: 1
// or 1m of cpu, 1, 1k … 1E or 1Ki … 1Ei of anything else.
func checkDivisor(k *call) {
	q, ok := quantityOf(k.node)
	of := k.get(k.args[0])
	if !ok || q.IsZero() || of.node == nil {
		return
	}
	allowed := []string{"1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"}
	if strings.HasSuffix(of.node.Text, ".cpu") {
		allowed = []string{"1", "1m"}
	}
	text := q.String()
	for _, a := range allowed {
		if text == a {
			return
		}
	}
	k.fail(k.node, "divisor must be %s for %s, not %s", oneOf(allowed), of.node.Text, quoted(k.node))
}
