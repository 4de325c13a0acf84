package apiserver

import (
	"fmt"

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

// Version is the resource version of the last write.
func (s *Server) Version() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.version
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
	return w.server.delete(gr, object.GetNamespace(), object.GetName(), metav1.DeleteOptions{})
}

// Reap ends a terminating pod: its containers have stopped, and the kubelet
// deletes it for good.
func (w World) Reap(pod *corev1.Pod) error {
	none := int64(0)
	return w.server.delete(Pods, pod.Namespace, pod.Name, metav1.DeleteOptions{GracePeriodSeconds: &none})
}
