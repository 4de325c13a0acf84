package workload

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// history reads the ControllerRevisions of a workload, oldest first, with their
// names: a StatefulSet's pods carry the whole name as a label, a DaemonSet's
// only the hash behind its own.
func (l *liveReader) history(v *Live) (names []string) {
	docs := l.owned("ControllerRevision", l.doc)
	slices.SortStableFunc(docs, func(a, b *manifest.Document) int {
		return cmp.Or(cmp.Compare(word(a, "metadata", "creationTimestamp"), word(b, "metadata", "creationTimestamp")), cmp.Compare(number(a, "revision"), number(b, "revision")))
	})
	template := l.doc.Root.At(manifest.Keys("spec", "template"))
	for i, d := range docs {
		own := d.Root.At(manifest.Keys("data", "spec", "template"))
		if own != nil && own.Get("$patch") != nil {
			plain := *own
			plain.Pairs = slices.DeleteFunc(slices.Clone(own.Pairs), func(p manifest.Pair) bool { return p.Key.Text == "$patch" })
			own = &plain
		}
		v.add(int64(number(d, "revision")), own)
		names = append(names, d.Name)
		if sameTemplate(template, own) {
			v.Start.Template = i + 1
		}
	}
	return names
}

// add adds a revision with its template.
func (v *Live) add(number int64, template *manifest.Node) int {
	v.Start.Revisions = append(v.Start.Revisions, planner.StartRevision{Number: number})
	v.Templates = append(v.Templates, template)
	return len(v.Templates)
}

// revisionNamed is the revision of a name, as created; one that no
// ControllerRevision of the output tells of is added.
func (v *Live) revisionNamed(names *[]string, name string) int {
	if i := slices.Index(*names, name); i >= 0 {
		return i + 1
	}
	*names = append(*names, name)
	return v.add(int64(len(*names)), nil)
}

// statefulSet reads the pods by their ordinals where the output holds them, else
// what the status tells.
func (l *liveReader) statefulSet() *Live {
	v := &Live{Wanted: int64(l.replicas())}
	v.Start.Unseen = l.unseen()
	names := l.history(v)
	known := len(names)
	current, update := word(l.doc, "status", "currentRevision"), word(l.doc, "status", "updateRevision")
	if current == "" || update == "" {
		return nil
	}
	v.Start.Current, v.Start.Update = v.revisionNamed(&names, current), v.revisionNamed(&names, update)
	v.Start.CurrentReplicas = int64(number(l.doc, "status", "currentReplicas"))
	if known == 0 && !v.Start.Unseen {
		v.Start.Template = v.Start.Update
		v.Templates[v.Start.Update-1] = l.doc.Root.At(manifest.Keys("spec", "template"))
	}
	pods := l.pods(l.doc)
	if len(pods) == 0 {
		l.setStatus(v)
	} else {
		l.setPods(v, pods, &names)
	}
	for _, o := range v.Start.Ordinals {
		v.tally(o.N, planner.StartPod{Revision: o.Revision, State: o.State})
	}
	v.UnderWay = v.UnderWay || v.Start.Unseen || v.All != v.Wanted || v.Updated != v.Wanted || v.Ready != v.Wanted
	return v
}

// tally counts pods.
func (v *Live) tally(n int64, p planner.StartPod) {
	switch p.State {
	case planner.PodTerminating:
		v.UnderWay = true
		return
	case planner.PodAvailable, planner.PodReady:
		v.Ready += n
		v.UnderWay = v.UnderWay || p.State == planner.PodReady
	case planner.PodWaiting, planner.PodStuck:
	}
	v.All += n
	if p.Revision == v.Start.Template {
		v.Updated += n
	}
}

// setPods reads a StatefulSet's pods. Those that are ready and not available are
// the ones that became ready last: the lowest of the update revision.
func (l *liveReader) setPods(v *Live, pods []livePod, names *[]string) {
	pods = slices.DeleteFunc(pods, func(p livePod) bool { return ordinal(p.doc.Name) < 0 })
	slices.SortFunc(pods, func(a, b livePod) int { return cmp.Compare(ordinal(a.doc.Name), ordinal(b.doc.Name)) })
	ready := 0
	for _, p := range pods {
		if p.state == planner.PodAvailable {
			ready++
		}
	}
	young := ready - int(number(l.doc, "status", "availableReplicas"))
	for _, p := range pods {
		revision := v.revisionNamed(names, p.revision)
		if p.state == planner.PodAvailable && revision == v.Start.Update && young > 0 {
			p.state = planner.PodReady
			young--
		}
		at := ordinal(p.doc.Name)
		if k := len(v.Start.Ordinals) - 1; k >= 0 && v.Start.Ordinals[k].First+v.Start.Ordinals[k].N > at {
			continue // two pods of one name are none of a cluster's
		}
		v.Start.Ordinals = append(v.Start.Ordinals, planner.StartOrdinals{First: at, N: 1, Revision: revision, State: p.state})
	}
}

