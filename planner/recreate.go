package planner

// recreate is one pass of the Recreate strategy: every old ReplicaSet to 0,
// wait until the last old pod is gone, then the new one to replicas at once.
// The wait includes terminating pods, unlike anything in a rolling update:
//
//	10 replicas: old 10->0 | 10 terminating, no new ReplicaSet yet | new 0->10
//
// Mirrors rolloutRecreate.
func (d *deployment) recreate(target *replicaSet) {
	stopped := false
	for _, rs := range d.sets {
		if rs != target && d.fork(rs.replicas > 0) {
			stopped = d.resize(rs, 0, false, becauseRecreate) || stopped
		}
	}
	if stopped || d.fork(d.oldPodsExist(target)) {
		d.writeStatus(target)
		return
	}
	if d.fork(target == nil) {
		target = d.create(d.spec.Replicas, d.spec.Replicas)
		d.progressed(reasonCreated)
	}
	d.resize(target, d.spec.Replicas, false, becauseNoneLeft)
	if d.finished() {
		d.drop(d.surplus(target))
	}
	d.writeStatus(target)
}

// oldPodsExist looks at the old ReplicaSets' statuses and at the pod objects
// themselves, terminating ones too, but for those whose ReplicaSet the history
// limit has deleted meanwhile.
//
// Mirrors oldPodsRunning.
func (d *deployment) oldPodsExist(target *replicaSet) bool {
	for _, rs := range d.sets {
		if rs != target && !rs.gone && (rs.observed.replicas > 0 || rs.pods() > 0 || len(rs.leaving) > 0) {
			return true
		}
	}
	return false
}
