package planner

// roll is one pass of the RollingUpdate strategy: grow the new ReplicaSet; if
// it could not grow, shrink the old ones; if nothing is left to do, clean up.
//
// The ReplicaSet of a new template is created within the pass, and the pass
// goes on: created with its size it has nothing more to grow, so the old ones
// shrink in the same pass. With 10 replicas, 3 surge and 2 unavailable:
//
//	pass 1  new 0->3 (13 allowed, 10 exist), old 10->8 (8 must be available)
//	pass 2  new 3->5 (13 allowed, 11 exist)
//
// Mirrors rolloutRolling.
func (d *deployment) roll(target *replicaSet) {
	if d.fork(target == nil) {
		target = d.create(d.grown(0), d.spec.Replicas+d.surge)
		d.progressed(reasonCreated)
	}
	if !d.growNew(target) && !d.shrinkOld(target) && d.finished() {
		d.drop(d.surplus(target))
	}
	d.writeStatus(target)
}

// growNew sets the size of the new ReplicaSet: down to replicas if it has more
// (after a scale), else up as far as surge allows.
//
// Mirrors reconcileNewReplicaSet.
func (d *deployment) growNew(target *replicaSet) bool {
	switch want := d.spec.Replicas; {
	case d.fork(target.replicas == want):
		return false
	case d.fork(target.replicas > want):
		return d.resize(target, want, false, becauseWanted)
	default:
		return d.resize(target, d.grown(target.replicas), false, becauseRoom)
	}
}

// grown is the size that the new ReplicaSet may have: it takes what is free
// below replicas+surge, and never has more than replicas.
//
//	10 replicas, surge 3, 8 old and 3 new: min(13-11, 10-3) = 2 more, 5
//	10 replicas, surge 3, 3 old and 5 new: min(13-8, 10-5) = 5 more, 10
//	10 replicas, surge 3, 8 old and 5 new: 13 of 13, none
//
// Sums are of spec.replicas, so terminating pods do not count: more pods than
// replicas+surge can exist at once (kubernetes#95498). The sum overflows as
// the controller's does: for 2147483647 replicas and 1 surge the limit is
// -2147483648, and the new ReplicaSet never grows.
//
// Mirrors NewRSNewReplicas.
func (d *deployment) grown(now int32) int32 {
	limit, exist := d.spec.Replicas+d.surge, d.wanted()
	if d.fork(exist >= limit) {
		return now
	}
	return now + d.least(limit-exist, d.spec.Replicas-now)
}

// shrinkOld takes pods from the old ReplicaSets without going below
// replicas-unavailable available pods. New pods that are not available yet
// count as missing already:
//
//	10 replicas, 2 unavailable, 8 old and 5 new waiting: 13 - 8 - 5 = 0, none
//	the same after the 5 became available:              13 - 8 - 0 = 5 may go
//
// Within that, pods that are not available anyway go first, then as many as
// are available beyond the minimum; both in one pass, from the oldest
// ReplicaSet on.
//
// Mirrors reconcileOldReplicaSets.
func (d *deployment) shrinkOld(target *replicaSet) bool {
	exist := d.wanted()
	if d.fork(exist == target.replicas) {
		return false
	}
	needed := d.spec.Replicas - d.unavailable
	spare := exist - needed - (target.replicas - target.observed.available)
	if d.fork(spare <= 0) {
		return false
	}
	cleaned, ok := d.dropUnhealthy(target, spare)
	if !ok {
		return false
	}
	return d.dropAvailable(target, needed)+cleaned > 0
}

// dropUnhealthy takes up to spare pods that are not available from the old
// ReplicaSets. They block nothing by leaving, and would block the rollout by
// staying (kubernetes#16737). ok is false where a ReplicaSet's status is older
// than its size, which ends the pass.
//
//	8 old of which 1 is not ready, spare 2: 8 -> 7
//
// Mirrors cleanupUnhealthyReplicas.
func (d *deployment) dropUnhealthy(target *replicaSet, spare int32) (dropped int32, ok bool) {
	for _, rs := range d.sets {
		if rs == target {
			continue
		}
		if d.fork(dropped >= spare) {
			break
		}
		if d.fork(rs.replicas == 0) || d.fork(rs.replicas == rs.observed.available) {
			continue
		}
		n := d.least(spare-dropped, rs.replicas-rs.observed.available)
		if d.fork(n < 0) {
			return dropped, false
		}
		d.resize(rs, rs.replicas-n, false, becauseUnhealthy)
		dropped += n
	}
	return dropped, true
}

// dropAvailable takes from the old ReplicaSets, oldest first, what is
// available beyond the minimum.
//
//	8 old and 5 new available, 8 needed: 13 - 8 = 5 go, old 8 -> 3
//
// Mirrors scaleDownOldReplicaSetsForRollingUpdate.
func (d *deployment) dropAvailable(target *replicaSet, needed int32) (dropped int32) {
	available := target.observed.available
	for _, rs := range d.sets {
		if rs != target && d.fork(rs.replicas > 0) {
			available += rs.observed.available
		}
	}
	if d.fork(available <= needed) {
		return 0
	}
	surplus := available - needed
	for _, rs := range d.sets {
		if rs == target {
			continue
		}
		if d.fork(dropped >= surplus) {
			break
		}
		if d.fork(rs.replicas == 0) {
			continue
		}
		n := d.least(rs.replicas, surplus-dropped)
		d.resize(rs, rs.replicas-n, false, becauseAvailable)
		dropped += n
	}
	return dropped
}