// setStatus lays the pods of a StatefulSet out by its status: those of the
// current revision from the lowest ordinal on, then those that terminate, then
// those of the update revision. A pod that is not ready is taken for the lowest
// of the update revision, which was replaced last, or, without a rollout, for
// the highest.
//
//	replicas 5, currentReplicas 3, updatedReplicas 1, readyReplicas 3:
//	0, 1 and 2 are old and ready, 3 terminates, 4 is new and not ready
func (l *liveReader) setStatus(v *Live) {
	s := func(field string) int64 { return int64(number(l.doc, "status", field)) }
	all, old, updated, ready := s("replicas"), s("currentReplicas"), s("updatedReplicas"), s("readyReplicas")
	if v.Start.Current == v.Start.Update {
		old, updated = 0, min(max(old, updated), all)
	}
	old = min(old, all-min(updated, all))
	updated = min(updated, all-old)
	leaving := all - old - updated
	sick := max(0, all-leaving-ready)
	young := max(0, min(ready, all-leaving)-s("availableReplicas"))
	at := int64(number(l.doc, "spec", "ordinals", "start"))
	put := func(n int64, revision int, state planner.PodState) {
		if n > 0 {
			v.Start.Ordinals = append(v.Start.Ordinals, planner.StartOrdinals{First: at, N: n, Revision: revision, State: state})
			at += n
		}
	}
	part := func(have int64, left *int64) int64 { // how many of some pods are among those left
		n := min(have, *left)
		*left -= n
		return n
	}
	freshSick := part(updated, &sick)
	freshYoung := part(updated-freshSick, &young)
	oldSick := part(old, &sick)
	put(old-oldSick, v.Start.Current, planner.PodAvailable)
	put(oldSick, v.Start.Current, planner.PodWaiting)
	put(leaving, v.Start.Current, planner.PodTerminating)
	if v.Start.Current == v.Start.Update {
		put(updated-freshSick-freshYoung, v.Start.Update, planner.PodAvailable)
		put(freshYoung, v.Start.Update, planner.PodReady)
		put(freshSick, v.Start.Update, planner.PodWaiting)
	} else {
		put(freshSick, v.Start.Update, planner.PodWaiting)
		put(freshYoung, v.Start.Update, planner.PodReady)
		put(updated-freshSick-freshYoung, v.Start.Update, planner.PodAvailable)
	}
	if leaving > 0 || freshSick+oldSick > 0 || freshYoung > 0 {
		v.Start.Assumed = append(v.Start.Assumed, fmt.Sprintf("which pods of StatefulSet %s are ready is not in its status: those that are not are taken for the ones replaced last (kubectl get statefulset,pods -o yaml tells)", l.doc.Name))
	}
}

// daemonSet reads the pods by their nodes where the output holds them, else what
// the status tells.
func (l *liveReader) daemonSet() *Live {
	v := &Live{Nodes: number(l.doc, "status", "desiredNumberScheduled")}
	v.Wanted = int64(v.Nodes)
	v.Start.Unseen = l.unseen()
	names := l.history(v)
	for i, name := range names { // DaemonSet web, ControllerRevision web-6d5f
		if len(name) > len(l.doc.Name)+1 {
			names[i] = name[len(l.doc.Name)+1:]
		}
	}
	pods := l.pods(l.doc)
	if len(pods) == 0 {
		l.nodesStatus(v)
	} else {
		l.nodePods(v, pods, &names)
	}
	if v.Start.Template == 0 && len(v.Start.Revisions) == 0 {
		v.Start.Template = v.add(1, l.doc.Root.At(manifest.Keys("spec", "template")))
	}
	for _, n := range v.Start.Nodes {
		for _, p := range n.Pods {
			v.tally(n.N, p)
		}
	}
	v.UnderWay = v.UnderWay || v.Start.Unseen || v.All != v.Wanted || v.Updated != v.Wanted || v.Ready != v.Wanted
	return v
}

