package play

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"

	"github.com/rollcast/rollcast/oracle/apiserver"
	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/planner"
)

// Options are what one run of a scenario may choose; another Seed or Latency
// may find another outcome where controllers race, and nowhere else.
type Options struct {
	Seed    uint64
	Latency time.Duration
	Log     func(string) // is told of every write
	// Watch is shown every write, too.
	Watch func(watch.EventType, apiserver.Object)
	// HidesActive says that the status of a Job has active=0 while its
	// controller waits for a back-off: its states then have the pods.
	HidesActive bool
}

// observe tells of every write, or is nil.
func (o Options) observe() func(watch.EventType, apiserver.Object) {
	if o.Log == nil {
		return o.Watch
	}
	return func(kind watch.EventType, object apiserver.Object) {
		o.Log(apiserver.Describe(kind, object))
		if o.Watch != nil {
			o.Watch(kind, object)
		}
	}
}

// Annotations of the Deployment controller.
const revisionAnnotation = "deployment.kubernetes.io/revision"

// Deployment plays a scenario on the Deployment and ReplicaSet controllers. The
// events come from the source, not from the scenario.
// Step 0 is the finished rollout of revision 1 with all pods available.
func Deployment(t *testing.T, controllers cluster.Controllers, spec planner.Spec, scenario planner.Scenario, next Source[planner.Event, planner.Step], options Options) (steps [][]planner.Step, err error) {
	o := cluster.Options{
		Second: cluster.LongSecond, Seed: options.Seed, Latency: options.Latency, Observe: options.observe(),
		Graceful: scenario.Termination == planner.TerminateNext || scenario.Termination == planner.TerminateManual,
	}
	err = cluster.Run(t, controllers, o, func(c *cluster.Cluster) error {
		d := &deployment{Cluster: c, scenario: scenario}
		if err := d.start(spec); err != nil {
			return err
		}
		steps, err = perform[planner.Event, planner.Step](d, next)
		return err
	})
	return steps, err
}

// A deployment is one Deployment in a cluster of its own.
type deployment struct {
	*cluster.Cluster
	scenario  planner.Scenario
	templates int         // pod templates that were ever written
	revisions []types.UID // ReplicaSets in the order of their creation, deleted ones too
}

// start creates the Deployment and makes all its pods available.
func (d *deployment) start(spec planner.Spec) error {
	paused := spec.Paused
	spec.Paused = false // or no pod would ever start
	object, err := deploymentObject(spec)
	if err != nil {
		return err
	}
	d.templates = 1
	if err := d.Server.Do(func(w apiserver.World) error { return w.Create(apiserver.Deployments, object) }); err != nil {
		return err
	}
	if err := d.Settle(); err != nil {
		return err
	}
	err = d.Server.Do(func(w apiserver.World) error {
		return d.SetReady(w, apiserver.List[*corev1.Pod](w, apiserver.Pods), true, d.LongAgo())
	})
	if err != nil {
		return err
	}
	// The scenario starts in an instant of its own.
	if err := d.Pass(time.Second); err != nil {
		return err
	}
	if !paused {
		return nil
	}
	return d.edit(func(_ apiserver.World, o *appsv1.Deployment) error { o.Spec.Paused = true; return nil })
}

// edit changes the Deployment as a user does, and lets the controllers settle.
func (d *deployment) edit(edit func(apiserver.World, *appsv1.Deployment) error) error {
	err := d.Server.Do(func(w apiserver.World) error {
		return apiserver.Change(w, apiserver.Deployments, d.object(w), func(o *appsv1.Deployment) error { return edit(w, o) })
	})
	if err != nil {
		return err
	}
	return d.Settle()
}

func (d *deployment) object(w apiserver.World) *appsv1.Deployment {
	return apiserver.List[*appsv1.Deployment](w, apiserver.Deployments)[0]
}

