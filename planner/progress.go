package planner

import (
	"math"
)

// totals are the counts of a Deployment's status.
type totals struct {
	replicas, updated, ready, available int32
}

// total adds up what the ReplicaSets report.
//
// Mirrors calculateStatus.
func (d *deployment) total(target *replicaSet) (t totals) {
	for _, rs := range d.sets {
		t.replicas += rs.observed.replicas
		t.ready += rs.observed.ready
		t.available += rs.observed.available
		if rs == target {
			t.updated = rs.observed.replicas
		}
	}
	return t
}

// finished says that the rollout is complete by the status as it was before
// this pass, which is when old ReplicaSets beyond the history limit are
// deleted. A status from before the user's last change does not count: right
// after an update it is still that of the finished rollout before.
func (d *deployment) finished() bool { return !d.unseen && d.complete(d.status) }

// complete says that all pods are of the new version and available, and that
// no other pod exists.
//
// Mirrors DeploymentComplete.
func (d *deployment) complete(t totals) bool {
	want := d.spec.Replicas
	return d.fork(t.updated == want && t.replicas == want && t.available == want)
}

// reason is why the Progressing condition has its value.
type reason uint8

const (
	reasonNone      reason = iota // no such condition: there is no deadline
	reasonCreated                 // NewReplicaSetCreated
	reasonFound                   // FoundNewReplicaSet
	reasonUpdated                 // ReplicaSetUpdated
	reasonAvailable               // NewReplicaSetAvailable: the rollout is complete
	reasonTimedOut                // ProgressDeadlineExceeded
	reasonPaused                  // DeploymentPaused
	reasonResumed                 // DeploymentResumed
)

// String is the reason as Kubernetes writes it.
func (r reason) String() string {
	switch r {
	case reasonNone:
		return ""
	case reasonCreated:
		return "NewReplicaSetCreated"
	case reasonFound:
		return "FoundNewReplicaSet"
	case reasonUpdated:
		return "ReplicaSetUpdated"
	case reasonAvailable:
		return "NewReplicaSetAvailable"
	case reasonTimedOut:
		return "ProgressDeadlineExceeded"
	case reasonPaused:
		return "DeploymentPaused"
	case reasonResumed:
		return "DeploymentResumed"
	default:
		panic("planner: unknown reason")
	}
}

// progress is the Progressing condition. The deadline runs from since.
type progress struct {
	reason reason
	since  ms
}

// hasDeadline says that lack of progress is noticed at all.
//
// Mirrors HasProgressDeadline.
func (d *deployment) hasDeadline() bool { return d.spec.ProgressDeadlineSeconds != math.MaxInt32 }

// progressed sets the condition, unless it has that reason already.
//
// Mirrors SetDeploymentCondition.
func (d *deployment) progressed(why reason) {
	if d.hasDeadline() && d.progress.reason != why {
		d.progress = progress{why, d.now}
	}
}

// notePause stops the clock of the deadline while the Deployment is paused,
// and starts it anew afterwards. A deadline that has passed stays passed.
//
// Mirrors checkPausedConditions.
func (d *deployment) notePause() {
	switch {
	case !d.hasDeadline() || d.progress.reason == reasonTimedOut:
	case d.spec.Paused:
		d.progressed(reasonPaused)
	case d.progress.reason == reasonPaused:
		d.progressed(reasonResumed)
	}
}

// writeStatus ends a pass of a rollout: the counts, and the Progressing
// condition. Progress is any of: more pods of the new version, fewer of the
// old, more ready, more available. Every progress starts the deadline anew, so
// it bounds one leg of a rollout, never the whole: with 600 s, ten waves of
// 300 s each are fine.
//
// Mirrors syncRolloutStatus, DeploymentProgressing and DeploymentTimedOut.
func (d *deployment) writeStatus(target *replicaSet) {
	before, now := d.status, d.total(target)
	d.status = now
	if !d.hasDeadline() {
		d.progress = progress{}
		return
	}
	if now.replicas == now.updated && d.progress.reason == reasonAvailable {
		return
	}
	switch {
	case d.complete(now):
		d.progressed(reasonAvailable)
	case d.fork(now.updated > before.updated ||
		now.replicas-now.updated < before.replicas-before.updated ||
		now.ready > before.ready || now.available > before.available):
		d.progress = progress{reasonUpdated, d.now}
	case d.overdue(d.now):
		d.progressed(reasonTimedOut)
	}
}

// overdue says that the deadline has passed by the given moment. The
// controller looks one second after it; that second is not counted here:
// without progress since 0 s and with a deadline of 600 s, 600 s is overdue.
func (d *deployment) overdue(at ms) bool {
	switch d.progress.reason {
	case reasonNone, reasonAvailable, reasonPaused:
		return false
	case reasonTimedOut:
		return true
	case reasonCreated, reasonFound, reasonUpdated, reasonResumed:
		return at-d.progress.since >= seconds(d.spec.ProgressDeadlineSeconds)
	default:
		panic("planner: unknown reason")
	}
}
