package workload

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// A Live is a workload as a cluster has it at a moment.
type Live struct {
	Start planner.Start
	Nodes int32 // DaemonSet: that should have a pod
	// Templates are the pod templates of the start's revisions, nil where the
	// output does not hold them.
	Templates []*manifest.Node
	// UnderWay says that a rollout, or a scale, has not ended.
	UnderWay bool
	All      int64 // pods that do not terminate
	Updated  int64 // of them, those of the workload's present template
	Ready    int64
	Wanted   int64
}

// Owned are the objects that controllers made, by the uid of their owner.
type Owned map[string][]*manifest.Document

// Add takes in an object, and reports whether a controller made it.
func (o Owned) Add(d *manifest.Document) bool {
	uid := ownerUID(d)
	if uid != "" {
		o[uid] = append(o[uid], d)
	}
	return uid != ""
}

func ownerUID(d *manifest.Document) string {
	for _, ref := range itemsOf(d.Root.At(manifest.Keys("metadata", "ownerReferences"))) {
		if wordOf(ref, "controller") == "true" {
			return wordOf(ref, "uid")
		}
	}
	return ""
}

// ReadLive reads the state of a Deployment, StatefulSet or DaemonSet out of what
// kubectl get -o yaml prints: of the ReplicaSets or ControllerRevisions and of
// the pods that it owns, as far as the output has them, else of its status.
// It is nil for another kind, and for an object that no controller has seen.
func ReadLive(d *manifest.Document, owned Owned) *Live {
	kind, _ := KindOf(d.APIVersion, d.Kind)
	l := &liveReader{doc: d, all: owned}
	if word(d, "status", "observedGeneration") == "" && word(d, "status", "replicas") == "" {
		return nil // no controller has written this
	}
	switch kind {
	case Deployment:
		return l.deployment()
	case StatefulSet:
		return l.statefulSet()
	case DaemonSet:
		return l.daemonSet()
	default:
		return nil
	}
}

type liveReader struct {
	doc *manifest.Document
	all Owned
}

// number is an integer of an object, 0 where it is absent.
func number(d *manifest.Document, keys ...string) int32 {
	n, _ := strconv.ParseInt(word(d, keys...), 10, 32)
	return max(0, int32(n))
}

// word is a scalar of an object, "" where it is absent.
func word(d *manifest.Document, keys ...string) string { return wordOf(d.Root, keys...) }

func wordOf(n *manifest.Node, keys ...string) string {
	if n = n.At(manifest.Keys(keys...)); n == nil || n.Kind == manifest.Null || n.Kind == manifest.Mapping || n.Kind == manifest.Sequence {
		return ""
	}
	return n.Text
}

// owned are the objects of a kind that the owner's controller made.
func (l *liveReader) owned(kind string, owner *manifest.Document) (list []*manifest.Document) {
	uid := word(owner, "metadata", "uid")
	if uid == "" {
		return nil
	}
	for _, d := range l.all[uid] {
		if d.Kind == kind && d.Namespace == owner.Namespace {
			list = append(list, d)
		}
	}
	return list
}

func itemsOf(n *manifest.Node) []*manifest.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

// unseen says that the controller has not looked at the object since it was
// written last.
func (l *liveReader) unseen() bool {
	return number(l.doc, "status", "observedGeneration") < number(l.doc, "metadata", "generation")
}

// deployment reads the ReplicaSets, oldest first as the controller orders them:
// by creation, then by name.
func (l *liveReader) deployment() *Live {
	sets := l.owned("ReplicaSet", l.doc)
	slices.SortStableFunc(sets, func(a, b *manifest.Document) int {
		return cmp.Or(cmp.Compare(word(a, "metadata", "creationTimestamp"), word(b, "metadata", "creationTimestamp")), cmp.Compare(a.Name, b.Name))
	})
	v := &Live{Wanted: int64(l.replicas())}
	v.Start.Unseen, v.Start.Progress = l.unseen(), l.progress()
	if len(sets) == 0 && number(l.doc, "status", "replicas") > 0 {
		l.deploymentStatus(v)
	} else {
		l.replicaSets(v, sets)
	}
	for i, r := range v.Start.Revisions {
		pods := int64(r.Available) + int64(r.Ready) + int64(r.Waiting) + int64(r.Stuck)
		v.All += pods
		v.Ready += int64(r.Available) + int64(r.Ready)
		if i+1 == v.Start.Template {
			v.Updated = pods
		}
		v.UnderWay = v.UnderWay || r.Terminating > 0 || r.Ready > 0
	}
	v.UnderWay = v.UnderWay || v.Start.Unseen || v.All != v.Wanted || v.Updated != v.Wanted || v.Ready != v.Wanted
	return v
}

