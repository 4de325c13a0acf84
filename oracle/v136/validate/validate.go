package validate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	api "k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/capabilities"
)

// A FieldError is one reason of a rejection.
type FieldError struct {
	Field   string // as the server writes it: spec.containers[0].image; "" for decode errors
	Type    string // the server's cause, such as FieldValueRequired; "" for decode errors
	Message string
}

// A Verdict is the server's answer to a POST.
type Verdict struct {
	Accepted bool
	Errors   []FieldError // why not; decode errors end the judgement
	Warnings []string
	// Object is what would be stored, in the version of the document: with
	// defaults, and without the fields that are not in effect. Nil where the
	// document could not be decoded.
	Object runtime.Object
}

// The media types a document comes in.
const (
	YAML = "application/yaml"
	JSON = "application/json"
)

// Create is the server's verdict on one document that is POSTed to the
// endpoint of its own kind and namespace, with strict field validation. An
// error means that the oracle cannot judge: it does not know the kind.
func Create(doc []byte, mediaType string) (Verdict, error) {
	return With(strategies, doc, mediaType)
}

// Strategies judge the objects of a kind.
type Strategies map[schema.GroupVersionKind]rest.RESTCreateStrategy

// With is Create with strategies of other kinds.
func With(strategies Strategies, doc []byte, mediaType string) (Verdict, error) {
	capabilities.Setup(true, 0) // privileged containers are a policy's business
	info, ok := runtime.SerializerInfoForMediaType(codecs.SupportedMediaTypes(), mediaType)
	if !ok {
		return Verdict{}, fmt.Errorf("media type %q is none of %s, %s", mediaType, YAML, JSON)
	}
	decoder := codecs.DecoderToVersion(info.StrictSerializer, runtime.InternalGroupVersioner)
	obj, gvk, err := decoder.Decode(doc, nil, nil)
	if gvk == nil || strategies[*gvk] == nil {
		return Verdict{}, fmt.Errorf("kind %v is unknown here: %w", gvk, err)
	}
	var v Verdict
	if err != nil {
		v.Errors = decodeErrors(err)
		return v, nil
	}
	err = guarded(func() error { return create(strategies[*gvk], obj, *gvk, recorder{&v.Warnings}) })
	if external, e := scheme.ConvertToVersion(obj, gvk.GroupVersion()); e == nil {
		v.Object = external
	}
	v.Errors = fieldErrors(err)
	v.Accepted = err == nil
	return v, nil
}

// guarded turns a panic into the error that a server answers with. 1.36 has
// at least one: an Indexed job of a CronJob with a successPolicy and without
// completions.
func guarded(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the server panics: %v", r)
		}
	}()
	return f()
}

// create takes the way of k8s.io/apiserver/pkg/endpoints/handlers.createHandler
// and registry.Store.create up to storage.
func create(strategy rest.RESTCreateStrategy, obj runtime.Object, gvk schema.GroupVersionKind, warnings warning.Recorder) error {
	m, err := meta.Accessor(obj)
	if err != nil {
		return err
	}
	namespace := m.GetNamespace()
	switch {
	case !strategy.NamespaceScoped():
		namespace = metav1.NamespaceNone
	case namespace == "":
		namespace = metav1.NamespaceDefault
	}
	ctx := genericapirequest.WithNamespace(context.Background(), namespace)
	ctx = genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{
		IsResourceRequest: true, Verb: "create", APIGroup: gvk.Group, APIVersion: gvk.Version, Namespace: namespace,
	})
	ctx = warning.WithWarningRecorder(ctx, warnings)

	rest.WipeObjectMetaSystemFields(m)
	m.SetOwnerReferences(distinct(m.GetOwnerReferences()))
	rest.FillObjectMetaSystemFields(m)
	if m.GetGenerateName() != "" && m.GetName() == "" {
		m.SetName(strategy.GenerateName(m.GetGenerateName()))
	}
	if svc, ok := obj.(*api.Service); ok {
		if err := allocate(svc); err != nil {
			return err
		}
	}
	if err := rest.BeforeCreate(strategy, ctx, obj); err != nil {
		return err
	}
	// = etcd3.store.Create: what is no number counts as not set.
	if n, err := strconv.ParseUint(m.GetResourceVersion(), 10, 64); err == nil && n != 0 {
		return &apierrors.StatusError{ErrStatus: metav1.Status{Details: &metav1.StatusDetails{Causes: []metav1.StatusCause{{
			Field: "metadata.resourceVersion", Message: "resourceVersion should not be set on objects to be created",
		}}}}}
	}
	return nil
}

// distinct drops repeated owners, as the endpoint does before anything looks
// at them.
func distinct(owners []metav1.OwnerReference) []metav1.OwnerReference {
	var out []metav1.OwnerReference
	for _, o := range owners {
		same := func(p metav1.OwnerReference) bool { return equality.Semantic.DeepEqual(o, p) }
		if !slices.ContainsFunc(out, same) {
			out = append(out, o)
		}
	}
	return out
}

// decodeErrors are the faults that strict decoding lists, or the one at which
// decoding stopped.
func decodeErrors(err error) []FieldError {
	strict, ok := runtime.AsStrictDecodingError(err)
	if !ok {
		return []FieldError{{Message: err.Error()}}
	}
	var out []FieldError
	for _, e := range strict.Errors() {
		out = append(out, FieldError{Message: e.Error()})
	}
	return out
}

func fieldErrors(err error) []FieldError {
	if err == nil {
		return nil
	}
	var status *apierrors.StatusError
	if !errors.As(err, &status) || status.ErrStatus.Details == nil || len(status.ErrStatus.Details.Causes) == 0 {
		return []FieldError{{Message: err.Error()}}
	}
	var out []FieldError
	for _, c := range status.ErrStatus.Details.Causes {
		out = append(out, FieldError{Field: c.Field, Type: string(c.Type), Message: c.Message})
	}
	return out
}

type recorder struct{ list *[]string }

func (r recorder) AddWarning(_, text string) { *r.list = append(*r.list, text) }
