package planner

// sync is one pass of the Deployment controller. It reads specs and observed
// statuses, writes specs, and reports whether the Deployment's own status
// changed. What comes first wins:
//
//  1. paused: scale, and nothing else
//  2. spec.replicas changed since the ReplicaSets were sized: scale, and
//     nothing else. So a new image and more replicas in one apply first grow
//     the OLD version (kubernetes#105395): 3 -> 5 replicas with a new image
//     creates two pods of the old image before the rollout begins.
//  3. the strategy
//
// Mirrors syncDeployment.
func (d *deployment) sync() (statusChanged bool) {
	before, progressBefore, unseen := d.status, d.progress, d.unseen
	d.refused = false
	d.notePause()
	target := d.target()
	d.adopt(target)
	switch {
	case d.fork(d.spec.Paused):
		// What is surplus is judged by the sizes from before the scale. So a
		// paused Recreate without a ReplicaSet for its template scales the
		// last one up and, with revisionHistoryLimit 0, deletes it at once.
		surplus := d.surplus(target)
		d.scale(target)
		d.drop(surplus)
		d.status = d.total(target)
	case d.fork(d.scaled()):
		d.scale(target)
		d.status = d.total(target)
	case d.spec.Strategy.Type == Recreate:
		d.recreate(target)
	default:
		d.roll(target)
	}
	d.unseen = false
	return d.status != before || d.progress != progressBefore || unseen
}

// scaled reports whether spec.replicas was changed since the ReplicaSets were
// sized, which they note in an annotation. A ReplicaSet with 0 replicas has no
// say, so scaling from 0 is no scaling event: the strategy does it.
//
// Mirrors isScalingEvent.
func (d *deployment) scaled() bool {
	for _, rs := range d.sets {
		if rs.replicas > 0 && rs.desiredNote != d.spec.Replicas {
			return true
		}
	}
	return false
}