func (l *liveReader) replicas() int32 {
	if word(l.doc, "spec", "replicas") == "" {
		return builtin.replicas
	}
	return number(l.doc, "spec", "replicas")
}

// progress is the reason of the Progressing condition.
func (l *liveReader) progress() string {
	for _, c := range itemsOf(l.doc.Root.At(manifest.Keys("status", "conditions"))) {
		if wordOf(c, "type") == "Progressing" {
			return wordOf(c, "reason")
		}
	}
	return ""
}

const (
	noteRevision = "deployment.kubernetes.io/revision"
	noteDesired  = "deployment.kubernetes.io/desired-replicas"
	noteMax      = "deployment.kubernetes.io/max-replicas"
	hashLabel    = "pod-template-hash"
)

// replicaSets reads the revisions of a Deployment. Pods count where the output
// holds some, else what the ReplicaSets say of theirs.
func (l *liveReader) replicaSets(v *Live, sets []*manifest.Document) {
	template := l.doc.Root.At(manifest.Keys("spec", "template"))
	withPods := slices.ContainsFunc(sets, func(rs *manifest.Document) bool { return len(l.owned("Pod", rs)) > 0 })
	hidden := false
	for i, rs := range sets {
		note := func(key string) int32 { return number(rs, "metadata", "annotations", key) }
		r := planner.StartRevision{
			Number: int64(note(noteRevision)), Desired: number(rs, "spec", "replicas"),
			DesiredNote: note(noteDesired), MaxNote: note(noteMax), MinReadySeconds: number(rs, "spec", "minReadySeconds"),
		}
		if r.Number == 0 {
			r.Number = int64(i + 1)
		}
		available := number(rs, "status", "availableReplicas")
		if withPods {
			count(&r, l.pods(rs), available)
		} else {
			all, ready := number(rs, "status", "replicas"), number(rs, "status", "readyReplicas")
			r.Available, r.Ready, r.Waiting = min(available, ready), max(0, ready-available), max(0, all-ready)
			r.Terminating = number(rs, "status", "terminatingReplicas")
			hidden = hidden || rs.Root.At(manifest.Keys("status", "terminatingReplicas")) == nil && (all > r.Desired || r.Waiting > 0)
		}
		own := rs.Root.At(manifest.Keys("spec", "template"))
		if p := templatePod(rs); p != nil {
			r.Pod = p
		}
		v.Start.Revisions = append(v.Start.Revisions, r)
		v.Templates = append(v.Templates, own)
		if v.Start.Template == 0 && sameTemplate(template, own) {
			v.Start.Template = i + 1
		}
	}
	if !withPods && v.Start.Progress == "ProgressDeadlineExceeded" && v.Start.Template > 0 {
		stick(&v.Start.Revisions[v.Start.Template-1])
	}
	if hidden {
		v.Start.Assumed = append(v.Start.Assumed, "no pod terminates at the start, as far as the ReplicaSets tell (kubectl get deploy,rs,pods -o yaml shows the pods)")
	}
}

// stick says that pods which made no progress in time make none any more.
func stick(r *planner.StartRevision) { r.Stuck, r.Waiting = r.Waiting, 0 }

// templatePod is what the template of a ReplicaSet makes, as the planner sees it.
func templatePod(rs *manifest.Document) *planner.Pod {
	r := &reader{doc: rs}
	p, fault := r.pod(manifest.Keys("spec", "template"))
	if fault != "" {
		return nil
	}
	pod := p.planned()
	return &pod
}

