package workload

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"k8s.io/apimachinery/pkg/api/resource"
)

// A Refusal is a reason why the API server refuses the workload's pods although
// it accepts the workload: the controller then retries for ever, and a rollout
// takes old pods away without getting new ones.
type Refusal struct {
	Path manifest.Path      // in the workload
	By   *manifest.Document // the object that refuses
	At   manifest.Path      // in that
	Text string             // `container "web" requests no cpu`
}

// A Quota is a ResourceQuota over all pods of its namespace. One with scopes
// counts only some of them, and is left out.
type Quota struct {
	Document *manifest.Document
	Hard     []Hard // by name
}

// A Hard is one limit of a quota.
type Hard struct {
	Name     string // requests.cpu
	Path     manifest.Path
	Quantity resource.Quantity
}

// A Bounds is one item of a LimitRange for containers.
type Bounds struct {
	Document *manifest.Document
	Min, Max map[string]resource.Quantity
	Path     manifest.Path
}

// A Room is how many more pods of a workload a quota lets in, besides all pods
// that the set's workloads want.
type Room struct {
	Quota *Quota
	Hard  Hard
	Used  resource.Quantity // what all pods of the namespace want, as far as it is known
	// Pods is how many more of the workload's pods fit; below zero, how many of
	// those that are wanted do not.
	Pods int64
}

func readQuota(r *reader) *Quota {
	if r.node(manifest.Keys("spec", "scopes")) != nil || r.node(manifest.Keys("spec", "scopeSelector")) != nil {
		return nil
	}
	path := manifest.Keys("spec", "hard")
	n, ok := r.get(path, manifest.Mapping)
	if n == nil || !ok {
		return nil
	}
	q := &Quota{Document: r.doc}
	for _, pair := range n.Pairs {
		at := path.Append(manifest.Key(pair.Key.Text))
		if v := r.quantity(at); v != nil {
			q.Hard = append(q.Hard, Hard{Name: pair.Key.Text, Path: at, Quantity: *v})
		}
	}
	slices.SortFunc(q.Hard, func(a, b Hard) int { return strings.Compare(a.Name, b.Name) })
	return q
}

func readBounds(r *reader) (list []*Bounds) {
	path := manifest.Keys("spec", "limits")
	items, _ := r.list(path)
	for i := range items {
		at := path.Append(manifest.Index(i))
		if kind, _ := r.str(r.in(at, "type"), ""); kind != "Container" {
			continue
		}
		read := func(key string) map[string]resource.Quantity {
			m := map[string]resource.Quantity{}
			for _, name := range []string{"cpu", "memory"} {
				if q := r.quantity(r.in(at, key, name)); q != nil {
					m[name] = *q
				}
			}
			return m
		}
		list = append(list, &Bounds{Document: r.doc, Min: read("min"), Max: read("max"), Path: at})
	}
	return list
}

// unspecified lists the containers that a quota refuses, because it counts a
// resource that they do not name (quota/v1/evaluator/core podEvaluator
// Constraints). A LimitRange may name it for them, and resources of the pod too.
//
// Example: with the quota requests.cpu: 4 every container, init containers
// included, needs a cpu request, or a limit, which then is the request.
func (q *Quota) unspecified(w *Workload) (list []Refusal) {
	if w.Bounded || w.Pod.Whole.CPU != nil || w.Pod.Whole.Memory != nil {
		return nil
	}
	for _, h := range q.Hard {
		verb, name, ok := strings.Cut(h.Name, ".")
		if !ok {
			verb, name = "requests", h.Name
		}
		if name != "cpu" && name != "memory" || verb != "requests" && verb != "limits" {
			continue
		}
		for _, c := range w.Pod.Containers {
			if c.Unreadable || c.names(verb, name) {
				continue
			}
			what := "requests no " + name
			if verb == "limits" {
				what = "has no " + name + " limit"
			}
			list = append(list, Refusal{c.Path, q.Document, h.Path, fmt.Sprintf("container %q %s", c.Name, what)})
		}
	}
	return list
}

// names reports whether the container names a request, or a limit, of the
// resource.
func (c *Container) names(verb, resource string) bool {
	if resource == "cpu" {
		return c.CPULimit != nil || verb == "requests" && c.Requests.CPU != nil
	}
	return c.MemoryLimit != nil || verb == "requests" && c.Requests.Memory != nil
}

// broken lists the containers whose requests or limits are out of bounds
// (plugin/pkg/admission/limitranger).
func (b *Bounds) broken(w *Workload) (list []Refusal) {
	for _, c := range w.Pod.Containers {
		for _, v := range []struct {
			resource, what string
			value          *resource.Quantity
		}{
			{"cpu", "cpu request", c.Requests.CPU}, {"cpu", "cpu limit", c.CPULimit},
			{"memory", "memory request", c.Requests.Memory}, {"memory", "memory limit", c.MemoryLimit},
		} {
			if v.value == nil || c.Unreadable {
				continue
			}
			if limit, ok := b.Max[v.resource]; ok && v.value.Cmp(limit) > 0 {
				list = append(list, Refusal{c.Path, b.Document, b.Path.Append(manifest.Keys("max", v.resource)...),
					fmt.Sprintf("container %q has a %s of %s, above the maximum of %s", c.Name, v.what, v.value, &limit)})
				break
			}
			if limit, ok := b.Min[v.resource]; ok && v.value.Cmp(limit) < 0 {
				list = append(list, Refusal{c.Path, b.Document, b.Path.Append(manifest.Keys("min", v.resource)...),
					fmt.Sprintf("container %q has a %s of %s, below the minimum of %s", c.Name, v.what, v.value, &limit)})
				break
			}
		}
	}
	return list
}
