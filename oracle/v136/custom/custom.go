// Package custom is the truth about custom resources: what the server answers
// to one, given its CustomResourceDefinition. It takes the way of
// apiextensions-apiserver's customresource_handler, except that CEL rules are
// left out, which rollcast does not evaluate.
package custom

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/crdserverscheme"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
)

// A Fault is one reason of a rejection.
type Fault struct {
	Field   string // "" where the message names it, as of unknown fields
	Message string
}

// A Kind is one version of a custom resource.
type Kind struct {
	GVK        schema.GroupVersionKind
	namespaced bool
	root       *structuralschema.Structural
	strategy   rest.RESTCreateStrategy
}

// Kinds are the versions that a definition, in JSON, serves.
func Kinds(definition []byte) ([]*Kind, error) {
	definition, err := withoutRules(definition)
	if err != nil {
		return nil, err
	}
	var external v1.CustomResourceDefinition
	if err := json.Unmarshal(definition, &external); err != nil {
		return nil, err
	}
	v1.SetDefaults_CustomResourceDefinitionSpec(&external.Spec)
	var crd apiextensions.CustomResourceDefinition
	if err := v1.Convert_v1_CustomResourceDefinition_To_apiextensions_CustomResourceDefinition(&external, &crd, nil); err != nil {
		return nil, err
	}
	var out []*Kind
	for _, v := range crd.Spec.Versions {
		if !v.Served {
			continue
		}
		val, err := apiextensions.GetSchemaForVersion(&crd, v.Name)
		if err != nil || val == nil || val.OpenAPIV3Schema == nil {
			return nil, fmt.Errorf("version %s has no schema: %v", v.Name, err)
		}
		k := &Kind{GVK: schema.GroupVersionKind{Group: crd.Spec.Group, Version: v.Name, Kind: crd.Spec.Names.Kind}, namespaced: crd.Spec.Scope == apiextensions.NamespaceScoped}
		if k.root, err = structuralschema.NewStructural(val.OpenAPIV3Schema); err != nil {
			return nil, err
		}
		validator, _, err := validation.NewSchemaValidator(val.OpenAPIV3Schema)
		if err != nil {
			return nil, err
		}
		sub, err := apiextensions.GetSubresourcesForVersion(&crd, v.Name)
		if err != nil {
			return nil, err
		}
		var status *apiextensions.CustomResourceSubresourceStatus
		var scale *apiextensions.CustomResourceSubresourceScale
		if sub != nil {
			status, scale = sub.Status, sub.Scale
		}
		k.strategy = customresource.NewStrategy(crdserverscheme.NewUnstructuredObjectTyper(), k.namespaced, k.GVK, validator, nil, k.root, status, scale, nil)
		out = append(out, k)
	}
	return out, nil
}

// withoutRules removes the CEL rules of a definition.
func withoutRules(definition []byte) ([]byte, error) {
	var tree any
	if err := json.Unmarshal(definition, &tree); err != nil {
		return nil, err
	}
	var strip func(any)
	strip = func(x any) {
		switch x := x.(type) {
		case map[string]any:
			delete(x, "x-kubernetes-validations")
			for _, v := range x {
				strip(v)
			}
		case []any:
			for _, v := range x {
				strip(v)
			}
		}
	}
	strip(tree)
	return json.Marshal(tree)
}

// Create are the reasons why the server refuses an object, in JSON, that is
// POSTed with strict field validation. = customresource_handler.createHandler
func (k *Kind) Create(object []byte) []Fault {
	u := &unstructured.Unstructured{}
	if err := u.UnmarshalJSON(object); err != nil {
		return []Fault{{Message: err.Error()}}
	}
	if faults := k.decode(u); len(faults) > 0 {
		return faults
	}
	defaulting.Default(u.UnstructuredContent(), k.root)
	ctx := genericapirequest.WithNamespace(context.Background(), metav1.NamespaceNone)
	if k.namespaced {
		ctx = genericapirequest.WithNamespace(context.Background(), metav1.NamespaceDefault)
		if u.GetNamespace() != "" {
			ctx = genericapirequest.WithNamespace(context.Background(), u.GetNamespace())
		}
	}
	ctx = genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{IsResourceRequest: true, Verb: "create", APIGroup: k.GVK.Group, APIVersion: k.GVK.Version})
	rest.WipeObjectMetaSystemFields(u)
	rest.FillObjectMetaSystemFields(u)
	if u.GetGenerateName() != "" && u.GetName() == "" {
		u.SetName(k.strategy.GenerateName(u.GetGenerateName()))
	}
	if err := rest.BeforeCreate(k.strategy, ctx, u); err != nil {
		return faults(err)
	}
	return nil
}

// decode is what the strict decoder of custom resources does.
// = customresource_handler.unstructuredSchemaCoercer.apply
func (k *Kind) decode(u *unstructured.Unstructured) []Fault {
	meta, found, unknown, err := objectmeta.GetObjectMetaWithOptions(u.Object, objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if err != nil {
		return []Fault{{Message: err.Error()}}
	}
	unknown = append(unknown, pruning.PruneWithOptions(u.Object, k.root, true, structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})...)
	defaulting.PruneNonNullableNullsWithoutDefaults(u.Object, k.root)
	coerced, paths := objectmeta.CoerceWithOptions(nil, u.Object, k.root, false, objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	if coerced != nil {
		return []Fault{{coerced.Field, coerced.Error()}}
	}
	var out []Fault
	for _, path := range append(unknown, paths...) {
		out = append(out, Fault{path, fmt.Sprintf("unknown field %q", path)})
	}
	if found {
		if err := objectmeta.SetObjectMeta(u.Object, meta); err != nil {
			return []Fault{{Message: err.Error()}}
		}
	}
	return out
}

func faults(err error) []Fault {
	var status *apierrors.StatusError
	if !errors.As(err, &status) || status.ErrStatus.Details == nil || len(status.ErrStatus.Details.Causes) == 0 {
		return []Fault{{Message: err.Error()}}
	}
	var out []Fault
	for _, c := range status.ErrStatus.Details.Causes {
		out = append(out, Fault{c.Field, c.Message})
	}
	return out
}
