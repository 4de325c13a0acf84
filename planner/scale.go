package planner

// scale brings the ReplicaSets to a changed spec.replicas, or to any while the
// Deployment is paused. It moves no pods from one version to another:
//
//   - one ReplicaSet has pods: it gets all replicas; none has: the newest does
//   - the new ReplicaSet is complete: the old ones go to 0
//   - several have pods (RollingUpdate only): each keeps its proportion
//
// A ReplicaSet that has the right size already is not written, not even its
// annotations.
//
// Mirrors (*DeploymentController).scale.
func (d *deployment) scale(target *replicaSet) {
	active, last := 0, target
	for _, rs := range d.sets {
		if rs.replicas > 0 {
			active, last = active+1, rs
		}
	}
	switch {
	case active <= 1:
		if last == nil { // no ReplicaSet has pods, the new one does not exist
			last = d.lastCreated()
		}
		if last != nil {
			d.resize(last, d.spec.Replicas, false, becauseScaled)
		}
	case d.saturated(target):
		for _, rs := range d.sets {
			if rs != target && rs.replicas > 0 {
				d.resize(rs, 0, false, becauseWanted)
			}
		}
	case d.spec.Strategy.Type == RollingUpdate:
		d.shareOut()
	}
}

// saturated says that the new ReplicaSet holds the whole Deployment: its size,
// its annotation and its available pods all equal replicas.
//
// Mirrors IsSaturated.
func (d *deployment) saturated(target *replicaSet) bool {
	want := d.spec.Replicas
	return target != nil && target.replicas == want && target.desiredNote == want && target.observed.available == want
}

// lastCreated is the newest ReplicaSet by creation.
func (d *deployment) lastCreated() *replicaSet {
	for i := len(d.sets) - 1; i >= 0; i-- {
		if !d.sets[i].gone {
			return d.sets[i]
		}
	}
	return nil
}
