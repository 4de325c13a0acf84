package workload

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"k8s.io/apimachinery/pkg/labels"
)

// An Unattached is a Service, PodDisruptionBudget or HorizontalPodAutoscaler of
// which the set holds no pods, although it holds a workload that it may have
// been meant for.
type Unattached struct {
	Document *manifest.Document
	Path     manifest.Path // of the selector, or of the reference
	// Meant is the workload that comes nearest, and Gap what keeps it away:
	// "Deployment web has no label tier=front".
	Meant *Workload
	Gap   string
}

// Unattached lists what touches no workload, by the order of the documents. It
// is empty where it cannot be known: with custom resources, which may make pods,
// and with workloads that cannot be read.
func (s *Set) Unattached() (list []Unattached) {
	if s.Foreign || slices.ContainsFunc(s.Workloads, func(w *Workload) bool { return w.Unreadable != "" }) {
		return nil
	}
	x := newNeighbours(s.Workloads)
	for _, v := range s.Services {
		if v.Workloads == 0 {
			list = x.add(list, v.Document, labels.SelectorFromSet(v.Selector), func(w *Workload) bool { return len(w.Services) == 0 })
		}
	}
	for _, v := range s.Budgets {
		if v.Workloads+v.refused == 0 {
			list = x.add(list, v.Document, v.Selector, func(w *Workload) bool { return len(w.Budgets) == 0 })
		}
	}
	for _, v := range s.Autoscalers {
		if _, known := KindOf(apiVersionOf(v.target.Group), v.target.Kind); v.Workloads+v.refused > 0 || !known {
			continue
		}
		if w := x.byName[manifest.ObjectKey{Namespace: v.target.Namespace, Name: v.target.Name}]; w != nil && len(w.Autoscalers) == 0 {
			list = append(list, Unattached{v.Document, manifest.Keys("spec", "scaleTargetRef"), w, fmt.Sprintf("%s %s is there instead", w.Kind, w.Document.Name)})
		} else if w := x.byNamespace[v.target.Namespace]; w != nil && len(w.Autoscalers) == 0 {
			list = append(list, Unattached{v.Document, manifest.Keys("spec", "scaleTargetRef"), w, fmt.Sprintf("%s %s has another name", w.Kind, w.Document.Name)})
		}
	}
	return list
}

func apiVersionOf(group string) string {
	if group == "" {
		return "v1"
	}
	return group + "/v1"
}

// neighbours finds workloads by what they share with a selector.
type neighbours struct {
	byLabel     map[label][]*Workload // each at most maxJoined
	byName      map[manifest.ObjectKey]*Workload
	byNamespace map[string]*Workload // the only one of the namespace, else nil
}

func newNeighbours(workloads []*Workload) *neighbours {
	x := &neighbours{map[label][]*Workload{}, map[manifest.ObjectKey]*Workload{}, map[string]*Workload{}}
	for _, w := range workloads {
		namespace := w.Document.Namespace
		for k, v := range w.Pod.Labels {
			if l := (label{namespace, k, v}); len(x.byLabel[l]) < maxJoined {
				x.byLabel[l] = append(x.byLabel[l], w)
			}
		}
		x.byName[manifest.ObjectKey{Namespace: namespace, Name: w.Document.Name}] = w
		if _, more := x.byNamespace[namespace]; more {
			w = nil
		}
		x.byNamespace[namespace] = w
	}
	return x
}

// add appends the object where a workload comes near its selector: it has one
// of the labels, or the object's own name, and is free: no other object of the
// kind selects it.
//
// Example: of the selector app=web, tier=front a Deployment with app=web and
// tier=back comes near, and lacks tier=front.
func (x *neighbours) add(list []Unattached, doc *manifest.Document, selector labels.Selector, free func(*Workload) bool) []Unattached {
	requirements, _ := selector.Requirements()
	var meant *Workload
	most := 0
	consider := func(w *Workload) {
		if !free(w) {
			return
		}
		n := 1 // for being considered at all
		for _, req := range requirements {
			if req.Matches(labels.Set(w.Pod.Labels)) {
				n++
			}
		}
		if n > most {
			meant, most = w, n
		}
	}
	if w := x.byName[manifest.ObjectKey{Namespace: doc.Namespace, Name: doc.Name}]; w != nil {
		consider(w)
	}
	for _, req := range requirements {
		for _, value := range req.Values().UnsortedList() {
			for _, w := range x.byLabel[label{doc.Namespace, req.Key(), value}] {
				consider(w)
			}
		}
	}
	if meant == nil {
		return list
	}
	var lacks []string
	for _, req := range requirements {
		if !req.Matches(labels.Set(meant.Pod.Labels)) {
			lacks = append(lacks, req.String())
		}
	}
	if len(lacks) == 0 {
		return list // more than maxJoined objects select its pods
	}
	slices.Sort(lacks)
	return append(list, Unattached{doc, manifest.Keys("spec", "selector"), meant, fmt.Sprintf("the pods of %s %s do not fulfil %s", meant.Kind, meant.Document.Name, strings.Join(lacks, ", "))})
}
