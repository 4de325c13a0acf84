package planner

import "slices"

// A statefulSet is one StatefulSet in simulation: the object as the user last
// left it, its ControllerRevisions, its pods by ordinal, and the time.
//
// It differs from a Deployment in one thing that decides everything else: a pod
// has a name, so its successor cannot exist before it is gone. There is no
// surge, and every replacement costs one available pod.
type statefulSet struct {
	now             ms
	spec            Spec
	muted           bool  // nobody reads the reasons
	unavailable     int64 // maxUnavailable in pods; 1 without its feature gate
	template        int   // which pod template spec holds, counted from 1
	pods            []*Pod
	revisions       []controllerRevision // that exist, oldest first by creation
	created         int                  // revisions that were ever created
	current, update int                  // status: the revisions, as created
	currentReplicas int64                // status: pods of the current revision, as last counted

	rows   []row               // by ordinal, lowest first
	claims []stretchOfOrdinals // the ordinals that have claims

	kubelet kubelet
	horizon ms // no pod's age beyond this makes a difference

	writes    int       // what the controller wrote, statuses aside
	moved     int       // among them, pods that were created or deleted
	moves     []podMove // what happened to pods since the last step, for its reason
	opened    bool      // now rests on a duration that nothing bounds
	trail     uint64    // which way the controller's decisions went; see statefulset_stretch.go
	skipped   float64   // seconds that were jumped over
	leaper    setLeaper
	shown     []stretchOfOrdinals // the claims that the last step listed
	unclaimed int64               // pods whose claims were deleted since the last step
	begun     bool                // from a start, not from a finished rollout
	spare     []row
	paper     paper
}

// A controllerRevision is one version of the pod template. Pods carry its name
// as a label.
type controllerRevision struct {
	revision int   // as created, from 1
	template int   // which pod template it holds
	number   int64 // what Kubernetes shows: an undo gives an old revision the highest number
	pace     pace
}

// newStatefulSet is a StatefulSet that has been running one revision for ever:
// every pod is available and nothing is going on.
func newStatefulSet(spec Spec, k kubelet, horizon ms) *statefulSet {
	s := &statefulSet{
		template: 1, pods: []*Pod{&spec.Pod},
		revisions: []controllerRevision{{revision: 1, template: 1, number: 1, pace: k.pace(spec.Pod)}},
		created:   1, current: 1, update: 1, currentReplicas: int64(spec.Replicas),
		kubelet: k, horizon: horizon,
	}
	s.setSpec(spec)
	if from, to := s.ordinals(); from < to {
		s.rows = append(s.rows, row{first: from, n: to - from, revision: 1, phase: podReady, at: longAgo})
		s.claim(from, to)
	}
	return s
}

// setSpec is how the user leaves the object.
func (s *statefulSet) setSpec(spec Spec) {
	s.spec = spec
	s.unavailable = int64(spec.unavailableOfSet())
}

// unavailableOfSet is how many pods an update of a StatefulSet may take down at
// a time: maxUnavailable, a percentage rounded down, and never less than 1.
//
//	50 % of 5 is 2.5: 2
//	10 % of 5 is 0.5: 1, because at 0 nothing could ever move
//
// Without the feature gate MaxUnavailableStatefulSet it is 1. OnDelete takes no
// pod down.
//
// Mirrors getStatefulSetMaxUnavailable.
func (s Spec) unavailableOfSet() int32 {
	switch {
	case s.Strategy.Type != RollingUpdate:
		return 0
	case !s.Set.MaxUnavailableWorks:
		return 1
	default:
		return int32(max(1, s.Strategy.MaxUnavailable.of(s.Replicas, roundDown)))
	}
}

// ordinals are the ordinals that should have a pod: from the first up to, but
// without, the second. 3 replicas and ordinals.start 5 are 5, 6 and 7.
func (s *statefulSet) ordinals() (from, to int64) {
	from = int64(s.spec.Set.Start)
	return from, from + int64(s.spec.Replicas)
}

// boundary is the lowest ordinal whose missing pod is created at the update
// revision; those below get the current one. It is what partition holds back,
// counted from ordinals.start. Where a manifest writes `type: RollingUpdate`
// without a rollingUpdate block, status.currentReplicas takes its place: with 4
// pods, 2 of them updated, a lost pod 0 comes back at the current revision, and
// with a block of partition 0 at the update revision.
//
// Mirrors newVersionedStatefulSetPod.
func (s *statefulSet) boundary() int64 {
	from, _ := s.ordinals()
	switch {
	case s.spec.Strategy.Type != RollingUpdate:
		return from
	case s.spec.Set.NoRollingUpdate:
		return from + s.currentReplicas
	default:
		return from + int64(s.spec.Set.Partition)
	}
}

// fill is the revision that a missing ordinal gets.
func (s *statefulSet) fill(ordinal int64) int {
	if ordinal < s.boundary() {
		return s.current
	}
	return s.update
}

// parallel says that pods are created and deleted without waiting for each
// other.
func (s *statefulSet) parallel() bool { return s.spec.Set.Parallel }

// find is the revision with a number as created, or nil.
func (s *statefulSet) find(revision int) *controllerRevision {
	for i := range s.revisions {
		if s.revisions[i].revision == revision {
			return &s.revisions[i]
		}
	}
	return nil
}

// pace is how long the pods of a revision take.
func (s *statefulSet) pace(revision int) pace {
	if r := s.find(revision); r != nil {
		return r.pace
	}
	return pace{ready: never, leave: never}
}

// settle lets the controller run until it has nothing left to do.
func (s *statefulSet) settle() {
	for range maxPasses {
		if !s.sync() {
			break
		}
	}
	for i := range s.rows {
		s.rows[i].fresh = false // the scheduler has found nodes
	}
	s.tidy()
}

// stamp notes a decision.
func (s *statefulSet) stamp(n int) { s.trail = s.trail*1_099_511_628_211 + uint64(n) }

// clone is a copy that shares no pods with the original.
func (s *statefulSet) clone() *statefulSet {
	c := *s
	c.revisions, c.rows, c.claims = slices.Clone(s.revisions), slices.Clone(s.rows), slices.Clone(s.claims)
	c.moves, c.spare, c.leaper, c.paper = nil, nil, setLeaper{}, paper{}
	return &c
}
