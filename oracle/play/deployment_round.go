package play

import (
	appsv1 "k8s.io/api/apps/v1"

	"github.com/rollcast/rollcast/oracle/apiserver"
	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/planner"
)

// rounds implements player.
func (d *deployment) rounds(e planner.Event) (int, bool) {
	return e.Rounds, e.Type == planner.EventRun
}

// round implements player. In one stroke the pods that were terminating before
// it disappear and waiting pods become ready; then minReadySeconds pass.
//
// CONTRACT.md: a round in which nothing can become ready gives no step and
// ends the run. Such a round does not take place: what terminates goes on
// terminating. There is one exception. A Recreate waits for the end of its old
// pods, so no pod can be waiting before they are gone; a round that ends them
// takes place, although nothing becomes ready in it.
func (d *deployment) round() (bool, error) {
	var minReady int32
	began := false
	err := d.Server.Do(func(w apiserver.World) error {
		object, sets := d.object(w), d.sets(w)
		minReady = object.Spec.MinReadySeconds / cluster.LongSeconds
		pods, err := due(d.scenario.Readiness, groups(sets), newest(sets))
		if err != nil {
			return err
		}
		next := d.scenario.Termination == planner.TerminateNext
		began = len(pods) > 0 || next && held(object, sets)
		if !began {
			return nil
		}
		if next {
			if err := reap(w, groups(sets)); err != nil {
				return err
			}
		}
		return d.SetReady(w, pods, true, d.Now())
	})
	if err != nil || !began {
		return false, err
	}
	if minReady == 0 {
		return true, d.Settle()
	}
	return true, d.pass(seconds(minReady))
}

// held tells whether the Deployment controller holds new pods back until old
// ones, which terminate, are gone.
func held(o *appsv1.Deployment, sets []*set) bool {
	if o.Spec.Strategy.Type != appsv1.RecreateDeploymentStrategyType || o.Spec.Paused {
		return false
	}
	terminating := false
	for _, s := range sets {
		switch {
		case s.object == nil || !current(o, s.object):
			terminating = terminating || len(s.terminating) > 0
		case *s.object.Spec.Replicas == *o.Spec.Replicas:
			return false
		}
	}
	return terminating
}

// current tells whether a ReplicaSet has the Deployment's template.
func current(o *appsv1.Deployment, rs *appsv1.ReplicaSet) bool {
	return rs.Spec.Template.Spec.Containers[0].Image == o.Spec.Template.Spec.Containers[0].Image
}

// newest is the last ReplicaSet that was created and still exists.
func newest(sets []*set) (revision int) {
	for _, s := range sets {
		if s.object != nil {
			revision = s.revision
		}
	}
	return revision
}
