package planner

import (
	"fmt"
	"slices"
)

// A Start is the state in which a story begins, where that is not a rollout
// which ended long ago: what a cluster has at a moment, also in the middle of a
// rollout.
type Start struct {
	// Revisions are the workload's, oldest first by creation: the plan's
	// revision n is Revisions[n-1].
	Revisions []StartRevision
	// Template is the revision whose template the workload has, as created; 0
	// where the controller has made none of it yet.
	Template int
	// Unseen says that the controller has not looked at the object since it was
	// written last (status.observedGeneration is behind metadata.generation).
	Unseen bool
	// Progress is the reason of a Deployment's Progressing condition, "" for
	// none. Its deadline runs from the start on.
	Progress string
	// Current and Update are a StatefulSet's status.currentRevision and
	// status.updateRevision, as created; CurrentReplicas is what its status says.
	Current, Update int
	CurrentReplicas int64
	Ordinals        []StartOrdinals // StatefulSet: those that have a pod
	Nodes           []StartNodes    // DaemonSet: all nodes, which are Spec.Replicas
	// Assumed is what had to be taken for granted, one sentence each; the plan
	// names it among its assumptions.
	Assumed []string
}

// A StartRevision is a ReplicaSet, or a ControllerRevision, of which only the
// first two fields count.
type StartRevision struct {
	Number int64 // that Kubernetes shows
	Pod    *Pod  // of its template; nil for the Spec's

	Desired         int32 // spec.replicas
	DesiredNote     int32 // annotation deployment.kubernetes.io/desired-replicas
	MaxNote         int32 // annotation deployment.kubernetes.io/max-replicas
	MinReadySeconds int32 // spec.minReadySeconds

	Available, Ready, Waiting, Stuck, Terminating int32 // pods, each in one of these
}

// PodState is how a pod is at the start.
type PodState uint8

const (
	PodAvailable   PodState = iota // ready for minReadySeconds and longer
	PodReady                       // ready, only just
	PodWaiting                     // not ready yet: it takes as long as one that is created at the start
	PodStuck                       // not ready, and in timed mode it never will be
	PodTerminating                 // it is gone as long after the start as after a deletion then
)

// StartOrdinals are pods of a StatefulSet with consecutive ordinals.
type StartOrdinals struct {
	First, N int64
	Revision int // as created
	State    PodState
}

// StartNodes are nodes that are alike.
type StartNodes struct {
	N    int64
	Pods []StartPod // on each of them, oldest first
}

// A StartPod is a pod on a node.
type StartPod struct {
	Revision int // as created
	State    PodState
}

// check refuses a start that is none of the workload's.
func (s *Start) check(spec Spec) error {
	known := func(revision, least int) bool { return revision >= least && revision <= len(s.Revisions) }
	if spec.Kind != Deployment && spec.Kind != StatefulSet && spec.Kind != DaemonSet {
		return fmt.Errorf("a %s has no rollout that could be under way", spec.Kind)
	}
	if !known(s.Template, 0) {
		return fmt.Errorf("there is no revision %d", s.Template)
	}
	for _, r := range s.Revisions {
		if min(r.Desired, r.Available, r.Ready, r.Waiting, r.Stuck, r.Terminating) < 0 {
			return fmt.Errorf("revision %d has a negative number of pods", r.Number)
		}
	}
	switch spec.Kind {
	case StatefulSet:
		if !known(s.Current, 1) || !known(s.Update, 1) {
			return fmt.Errorf("there is no revision %d or %d", s.Current, s.Update)
		}
		end := int64(0)
		for _, o := range s.Ordinals {
			if o.First < end || o.N < 1 || !known(o.Revision, 1) {
				return fmt.Errorf("ordinal %d stands twice, or has no revision", o.First)
			}
			end = o.First + o.N
		}
	case DaemonSet:
		nodes := int64(0)
		for _, n := range s.Nodes {
			nodes += n.N
			if n.N < 1 || slices.ContainsFunc(n.Pods, func(p StartPod) bool { return !known(p.Revision, 1) }) {
				return fmt.Errorf("a node has a pod without a revision")
			}
		}
		if nodes != int64(spec.Replicas) {
			return fmt.Errorf("the start has %d nodes, and the DaemonSet %d", nodes, spec.Replicas)
		}
	default:
	}
	return nil
}

// texts are what the start takes for granted.
func (s *Start) texts(timed bool) []string {
	list := slices.Clone(s.Assumed)
	waiting, stuck := s.waits()
	if timed && waiting {
		list = append(list, "pods that are not ready at the start take as long from then on as new ones")
	}
	if timed && stuck {
		list = append(list, "pods that cannot start now never become ready")
	}
	return list
}

// waits reports whether pods are not ready, and whether some of them never will
// be.
func (s *Start) waits() (waiting, stuck bool) {
	see := func(p PodState) { waiting, stuck = waiting || p == PodWaiting, stuck || p == PodStuck }
	for _, r := range s.Revisions {
		waiting, stuck = waiting || r.Waiting > 0, stuck || r.Stuck > 0
	}
	for _, o := range s.Ordinals {
		see(o.State)
	}
	for _, n := range s.Nodes {
		for _, p := range n.Pods {
			see(p.State)
		}
	}
	return waiting, stuck
}

// pod is what the template of a revision makes.
func (r *StartRevision) pod(spec *Spec) *Pod {
	if r.Pod != nil {
		return r.Pod
	}
	return &spec.Pod
}