// A set is one ReplicaSet, existing or deleted, with its pods.
type set struct {
	group
	object *appsv1.ReplicaSet // nil once it has been deleted
}

// groups are the pods of the sets.
func groups(sets []*set) []*group {
	var all []*group
	for _, s := range sets {
		all = append(all, &s.group)
	}
	return all
}

// sets is the world as CONTRACT.md's revisions have it, oldest first by
// creation. A deleted ReplicaSet counts while pods of it terminate.
func (d *deployment) sets(w apiserver.World) []*set {
	byUID := map[types.UID]*set{}
	for _, rs := range apiserver.List[*appsv1.ReplicaSet](w, apiserver.ReplicaSets) {
		if !slices.Contains(d.revisions, rs.UID) {
			d.revisions = append(d.revisions, rs.UID)
		}
		byUID[rs.UID] = &set{object: rs}
	}
	for _, pod := range apiserver.List[*corev1.Pod](w, apiserver.Pods) {
		uid := metav1.GetControllerOf(pod).UID
		s := byUID[uid]
		if s == nil {
			s = &set{}
			byUID[uid] = s
		}
		s.add(pod)
	}
	var sets []*set
	for i, uid := range d.revisions {
		if s := byUID[uid]; s != nil {
			s.revision = i + 1
			sets = append(sets, s)
		}
	}
	return sets
}

// find is the ReplicaSet of a revision.
func find(sets []*set, revision int) (*set, error) {
	for _, s := range sets {
		if s.revision == revision && s.object != nil {
			return s, nil
		}
	}
	return nil, refuse(fmt.Sprintf("there is no revision %d", revision))
}

// state implements player. What the ReplicaSets' status says must be what the
// pods are, or the controllers had not come to rest.
func (d *deployment) state() (step planner.Step, err error) {
	err = d.Server.Do(func(w apiserver.World) error {
		object, sets := d.object(w), d.sets(w)
		if object.Status.ObservedGeneration != object.Generation {
			return fmt.Errorf("the Deployment controller has seen generation %d of %d", object.Status.ObservedGeneration, object.Generation)
		}
		for i, s := range sets {
			revision := planner.Revision{Revision: s.revision, Terminating: int32(len(s.terminating))}
			if rs := s.object; rs != nil {
				status := rs.Status
				if status.ObservedGeneration != rs.Generation || int(status.ReadyReplicas) != len(s.ready) || int(status.Replicas) != len(s.ready)+len(s.waiting) {
					return fmt.Errorf("the ReplicaSet controller has not seen revision %d as it is", s.revision)
				}
				if number, _ := strconv.Atoi(rs.Annotations[revisionAnnotation]); number != s.revision {
					revision.As = number
				}
				revision.Desired = *rs.Spec.Replicas
				revision.Ready = status.ReadyReplicas
				revision.Available = status.AvailableReplicas
				revision.NotReady = int32(len(s.waiting))
			}
			pods := revision.Ready + revision.NotReady
			if i < len(sets)-1 && revision.Desired == 0 && pods == 0 && revision.Terminating == 0 {
				continue // entries with nothing are left out except the newest
			}
			step.Revisions = append(step.Revisions, revision)
			step.Pods += int64(pods)
			step.Terminating += int64(revision.Terminating)
			step.Available += int64(revision.Available)
		}
		step.Conditions = conditions(object)
		return nil
	})
	return step, err
}

// conditions are the Deployment's. A Progressing condition that is absent (no
// deadline) or unknown (paused) has not failed.
func conditions(d *appsv1.Deployment) planner.Conditions {
	c := planner.Conditions{Progressing: true}
	for _, condition := range d.Status.Conditions {
		switch condition.Type {
		case appsv1.DeploymentAvailable:
			c.Available = condition.Status == corev1.ConditionTrue
		case appsv1.DeploymentProgressing:
			c.Progressing = condition.Status != corev1.ConditionFalse
		}
	}
	return c
}
