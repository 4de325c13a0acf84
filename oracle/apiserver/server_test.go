package apiserver

import (
	"context"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"
)

var ctx = context.Background()

func replicaSet(replicas int32) *appsv1.ReplicaSet {
	return &appsv1.ReplicaSet{
		ObjectMeta: metav1.ObjectMeta{Name: "web", Namespace: Namespace},
		Spec:       appsv1.ReplicaSetSpec{Replicas: &replicas},
	}
}

func TestMetadata(t *testing.T) {
	s := New(Options{Second: time.Second})
	sets := s.Client().AppsV1().ReplicaSets(Namespace)
	given := replicaSet(3)
	given.Status.Replicas = 7
	rs, err := sets.Create(ctx, given, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if rs.UID == "" || rs.Generation != 1 || rs.CreationTimestamp.IsZero() || rs.ResourceVersion == "" {
		t.Errorf("the server's metadata is missing: %+v", rs.ObjectMeta)
	}
	if rs.Status.Replicas != 0 {
		t.Error("a create brings its own status")
	}
	if _, err := sets.Create(ctx, replicaSet(1), metav1.CreateOptions{}); !apierrors.IsAlreadyExists(err) {
		t.Errorf("a second one of the same name: %v", err)
	}
	pod, err := s.Client().CoreV1().Pods(Namespace).Create(ctx, &corev1.Pod{ObjectMeta: metav1.ObjectMeta{GenerateName: "web-"}}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(pod.Name) != len("web-")+5 || pod.Status.Phase != corev1.PodPending {
		t.Errorf("a pod without name or phase: %+v", pod)
	}
}

// TestWrites walks through what controllers rely on when they write.
func TestWrites(t *testing.T) {
	s := New(Options{Second: time.Second})
	sets := s.Client().AppsV1().ReplicaSets(Namespace)
	old, err := sets.Create(ctx, replicaSet(3), metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}

	status := old.DeepCopy()
	status.Status.Replicas = 3
	*status.Spec.Replicas = 99
	status, err = sets.UpdateStatus(ctx, status, metav1.UpdateOptions{})
	if err != nil || *status.Spec.Replicas != 3 || status.Status.Replicas != 3 || status.Generation != 1 {
		t.Errorf("a status update changed the spec, or not the status: %+v, %v", status, err)
	}

	stale := old.DeepCopy()
	*stale.Spec.Replicas = 5
	if _, err := sets.Update(ctx, stale, metav1.UpdateOptions{}); !apierrors.IsConflict(err) {
		t.Errorf("a write from an old copy: %v", err)
	}

	scaled := status.DeepCopy()
	*scaled.Spec.Replicas = 5
	scaled.Status.Replicas = 0
	scaled, err = sets.Update(ctx, scaled, metav1.UpdateOptions{})
	if err != nil || *scaled.Spec.Replicas != 5 || scaled.Status.Replicas != 3 || scaled.Generation != 2 {
		t.Errorf("a spec update changed the status, or is no new generation: %+v, %v", scaled, err)
	}

	same, err := sets.Update(ctx, scaled.DeepCopy(), metav1.UpdateOptions{})
	if err != nil || same.ResourceVersion != scaled.ResourceVersion {
		t.Errorf("a write that changes nothing is a new version: %v", err)
	}

	negative := scaled.DeepCopy()
	*negative.Spec.Replicas = -1
	if _, err := sets.Update(ctx, negative, metav1.UpdateOptions{}); !apierrors.IsInvalid(err) {
		t.Errorf("negative replicas: %v", err)
	}

	patched, err := sets.Patch(ctx, "web", types.StrategicMergePatchType, []byte(`{"metadata":{"labels":{"a":"b"}}}`), metav1.PatchOptions{})
	if err != nil || patched.Labels["a"] != "b" || patched.Generation != 2 {
		t.Errorf("a patch: %+v, %v", patched, err)
	}
}

func TestDelete(t *testing.T) {
	for _, graceful := range []bool{false, true} {
		s := New(Options{Second: time.Second, Graceful: graceful})
		pods := s.Client().CoreV1().Pods(Namespace)
		pod, err := pods.Create(ctx, &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "web"}}, metav1.CreateOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Do(func(w World) error { _, err := w.Schedule(); return err }); err != nil {
			t.Fatal(err)
		}
		events, err := pods.Watch(ctx, metav1.ListOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := pods.Delete(ctx, "web", metav1.DeleteOptions{}); err != nil {
			t.Fatal(err)
		}
		if graceful {
			if e := <-events.ResultChan(); e.Type != watch.Modified || e.Object.(*corev1.Pod).DeletionTimestamp == nil {
				t.Errorf("a graceful delete is announced as %s %+v", e.Type, e.Object)
			}
			if err := s.Do(func(w World) error { return w.Reap(pod) }); err != nil {
				t.Fatal(err)
			}
		}
		e := <-events.ResultChan()
		if gone := e.Object.(*corev1.Pod); e.Type != watch.Deleted || gone.ResourceVersion == pod.ResourceVersion {
			t.Errorf("a delete is announced as %s with version %s, and the object had %s", e.Type, gone.ResourceVersion, pod.ResourceVersion)
		}
		events.Stop()
		if _, err := pods.Get(ctx, "web", metav1.GetOptions{}); !apierrors.IsNotFound(err) {
			t.Errorf("a deleted pod: %v", err)
		}
	}
}

// TestFinalizer shows that an object stays until its last finalizer is gone.
func TestFinalizer(t *testing.T) {
	s := New(Options{Second: time.Second})
	pods := s.Client().CoreV1().Pods(Namespace)
	if _, err := pods.Create(ctx, &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "job", Finalizers: []string{"batch.kubernetes.io/job-tracking"}}}, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := pods.Delete(ctx, "job", metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	if pod, err := pods.Get(ctx, "job", metav1.GetOptions{}); err != nil || pod.DeletionTimestamp == nil {
		t.Errorf("a finalizer does not hold the pod: %v", err)
	}
	if _, err := pods.Patch(ctx, "job", types.MergePatchType, []byte(`{"metadata":{"finalizers":null}}`), metav1.PatchOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := pods.Get(ctx, "job", metav1.GetOptions{}); !apierrors.IsNotFound(err) {
		t.Errorf("without a finalizer the pod is still there: %v", err)
	}
}

// TestGarbage shows that what an object owns goes with it.
func TestGarbage(t *testing.T) {
	s := New(Options{Second: time.Second})
	sets, pods := s.Client().AppsV1().ReplicaSets(Namespace), s.Client().CoreV1().Pods(Namespace)
	rs, err := sets.Create(ctx, replicaSet(1), metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	owner := *metav1.NewControllerRef(rs, appsv1.SchemeGroupVersion.WithKind("ReplicaSet"))
	if _, err := pods.Create(ctx, &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "web", OwnerReferences: []metav1.OwnerReference{owner}}}, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := sets.Delete(ctx, "web", metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := pods.Get(ctx, "web", metav1.GetOptions{}); !apierrors.IsNotFound(err) {
		t.Errorf("the pod outlives its owner: %v", err)
	}
}
