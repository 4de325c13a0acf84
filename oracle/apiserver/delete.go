package apiserver

import (
	"errors"
	"slices"
	"strconv"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"
)

// delete is deleteAt with the present.
func (s *Server) delete(gr schema.GroupResource, namespace, name string, options metav1.DeleteOptions) error {
	return s.deleteAt(gr, namespace, name, options, time.Now())
}

// deleteAt removes an object, or marks it: a pod stays for its grace period,
// and anything with a finalizer stays until the last one is taken off.
func (s *Server) deleteAt(gr schema.GroupResource, namespace, name string, options metav1.DeleteOptions, now time.Time) error {
	stored, err := s.get(gr, namespace, name)
	if err != nil {
		return err
	}
	if p := options.Preconditions; p != nil {
		if p.UID != nil && *p.UID != stored.GetUID() || p.ResourceVersion != nil && *p.ResourceVersion != stored.GetResourceVersion() {
			return apierrors.NewConflict(gr, name, errors.New("a precondition failed"))
		}
	}
	grace := s.grace(stored, options)
	object := stored.DeepCopyObject().(Object)
	if object.GetDeletionTimestamp() != nil && grace >= *object.GetDeletionGracePeriodSeconds() {
		return nil // it is on its way already; a second delete can only hurry it
	}
	when := metav1.NewTime(now.Add(time.Duration(grace) * time.Second).Truncate(time.Second))
	object.SetDeletionTimestamp(&when)
	object.SetDeletionGracePeriodSeconds(&grace)
	if grace == 0 {
		fail(object)
	}
	if removable(object) {
		s.remove(gr, object)
	} else {
		s.put(gr, object, watch.Modified)
	}
	return nil
}

// fail is what becomes of a pod that is stopped: a kubelet reports it as
// failed before it deletes it for good, and so does the pod garbage collector
// with one that never had a node. Only a Job's pods, which a finalizer holds,
// are seen in that state.
func fail(object Object) {
	pod, ok := object.(*corev1.Pod)
	if ok && len(pod.Finalizers) > 0 && pod.Status.Phase != corev1.PodSucceeded {
		pod.Status.Phase = corev1.PodFailed
	}
}

// grace is how many seconds a deleted object stays. Only pods have any, and
// only those that a kubelet has to stop.
func (s *Server) grace(object Object, options metav1.DeleteOptions) int64 {
	pod, ok := object.(*corev1.Pod)
	switch {
	case !ok, pod.Spec.NodeName == "":
		return 0
	case !s.options.Graceful && !s.unreachable(pod.Spec.NodeName):
		return 0
	case pod.Status.Phase == corev1.PodSucceeded, pod.Status.Phase == corev1.PodFailed:
		return 0
	case options.GracePeriodSeconds != nil:
		return *options.GracePeriodSeconds
	case pod.Spec.TerminationGracePeriodSeconds != nil:
		return *pod.Spec.TerminationGracePeriodSeconds
	default:
		return corev1.DefaultTerminationGracePeriodSeconds
	}
}

// unreachable tells whether a node is down. Its pods cannot be stopped.
func (s *Server) unreachable(name string) bool {
	node, ok := s.store(Nodes).objects[key("", name)].(*corev1.Node)
	return ok && Unreachable(node)
}

// Unreachable tells whether a node is down.
func Unreachable(node *corev1.Node) bool {
	return slices.ContainsFunc(node.Spec.Taints, func(t corev1.Taint) bool { return t.Key == corev1.TaintNodeUnreachable })
}

// removable tells whether nothing holds a deleted object back any more.
func removable(object Object) bool {
	return object.GetDeletionTimestamp() != nil && len(object.GetFinalizers()) == 0 &&
		object.GetDeletionGracePeriodSeconds() != nil && *object.GetDeletionGracePeriodSeconds() == 0
}

// remove takes an object out of the store. The event carries a new resource version: with the
// object's last one an informer's version would go backwards, and controllers
// that wait for their cache to catch up with their own writes would wait for
// ever.
func (s *Server) remove(gr schema.GroupResource, object Object) {
	delete(s.store(gr).objects, key(object.GetNamespace(), object.GetName()))
	s.version++
	object.SetResourceVersion(strconv.FormatInt(s.version, 10))
	s.notify(gr, watch.Deleted, object)
	s.collect(gr, object)
}

// collect deletes what an object owned and nobody else owns, as the garbage
// collector does in the background. Pods own volume claims at most.
func (s *Server) collect(gr schema.GroupResource, owner Object) {
	delete(s.alive, owner.GetUID())
	for resource := range s.stores {
		if gr == Pods && resource != Claims {
			continue
		}
		for _, object := range s.sorted(resource) {
			if object.GetDeletionTimestamp() == nil && s.orphaned(object, owner.GetUID()) {
				_ = s.delete(resource, object.GetNamespace(), object.GetName(), metav1.DeleteOptions{}) // it is there, and there is no precondition
			}
		}
	}
}

// orphaned tells whether an object has lost its last owner.
func (s *Server) orphaned(object Object, lost types.UID) bool {
	was := false
	for _, owner := range object.GetOwnerReferences() {
		was = was || owner.UID == lost
		if s.alive[owner.UID] {
			return false
		}
	}
	return was
}
