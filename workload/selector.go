package workload

import (
	"github.com/rollcast/rollcast/manifest"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/selection"
)

var operators = map[string]selection.Operator{
	"In":           selection.In,
	"NotIn":        selection.NotIn,
	"Exists":       selection.Exists,
	"DoesNotExist": selection.DoesNotExist,
}

// selector reads a label selector: all of its matchLabels and all of its
// matchExpressions have to hold. `{}` matches everything.
func (r *reader) selector(path manifest.Path) (labels.Selector, bool) {
	n, ok := r.get(path, manifest.Mapping)
	if n == nil || !ok {
		return nil, false
	}
	set, ok := r.strings(r.in(path, "matchLabels"))
	if !ok {
		return nil, false
	}
	selector := labels.NewSelector()
	for key, value := range set {
		req, err := labels.NewRequirement(key, selection.Equals, []string{value})
		if err != nil {
			return nil, false
		}
		selector = selector.Add(*req)
	}
	expressions := path.Append(manifest.Key("matchExpressions"))
	items, ok := r.list(expressions)
	if !ok {
		return nil, false
	}
	for i := range items {
		item := expressions.Append(manifest.Index(i))
		key, ok1 := r.str(r.in(item, "key"), "")
		operator, ok2 := r.str(r.in(item, "operator"), "")
		values, ok3 := r.words(r.in(item, "values"))
		req, err := labels.NewRequirement(key, operators[operator], values)
		if !ok1 || !ok2 || !ok3 || err != nil {
			return nil, false
		}
		selector = selector.Add(*req)
	}
	return selector, true
}
