package play

import (
	"time"

	appsv1 "k8s.io/api/apps/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rollcast/rollcast/oracle/apiserver"
)

// A Deployment that was complete and has lost a pod is synced every 5 ms, for
// ever, once its progress deadline has passed: requeueStuckDeployment means to
// look again when the deadline is over, finds that it is over already, queues
// the Deployment with the back-off of a failure, and the success of that very
// pass resets the back-off. DeploymentTimedOut never ends this, because a
// Deployment whose Progressing condition says NewReplicaSetAvailable does not
// time out. In virtual time a wait of 600 s would be twelve million passes that
// write nothing.
//
// The passes are played as they come while anything happens. While nothing but
// time passes, the condition's lastUpdateTime is held in the future, which puts
// the next look behind the wait. With that reason of the condition nothing but
// requeueStuckDeployment reads the field, and whatever changes the reason
// replaces it.
const complete = "NewReplicaSetAvailable"

// pass is Pass with those passes left out.
func (d *deployment) pass(t time.Duration) error {
	was, held, err := d.hold(t)
	if err != nil {
		return err
	}
	if err := d.Pass(t); err != nil || !held {
		return err
	}
	if err := d.setLastUpdate(was); err != nil {
		return err
	}
	return d.Settle()
}

// hold puts the lastUpdateTime of a Deployment that is not what it should be
// behind a wait, and returns what it was. It reports false for one that rests.
func (d *deployment) hold(t time.Duration) (was time.Time, held bool, err error) {
	err = d.Server.Do(func(w apiserver.World) error {
		o := d.object(w)
		i := progressing(o)
		want, s := *o.Spec.Replicas, o.Status
		if o.Spec.Paused || i < 0 || s.Conditions[i].Reason != complete || s.Replicas == want && s.UpdatedReplicas == want && s.AvailableReplicas == want {
			return nil
		}
		was, held = s.Conditions[i].LastUpdateTime.Time, true
		return nil
	})
	if err != nil || !held {
		return was, held, err
	}
	return was, held, d.setLastUpdate(time.Now().Add(d.Stretch(t) + d.Stretch(2*time.Second)))
}

// setLastUpdate writes the lastUpdateTime of a condition that still says that
// the rollout is complete.
func (d *deployment) setLastUpdate(at time.Time) error {
	return d.Server.Do(func(w apiserver.World) error {
		return apiserver.ChangeStatus(w, apiserver.Deployments, d.object(w), func(o *appsv1.Deployment) error {
			if i := progressing(o); i >= 0 && o.Status.Conditions[i].Reason == complete {
				o.Status.Conditions[i].LastUpdateTime = metav1.NewTime(at)
			}
			return nil
		})
	})
}

// progressing is the index of the Progressing condition, or -1.
func progressing(o *appsv1.Deployment) int {
	for i, c := range o.Status.Conditions {
		if c.Type == appsv1.DeploymentProgressing {
			return i
		}
	}
	return -1
}
