package apiserver

import (
	"reflect"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	apiequality "k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// prepareCreate is what the registry strategies do before a create: nobody
// brings his own status.
func prepareCreate(object Object) {
	if status, ok := part(object, "Status"); ok {
		status.SetZero()
	}
	switch o := object.(type) {
	case *corev1.Pod:
		o.Status.Phase = corev1.PodPending
	case *batchv1.Job:
		selectOwn(o)
	}
}

// selectOwn gives a Job the selector and labels by which it knows its pods.
func selectOwn(job *batchv1.Job) {
	if job.Spec.Template.Labels == nil {
		job.Spec.Template.Labels = map[string]string{}
	}
	for key, value := range map[string]string{
		"batch.kubernetes.io/job-name": job.Name, "job-name": job.Name,
		"batch.kubernetes.io/controller-uid": string(job.UID), "controller-uid": string(job.UID),
	} {
		job.Spec.Template.Labels[key] = value
	}
	job.Spec.Selector = &metav1.LabelSelector{MatchLabels: map[string]string{"batch.kubernetes.io/controller-uid": string(job.UID)}}
}

// prepareUpdate keeps the stored status: spec and status are written through
// different doors. Without that a controller that scales an object from an old
// copy rolls its status back. A changed spec is a new generation; a
// Deployment's annotations count as spec.
func prepareUpdate(object, stored Object) {
	if status, ok := part(object, "Status"); ok {
		old, _ := part(stored, "Status")
		status.Set(old)
	}
	changed := false
	if spec, ok := part(object, "Spec"); ok {
		old, _ := part(stored, "Spec")
		changed = !apiequality.Semantic.DeepEqual(spec.Interface(), old.Interface())
	}
	if _, ok := object.(*appsv1.Deployment); ok {
		changed = changed || !apiequality.Semantic.DeepEqual(object.GetAnnotations(), stored.GetAnnotations())
	}
	if changed {
		object.SetGeneration(stored.GetGeneration() + 1)
	}
}

// prepareStatusUpdate keeps the stored spec. The rest of the metadata goes
// through: the Deployment controller writes its revision annotation together
// with the status. Times are cut to whole seconds, as the API has them.
func prepareStatusUpdate(object, stored Object, second time.Duration) {
	if spec, ok := part(object, "Spec"); ok {
		old, _ := part(stored, "Spec")
		spec.Set(old)
	}
	if _, ok := object.(*appsv1.Deployment); ok {
		object.SetLabels(stored.GetLabels())
	}
	if status, ok := part(object, "Status"); ok {
		cutTimes(status, second)
	}
}

// validate refuses the one thing that controllers ask for and the server does
// not give: a negative size, after an overflow in the proportional scaling.
func validate(object Object) error {
	rs, ok := object.(*appsv1.ReplicaSet)
	if !ok || *rs.Spec.Replicas >= 0 {
		return nil
	}
	return apierrors.NewInvalid(appsv1.SchemeGroupVersion.WithKind("ReplicaSet").GroupKind(), rs.Name, field.ErrorList{
		field.Invalid(field.NewPath("spec", "replicas"), *rs.Spec.Replicas, "must be greater than or equal to 0"),
	})
}

// part is an object's Spec or Status, if its kind has one.
func part(object Object, name string) (reflect.Value, bool) {
	v := reflect.ValueOf(object).Elem().FieldByName(name)
	return v, v.IsValid()
}

// cutTimes cuts every time in a value to whole units.
func cutTimes(v reflect.Value, unit time.Duration) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			cutTimes(v.Elem(), unit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			cutTimes(v.Index(i), unit)
		}
	case reflect.Struct:
		if t, ok := v.Addr().Interface().(*metav1.Time); ok {
			t.Time = t.Truncate(unit)
			return
		}
		for i := range v.NumField() {
			cutTimes(v.Field(i), unit)
		}
	}
}
