package validate

import (
	"context"
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/service"
	"k8s.io/kubernetes/pkg/apis/apps"
	"k8s.io/kubernetes/pkg/apis/batch"
	api "k8s.io/kubernetes/pkg/apis/core"
)

// An Updated is the server's answer to a manifest that is applied over an older
// one.
type Updated struct {
	Accepted bool
	Errors   []FieldError
	// Template says whether the pod templates of the two differ once both are
	// stored; HasTemplate that the kind has one.
	Template, HasTemplate bool
}

// Update stores base as Create does and asks for the verdict on head as an
// update of it. ok is false where base cannot be stored, or head is another
// kind or cannot be decoded: then there is nothing to compare.
func Update(base, head []byte) (u Updated, ok bool) {
	old, gvk, err := stored(base)
	if err != nil {
		return u, false
	}
	info, _ := runtime.SerializerInfoForMediaType(codecs.SupportedMediaTypes(), JSON)
	now, to, err := codecs.DecoderToVersion(info.StrictSerializer, runtime.InternalGroupVersioner).Decode(head, nil, nil)
	if err != nil || *to != gvk {
		return u, false
	}
	strategy, isUpdate := strategies[gvk].(rest.RESTUpdateStrategy)
	if !isUpdate {
		return u, false
	}
	before := old.DeepCopyObject()
	err = guarded(func() error { return update(strategy, now, old, gvk) })
	u.Accepted, u.Errors = err == nil, fieldErrors(err)
	a, b := template(before), template(now)
	u.HasTemplate = a != nil && b != nil
	u.Template = u.HasTemplate && !equality.Semantic.DeepEqual(a, b)
	return u, true
}

// stored is an object as Create leaves it.
func stored(doc []byte) (runtime.Object, schema.GroupVersionKind, error) {
	info, _ := runtime.SerializerInfoForMediaType(codecs.SupportedMediaTypes(), JSON)
	obj, gvk, err := codecs.DecoderToVersion(info.StrictSerializer, runtime.InternalGroupVersioner).Decode(doc, nil, nil)
	if err != nil {
		return nil, schema.GroupVersionKind{}, err
	}
	if strategies[*gvk] == nil {
		return nil, *gvk, fmt.Errorf("kind %v is unknown here", gvk)
	}
	var warnings []string
	if err := guarded(func() error { return create(strategies[*gvk], obj, *gvk, recorder{&warnings}) }); err != nil {
		return nil, *gvk, err
	}
	switch o := obj.(type) {
	case *api.PersistentVolumeClaim:
		o.Status.Phase = api.ClaimBound
	case *api.Service:
		assign(o)
	}
	return obj, *gvk, nil
}

// assign gives a Service an address, as the allocator does.
func assign(o *api.Service) {
	if o.Spec.Type != api.ServiceTypeExternalName && o.Spec.ClusterIP == "" {
		o.Spec.ClusterIP, o.Spec.ClusterIPs = "10.0.0.7", []string{"10.0.0.7"}
	}
	if o.Spec.Type != api.ServiceTypeExternalName && len(o.Spec.IPFamilies) == 0 {
		o.Spec.IPFamilies = []api.IPFamily{api.IPv4Protocol}
	}
}

// jobLabels are those that the server gives the pods of a Job; before 1.27 it
// knew only the short ones.
var jobLabels = []string{"controller-uid", "batch.kubernetes.io/controller-uid", "job-name", "batch.kubernetes.io/job-name"}

// update takes the way of registry.Store.Update up to storage. What apply leaves
// out of its patch, because the manifest does not write it, is as it was.
func update(strategy rest.RESTUpdateStrategy, obj, old runtime.Object, gvk schema.GroupVersionKind) error {
	m, err := meta.Accessor(obj)
	if err != nil {
		return err
	}
	was, err := meta.Accessor(old)
	if err != nil {
		return err
	}
	was.SetResourceVersion("1")
	m.SetResourceVersion("1")
	m.SetUID(was.GetUID())
	m.SetCreationTimestamp(was.GetCreationTimestamp())
	m.SetGeneration(was.GetGeneration())
	ctx := genericapirequest.WithNamespace(context.Background(), was.GetNamespace())
	if strategy.NamespaceScoped() && m.GetNamespace() == "" {
		m.SetNamespace(metav1.NamespaceDefault)
	}
	ctx = genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{
		IsResourceRequest: true, Verb: "update", APIGroup: gvk.Group, APIVersion: gvk.Version, Namespace: was.GetNamespace(),
	})
	switch o := obj.(type) {
	case *api.Service:
		before := old.(*api.Service)
		if o.Spec.Type != api.ServiceTypeExternalName && before.Spec.Type != api.ServiceTypeExternalName {
			if o.Spec.ClusterIP == "" && len(o.Spec.ClusterIPs) == 0 {
				o.Spec.ClusterIP, o.Spec.ClusterIPs = before.Spec.ClusterIP, before.Spec.ClusterIPs
			}
			if len(o.Spec.IPFamilies) == 0 {
				o.Spec.IPFamilies = before.Spec.IPFamilies
			}
		}
		// = registry/core/service/storage.patchAllocatedValues
		if o.Spec.HealthCheckNodePort == 0 && service.NeedsHealthCheck(before) && service.NeedsHealthCheck(o) {
			o.Spec.HealthCheckNodePort = before.Spec.HealthCheckNodePort
		}
		if err := allocate(o); err != nil {
			return err
		}
		assign(o)
	case *batch.Job: // the server made both
		before := old.(*batch.Job)
		if o.Spec.Selector == nil && (o.Spec.ManualSelector == nil || !*o.Spec.ManualSelector) {
			o.Spec.Selector = before.Spec.Selector
			labels := map[string]string{}
			for k, v := range before.Spec.Template.Labels {
				if slices.Contains(jobLabels, k) {
					labels[k] = v
				}
			}
			for k, v := range o.Spec.Template.Labels {
				labels[k] = v
			}
			o.Spec.Template.Labels = labels
		}
	}
	return rest.BeforeUpdate(strategy, ctx, obj, old)
}

// template is the pod template of an object, nil for a kind without.
func template(obj runtime.Object) *api.PodTemplateSpec {
	switch o := obj.(type) {
	case *apps.Deployment:
		return &o.Spec.Template
	case *apps.StatefulSet:
		return &o.Spec.Template
	case *apps.DaemonSet:
		return &o.Spec.Template
	case *apps.ReplicaSet:
		return &o.Spec.Template
	case *api.ReplicationController:
		return o.Spec.Template
	case *batch.CronJob:
		return &o.Spec.JobTemplate.Spec.Template
	}
	return nil
}