// begin puts a Deployment into the state of a start.
//
//	2 of 3 old pods and 2 new ones, of which 1 waits, of 3 replicas with surge 1:
//	the old ReplicaSet has spec.replicas 2, the new one 2; 4 of 4 exist, so the
//	next step comes when the pod that waits is available
func (d *deployment) begin(s *Start) {
	d.sets, d.pods, d.created, d.begun = nil, nil, len(s.Revisions), true
	for i := range s.Revisions {
		r := &s.Revisions[i]
		d.pods = append(d.pods, r.pod(&d.spec))
		rs := &replicaSet{
			revision: i + 1, template: i + 1, number: r.Number,
			replicas: r.Desired, minReadySeconds: r.MinReadySeconds,
			desiredNote: r.DesiredNote, maxNote: r.MaxNote,
			pace: d.kubelet.pace(*d.pods[i]),
		}
		rs.waiting.add(never, r.Stuck)
		rs.waiting.add(rs.pace.ready, r.Waiting)
		rs.ready.add(longAgo, r.Available)
		rs.ready.add(0, r.Ready)
		if !rs.pace.instant {
			rs.leaving.add(rs.pace.leave, r.Terminating)
		}
		rs.observed = rs.count(0)
		d.sets = append(d.sets, rs)
	}
	if d.template = s.Template; d.template == 0 {
		d.pods = append(d.pods, &d.spec.Pod)
		d.template = len(d.pods)
	}
	d.status = d.total(d.target())
	d.unseen = s.Unseen
	d.progress = progress{reason: reasonNamed(s.Progress)}
	if !d.complete(d.status) {
		d.writes++ // to wait for a pod is something to do
	}
}

// reasonNamed is the reason that Kubernetes writes so. What it does not know is
// progress like any other.
func reasonNamed(name string) reason {
	for r := reasonNone; r <= reasonResumed; r++ {
		if r.String() == name {
			return r
		}
	}
	return reasonUpdated
}

// begin puts a StatefulSet into the state of a start.
func (s *statefulSet) begin(start *Start) {
	s.revisions, s.pods, s.rows, s.claims = nil, nil, nil, nil
	s.created, s.begun = len(start.Revisions), true
	for i := range start.Revisions {
		r := &start.Revisions[i]
		s.pods = append(s.pods, r.pod(&s.spec))
		s.revisions = append(s.revisions, controllerRevision{revision: i + 1, template: i + 1, number: r.Number, pace: s.kubelet.pace(*s.pods[i])})
	}
	if s.template = start.Template; s.template == 0 {
		s.pods = append(s.pods, &s.spec.Pod)
		s.template = len(s.pods)
	}
	s.current, s.update, s.currentReplicas = start.Current, start.Update, start.CurrentReplicas
	for _, o := range start.Ordinals {
		s.claim(o.First, o.First+o.N)
		r := row{first: o.First, n: o.N, revision: o.Revision}
		pace := s.pace(o.Revision)
		switch o.State {
		case PodAvailable:
			r.phase, r.at = podReady, longAgo
		case PodReady:
			r.phase = podReady
		case PodWaiting:
			r.at = pace.ready
		case PodStuck:
			r.at = never
		case PodTerminating:
			if pace.instant {
				continue
			}
			r.phase, r.at = podLeaving, pace.leave
		}
		s.rows = append(s.rows, r)
	}
	if s.hold().kind != holdNothing {
		s.writes++
	}
}

// begin puts a DaemonSet into the state of a start.
func (d *daemonSet) begin(s *Start) {
	d.history, d.pods, d.sites, d.begun = nil, nil, nil, true
	for i := range s.Revisions {
		r := &s.Revisions[i]
		d.pods = append(d.pods, r.pod(&d.spec))
		d.history = append(d.history, &daemonRevision{template: i + 1, number: r.Number, pace: d.kubelet.pace(*d.pods[i])})
	}
	if d.template = s.Template; d.template == 0 {
		d.pods = append(d.pods, &d.spec.Pod)
		d.template = len(d.pods)
	}
	for _, n := range s.Nodes {
		one := site{nodes: n.N}
		for _, p := range n.Pods {
			pace := d.revision(p.Revision).pace
			at := nodePod{revision: p.Revision}
			switch p.State {
			case PodAvailable:
				at.ready, at.at = true, longAgo
			case PodReady:
				at.ready = true
			case PodWaiting:
				at.at = pace.ready
			case PodStuck:
				at.at = never
			case PodTerminating:
				if !pace.instant {
					one.leaving = append(one.leaving, leavingPod{p.Revision, pace.leave})
				}
				continue
			}
			if one.count() < len(one.pods) {
				one.pods[one.count()] = at
			}
		}
		d.sites = append(d.sites, one)
	}
	if nodes, done := d.updated(); done < nodes {
		d.writes++
	}
}

// startStatefulSet is a StatefulSet as a scenario finds it.
func startStatefulSet(spec Spec, k kubelet, sc Scenario) *statefulSet {
	s := newStatefulSet(spec, k, sc.horizon(spec))
	if sc.Start != nil {
		s.begin(sc.Start)
	}
	return s
}

// startDaemonSet is a DaemonSet as a scenario finds it.
func startDaemonSet(spec Spec, k kubelet, sc Scenario) *daemonSet {
	d := newDaemonSet(spec, k, sc.horizon(spec))
	if sc.Start != nil {
		d.begin(sc.Start)
	}
	return d
}
