package schema

import (
	"slices"

	"github.com/rollcast/rollcast/manifest"
	"k8s.io/apimachinery/pkg/api/resource"
)

// A limitItem is one item of a LimitRange: amounts by the name of the resource,
// in each of its maps.
type limitItem struct {
	min, max, def, request, ratio map[string]resource.Quantity
	nodes                         map[string]*manifest.Node
}

// checkLimitRange: of each resource, min ≤ defaultRequest ≤ default ≤ max, and
// the ratio is at least 1 and at most max/min. For containers the server first
// fills default from max, and defaultRequest from default, or else from min
// (core/v1.SetDefaults_LimitRangeItem).
//
// Example: max cpu 1 and defaultRequest cpu 2 is refused: the default becomes 1,
// and a request of 2 is above it.
func checkLimitRange(k *call) {
	it := limitItem{nodes: map[string]*manifest.Node{}}
	for field, to := range map[string]*map[string]resource.Quantity{
		"min": &it.min, "max": &it.max, "default": &it.def, "defaultRequest": &it.request, "maxLimitRequestRatio": &it.ratio,
	} {
		*to = map[string]resource.Quantity{}
		m := k.get(field).node
		if m == nil || m.Kind != manifest.Mapping {
			continue
		}
		for _, p := range m.Pairs {
			if q, ok := amountOf(p.Value); ok {
				(*to)[p.Key.Text] = q
				it.nodes[field+" "+p.Key.Text] = p.Value
			}
		}
	}
	switch k.get("type").value().text {
	case "Container":
		fillFrom(it.def, it.max)
		fillFrom(it.request, it.def)
		fillFrom(it.request, it.min)
	case "Pod":
		it.def, it.request = nil, nil
	}
	var keys []string
	for _, m := range []map[string]resource.Quantity{it.min, it.max, it.def, it.request, it.ratio} {
		keys = append(keys, names(m)...)
	}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		k.limits(&it, key)
	}
}

func fillFrom(to, from map[string]resource.Quantity) {
	for key, q := range from {
		if _, ok := to[key]; !ok {
			to[key] = q
		}
	}
}

// limits judges one resource, and tells the first fault only: the amounts are
// related, so that one wrong amount breaks several rules.
func (k *call) limits(it *limitItem, key string) {
	min, hasMin := it.min[key]
	max, hasMax := it.max[key]
	def, hasDef := it.def[key]
	request, hasRequest := it.request[key]
	ratio, hasRatio := it.ratio[key]
	tell := func(field, format string, args ...any) {
		n := it.nodes[field+" "+key]
		for _, other := range []string{"defaultRequest", "default", "min", "max"} {
			if n == nil {
				n = it.nodes[other+" "+key]
			}
		}
		k.fail(n, format, args...)
	}
	one := resource.NewQuantity(1, resource.DecimalSI)
	switch {
	case hasMin && hasMax && min.Cmp(max) > 0:
		tell("min", "min of %s is %s, above its max of %s", key, show(min), show(max))
	case hasRequest && hasMin && min.Cmp(request) > 0:
		tell("defaultRequest", "defaultRequest of %s is %s, below its min of %s", key, show(request), show(min))
	case hasRequest && hasMax && request.Cmp(max) > 0:
		tell("defaultRequest", "defaultRequest of %s is %s, above its max of %s", key, show(request), show(max))
	case hasRequest && hasDef && request.Cmp(def) > 0:
		tell("defaultRequest", "defaultRequest of %s is %s, above its default of %s", key, show(request), show(def))
	case hasDef && hasMin && min.Cmp(def) > 0:
		tell("default", "default of %s is %s, below its min of %s", key, show(def), show(min))
	case hasDef && hasMax && def.Cmp(max) > 0:
		tell("default", "default of %s is %s, above its max of %s", key, show(def), show(max))
	case hasRatio && ratio.Cmp(*one) < 0:
		tell("maxLimitRequestRatio", "maxLimitRequestRatio of %s must be at least 1, not %s", key, show(ratio))
	case hasRatio && hasMin && hasMax && aboveRatio(ratio, min, max):
		tell("maxLimitRequestRatio", "maxLimitRequestRatio of %s is %s, above max/min, which is %s/%s", key, show(ratio), show(max), show(min))
	case !overcommitted(key) && hasDef && hasRequest && def.Cmp(request) != 0:
		tell("defaultRequest", "%s is not overcommitted: its defaultRequest must be its default of %s", key, show(def))
	}
}

// aboveRatio compares as the server does: in thousandths while they fit.
func aboveRatio(ratio, min, max resource.Quantity) bool {
	r, lo, hi := float64(ratio.Value()), min.Value(), max.Value()
	if ratio.Value() < resource.MaxMilliValue && lo < resource.MaxMilliValue && hi < resource.MaxMilliValue {
		r, lo, hi = float64(ratio.MilliValue())/1000, min.MilliValue(), max.MilliValue()
	}
	return r > float64(hi)/float64(lo)
}
