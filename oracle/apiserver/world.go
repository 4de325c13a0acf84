package apiserver

import (
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Resources of the workload controllers.
var (
	Pods                = schema.GroupResource{Resource: "pods"}
	Nodes               = schema.GroupResource{Resource: "nodes"}
	Claims              = schema.GroupResource{Resource: "persistentvolumeclaims"}
	Deployments         = schema.GroupResource{Group: "apps", Resource: "deployments"}
	ReplicaSets         = schema.GroupResource{Group: "apps", Resource: "replicasets"}
	StatefulSets        = schema.GroupResource{Group: "apps", Resource: "statefulsets"}
	DaemonSets          = schema.GroupResource{Group: "apps", Resource: "daemonsets"}
	ControllerRevisions = schema.GroupResource{Group: "apps", Resource: "controllerrevisions"}
	Jobs                = schema.GroupResource{Group: "batch", Resource: "jobs"}
	CronJobs            = schema.GroupResource{Group: "batch", Resource: "cronjobs"}
)

// Namespace is where everything lives.
const Namespace = metav1.NamespaceDefault

// A World is the server with its lock held: what a kubelet, a node or a user
// does in one stroke. Controllers see all of it or nothing of it. A batch of
// pods that become ready one after the other would let them act in the middle.
type World struct{ server *Server }

// Do lets act change the world.
func (s *Server) Do(act func(World) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return act(World{s})
}

// Version is the resource version of the last write, and whether everyone who
// watches has been told of it.
func (s *Server) Version() (version int64, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.version, s.underWay.Load() == 0
}

// List is all objects of a resource in the order of their creation. They are
// the stored ones: to be read, not changed.
func List[T Object](w World, gr schema.GroupResource) []T {
	var items []T
	for _, object := range w.server.sorted(gr) {
		items = append(items, object.(T))
	}
	return items
}

// Order numbers an object among all in the order of their creation.
func (w World) Order(object Object) int { return w.server.order[object.GetUID()] }

// Create stores a new object.
func (w World) Create(gr schema.GroupResource, object Object) error {
	namespace := Namespace
	if gr == Nodes {
		namespace = ""
	}
	_, err := w.server.create(gr, namespace, object)
	return err
}

// Change updates an object as a user does who repeats his edit until no
// conflict is left.
// Nothing is written if edit returns an error.
func Change[T Object](w World, gr schema.GroupResource, object T, edit func(T) error) error {
	return change(w, gr, object, "", edit)
}

// ChangeStatus updates an object's status as its kubelet does.
func ChangeStatus[T Object](w World, gr schema.GroupResource, object T, edit func(T) error) error {
	return change(w, gr, object, "status", edit)
}

func change[T Object](w World, gr schema.GroupResource, object T, subresource string, edit func(T) error) error {
	stored, err := w.server.get(gr, object.GetNamespace(), object.GetName())
	if err != nil {
		return err
	}
	fresh, ok := stored.DeepCopyObject().(T)
	if !ok {
		return fmt.Errorf("%s %s is a %T", gr, object.GetName(), stored)
	}
	if err := edit(fresh); err != nil {
		return err
	}
	_, err = w.server.update(gr, fresh.GetNamespace(), fresh, subresource)
	return err
}

// Delete deletes an object as a user does.
func (w World) Delete(gr schema.GroupResource, object Object) error {
	return w.DeleteAt(gr, object, time.Now())
}

// DeleteAt is Delete with the time that is stamped on the object: a Job counts
// its delay from it, and it is to be the scenario's present, without the
// moment that controllers took to settle before.
func (w World) DeleteAt(gr schema.GroupResource, object Object, now time.Time) error {
	return w.server.deleteAt(gr, object.GetNamespace(), object.GetName(), metav1.DeleteOptions{}, now)
}

// Reap ends a terminating pod: its containers have stopped, and the kubelet
// deletes it for good.
func (w World) Reap(pod *corev1.Pod) error {
	none := int64(0)
	return w.server.delete(Pods, pod.Namespace, pod.Name, metav1.DeleteOptions{GracePeriodSeconds: &none})
}

// Gap delays the news of all further writes to a resource, so that everyone
// can react to those before. It does nothing without a latency.
func (w World) Gap(gr schema.GroupResource) {
	for _, watcher := range w.server.store(gr).watchers {
		watcher.last = time.Now().Add(5 * w.server.options.Latency)
	}
}

// Collect deletes the pods that a controller has created for an owner that was
// deleted meanwhile, and returns how many it was. It is called when the
// controllers have come to rest: one whose cache still has the owner would
// create them anew, without end in one instant of virtual time.
func (w World) Collect() (n int, err error) {
	for _, pod := range List[*corev1.Pod](w, Pods) {
		owners := pod.OwnerReferences
		if pod.DeletionTimestamp == nil && len(owners) > 0 && w.server.orphaned(pod, owners[0].UID) {
			n++
			if err := w.Delete(Pods, pod); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// Schedule finds a node for every pod that has none and returns how many it
// was. It is called when the controllers have come to rest, and not before: a
// pod without a node vanishes when it is deleted. A ReplicaSet that grows and
// shrinks again in one go thus leaves no terminating pods behind, whether its
// controller was quick enough to create any or not.
func (w World) Schedule() (n int, err error) {
	for _, pod := range List[*corev1.Pod](w, Pods) {
		if pod.Spec.NodeName != "" {
			continue
		}
		n++
		err := Change(w, Pods, pod, func(pod *corev1.Pod) error {
			pod.Spec.NodeName = node(pod)
			return nil
		})
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// node is the node of a pod's affinity (a DaemonSet's pod), else one of its
// own. With a node for each pod the number of ready neighbours, by which the
// ReplicaSet controller ranks pods before it ranks them by age, is the same
// for all.
func node(pod *corev1.Pod) string {
	if a := pod.Spec.Affinity; a != nil && a.NodeAffinity != nil && a.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution != nil {
		for _, term := range a.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms {
			for _, match := range term.MatchFields {
				if match.Key == metav1.ObjectNameField && len(match.Values) == 1 {
					return match.Values[0]
				}
			}
		}
	}
	return "node-of-" + pod.Name
}