// nodePods reads a DaemonSet's pods. Without ControllerRevisions the label
// pod-template-generation tells which template is older.
func (l *liveReader) nodePods(v *Live, pods []livePod, names *[]string) {
	generation := func(p livePod) int {
		n, _ := strconv.Atoi(word(p.doc, "metadata", "labels", "pod-template-generation"))
		return n
	}
	slices.SortStableFunc(pods, func(a, b livePod) int {
		return cmp.Or(cmp.Compare(generation(a), generation(b)), cmp.Compare(word(a.doc, "metadata", "creationTimestamp"), word(b.doc, "metadata", "creationTimestamp")))
	})
	known := len(*names)
	byNode := map[string][]planner.StartPod{}
	var order []string
	young := -int(number(l.doc, "status", "numberAvailable"))
	for _, p := range pods {
		if p.state == planner.PodAvailable {
			young++
		}
	}
	for i := len(pods) - 1; i >= 0 && young > 0; i-- { // those that became ready last
		if pods[i].state == planner.PodAvailable {
			pods[i].state = planner.PodReady
			young--
		}
	}
	latest, present := 0, number(l.doc, "metadata", "annotations", "deprecated.daemonset.template.generation")
	for _, p := range pods {
		n := v.revisionNamed(names, p.revision)
		if int32(generation(p)) == present && known == 0 {
			latest = n
		}
		if _, seen := byNode[p.node]; !seen {
			order = append(order, p.node)
		}
		byNode[p.node] = append(byNode[p.node], planner.StartPod{Revision: n, State: p.state})
	}
	if known == 0 && v.Start.Template == 0 && !v.Start.Unseen {
		if latest == 0 { // no pod has it yet
			latest = v.add(int64(len(v.Templates)+1), nil)
		}
		v.Start.Template = latest
		v.Templates[latest-1] = l.doc.Root.At(manifest.Keys("spec", "template"))
	}
	for _, node := range order {
		v.Start.Nodes = append(v.Start.Nodes, planner.StartNodes{N: 1, Pods: byNode[node]})
	}
	if missing := int64(v.Nodes) - int64(len(order)); missing > 0 {
		v.Start.Nodes = append(v.Start.Nodes, planner.StartNodes{N: missing})
	}
	v.Nodes = int32(min(math.MaxInt32, max(int64(v.Nodes), int64(len(order)))))
	v.Wanted = int64(v.Nodes)
}

// nodesStatus lays a DaemonSet's pods out by its status. Which of them are ready
// it does not tell: those that are not are taken for the new ones.
//
//	desiredNumberScheduled 5, currentNumberScheduled 5, updatedNumberScheduled 2,
//	numberReady 4: 3 old and ready, 1 new and ready, 1 new and not ready
func (l *liveReader) nodesStatus(v *Live) {
	s := func(field string) int64 { return int64(number(l.doc, "status", field)) }
	nodes := int64(v.Nodes)
	scheduled := min(s("currentNumberScheduled"), nodes)
	updated := min(s("updatedNumberScheduled"), scheduled)
	old := scheduled - updated
	template := l.doc.Root.At(manifest.Keys("spec", "template"))
	fresh := v.Start.Template
	if fresh == 0 && len(v.Start.Revisions) > 0 && !v.Start.Unseen {
		fresh = len(v.Start.Revisions)
	}
	before := 0
	if old > 0 {
		if len(v.Start.Revisions) > 1 && fresh == len(v.Start.Revisions) {
			before = fresh - 1
		} else if len(v.Start.Revisions) == 0 {
			before = v.add(1, nil)
		}
	}
	if fresh == 0 {
		fresh = v.add(int64(len(v.Templates)+1), template)
	}
	if before == 0 {
		before = fresh
	}
	v.Start.Template = fresh
	sick := max(0, scheduled-s("numberReady"))
	young := max(0, min(s("numberReady"), scheduled)-s("numberAvailable"))
	put := func(n int64, pods ...planner.StartPod) {
		if n > 0 {
			v.Start.Nodes = append(v.Start.Nodes, planner.StartNodes{N: n, Pods: pods})
		}
	}
	freshSick := min(sick, updated)
	freshYoung := min(young, updated-freshSick)
	oldSick := min(sick-freshSick, old)
	put(old-oldSick, planner.StartPod{Revision: before, State: planner.PodAvailable})
	put(oldSick, planner.StartPod{Revision: before, State: planner.PodWaiting})
	put(updated-freshSick-freshYoung, planner.StartPod{Revision: fresh, State: planner.PodAvailable})
	put(freshYoung, planner.StartPod{Revision: fresh, State: planner.PodReady})
	put(freshSick, planner.StartPod{Revision: fresh, State: planner.PodWaiting})
	put(nodes - scheduled)
	if sick > 0 || young > 0 {
		v.Start.Assumed = append(v.Start.Assumed, fmt.Sprintf("which pods of DaemonSet %s are ready is not in its status: those that are not are taken for new ones (kubectl get daemonset,pods -o yaml tells)", l.doc.Name))
	}
}
