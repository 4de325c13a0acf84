package apiserver

import (
	"fmt"
	"reflect"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/watch"
)

// Describe is one line on a write, to look into what the controllers did.
func Describe(kind watch.EventType, object Object) string {
	line := fmt.Sprintf("%s %-8s %s %s", time.Now().Format("02T15:04:05.000000"), kind, reflect.TypeOf(object).Elem().Name(), object.GetName())
	if object.GetDeletionTimestamp() != nil {
		line += " terminating"
	}
	switch o := object.(type) {
	case *corev1.Pod:
		ready := ""
		for _, c := range o.Status.Conditions {
			if c.Type == corev1.PodReady {
				ready = "ready=" + string(c.Status)
			}
		}
		return fmt.Sprintf("%s %s %s node=%s", line, o.Status.Phase, ready, o.Spec.NodeName)
	case *appsv1.ReplicaSet:
		return fmt.Sprintf("%s replicas=%d, status %d/%d/%d", line, *o.Spec.Replicas, o.Status.Replicas, o.Status.ReadyReplicas, o.Status.AvailableReplicas)
	case *appsv1.Deployment:
		return fmt.Sprintf("%s replicas=%d, status %d/%d/%d", line, *o.Spec.Replicas, o.Status.Replicas, o.Status.ReadyReplicas, o.Status.AvailableReplicas)
	case *appsv1.StatefulSet:
		return fmt.Sprintf("%s replicas=%d, status %d/%d/%d, current %s %d, update %s %d", line, *o.Spec.Replicas, o.Status.Replicas, o.Status.ReadyReplicas, o.Status.AvailableReplicas,
			o.Status.CurrentRevision, o.Status.CurrentReplicas, o.Status.UpdateRevision, o.Status.UpdatedReplicas)
	case *appsv1.ControllerRevision:
		return fmt.Sprintf("%s revision=%d", line, o.Revision)
	default:
		return line
	}
}