// deploymentStatus reads what a Deployment's status tells of its ReplicaSets:
// how many pods there are, how many of them are new, and how many are ready.
// Which ones are ready it does not tell.
//
//	replicas 13, updatedReplicas 5, readyReplicas 8: 8 old pods and 5 new ones;
//	the 5 that are not ready are taken for the new ones
func (l *liveReader) deploymentStatus(v *Live) {
	s := func(field string) int32 { return number(l.doc, "status", field) }
	all, updated, ready := s("replicas"), min(s("updatedReplicas"), s("replicas")), min(s("readyReplicas"), s("replicas"))
	available, wanted := min(s("availableReplicas"), ready), l.replicas()
	latest := int64(max(1, number(l.doc, "metadata", "annotations", noteRevision)))
	fresh := planner.StartRevision{Number: latest, Desired: updated}
	old := planner.StartRevision{Number: latest - 1, Desired: all - updated}
	sick := all - ready
	fresh.Waiting = min(sick, updated)
	old.Waiting = sick - fresh.Waiting
	young := ready - available
	fresh.Ready = min(young, updated-fresh.Waiting)
	old.Ready = young - fresh.Ready
	fresh.Available = updated - fresh.Waiting - fresh.Ready
	old.Available = old.Desired - old.Waiting - old.Ready
	old.Terminating = s("terminatingReplicas")
	assume := func(text string) { v.Start.Assumed = append(v.Start.Assumed, text) }
	if v.Start.Progress == "ProgressDeadlineExceeded" {
		stick(&fresh)
	}
	if old.Desired > 0 || old.Terminating > 0 || updated == 0 && all > 0 {
		v.Start.Revisions = append(v.Start.Revisions, old)
		if old.Desired > 0 && (sick > 0 || young > 0) {
			assume("which pods are ready is not in a Deployment's status: those that are not are taken for pods of the new version (kubectl get deploy,rs,pods -o yaml tells)")
		}
		assume("pods of older versions are taken for pods of one version")
	} else {
		fresh.Desired = wanted // what it lacks or has too much is under way
	}
	if updated > 0 || !l.paused() {
		v.Start.Revisions = append(v.Start.Revisions, fresh)
		v.Start.Template = len(v.Start.Revisions)
	}
	surge := int32(0)
	if w := read(l.doc, Deployment, nil); w.Strategy != nil {
		surge, _ = w.Strategy.Resolve(wanted)
	}
	for i := range v.Start.Revisions {
		r := &v.Start.Revisions[i]
		r.DesiredNote, r.MaxNote, r.MinReadySeconds = wanted, wanted+surge, number(l.doc, "spec", "minReadySeconds")
	}
	v.Templates = make([]*manifest.Node, len(v.Start.Revisions))
	if v.Start.Template > 0 {
		v.Templates[v.Start.Template-1] = l.doc.Root.At(manifest.Keys("spec", "template"))
	}
	if v.Start.Unseen {
		assume("the controller has not seen the last change yet, and its status is from before")
	}
}

func (l *liveReader) paused() bool { return word(l.doc, "spec", "paused") == "true" }

// sameTemplate compares a pod template with that of a ReplicaSet, which has one
// label more.
//
// Mirrors EqualIgnoreHash.
func sameTemplate(a, b *manifest.Node) bool {
	return sameNode(a, b, manifest.Keys("metadata", "labels"))
}

// SameTemplate reports whether two pod templates, with the server's defaults in
// them, are equal but for the hash that controllers add.
func SameTemplate(a, b *manifest.Node) bool { return sameTemplate(a, b) }

// sameNode compares two values. Null is absent, and so is an empty map or list;
// labels is where the hash may stand.
func sameNode(a, b *manifest.Node, labels manifest.Path) bool {
	if empty(a) || empty(b) {
		return empty(a) && empty(b)
	}
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Items) != len(b.Items) {
		return false
	}
	for i := range a.Items {
		if !sameNode(a.Items[i], b.Items[i], nil) {
			return false
		}
	}
	covers := func(x, y *manifest.Node) bool {
		for _, p := range x.Pairs {
			key := p.Key.Text
			if labels != nil && len(labels) == 0 && key == hashLabel {
				continue
			}
			var below manifest.Path
			if len(labels) > 0 && labels[0].Key == key {
				below = labels[1:]
			}
			if !sameNode(p.Value, y.Get(key), below) {
				return false
			}
		}
		return true
	}
	return covers(a, b) && covers(b, a)
}

func empty(n *manifest.Node) bool {
	return n == nil || n.Kind == manifest.Null || (n.Kind == manifest.Mapping || n.Kind == manifest.Sequence) && len(n.Pairs)+len(n.Items) == 0
}
