package validate

import (
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/api/service"
	api "k8s.io/kubernetes/pkg/apis/core"
)

// allocate does what k8s.io/kubernetes/pkg/registry/core/service/storage does
// before validation, in a cluster of both IP families: it completes and judges
// the fields of addresses. What it would choose itself is not chosen, because
// validation accepts its absence; but for the port of the health check. An
// address or port outside the cluster's ranges is no fault here.
func allocate(svc *api.Service) error {
	spec := &svc.Spec
	if spec.ClusterIP != "" && len(spec.ClusterIPs) == 0 {
		spec.ClusterIPs = []string{spec.ClusterIP}
	}
	if service.NeedsHealthCheck(svc) && spec.HealthCheckNodePort == 0 {
		spec.HealthCheckNodePort = 32767
	}
	if spec.Type == api.ServiceTypeExternalName {
		return nil
	}
	if spec.IPFamilyPolicy == nil {
		policy := api.IPFamilyPolicySingleStack
		if spec.ClusterIP == api.ClusterIPNone && len(spec.Selector) == 0 {
			policy = api.IPFamilyPolicyRequireDualStack
		}
		spec.IPFamilyPolicy = &policy
	}
	if *spec.IPFamilyPolicy == api.IPFamilyPolicySingleStack && (len(spec.ClusterIPs) == 2 || len(spec.IPFamilies) == 2) {
		return apierrors.NewInvalid(schema.GroupKind{Kind: "Service"}, svc.Name, field.ErrorList{field.Invalid(
			field.NewPath("spec", "ipFamilyPolicy"), *spec.IPFamilyPolicy, "two addresses or families need RequireDualStack or PreferDualStack")})
	}
	return nil
}
