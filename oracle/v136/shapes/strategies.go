package shapes

import (
	"k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/kubernetes/pkg/api/legacyscheme"

	// The types, defaults and conversions of what the strategies judge.
	_ "k8s.io/kubernetes/pkg/apis/admissionregistration/install"
	_ "k8s.io/kubernetes/pkg/apis/certificates/install"
	_ "k8s.io/kubernetes/pkg/apis/coordination/install"
	_ "k8s.io/kubernetes/pkg/apis/events/install"
	_ "k8s.io/kubernetes/pkg/apis/flowcontrol/install"
	_ "k8s.io/kubernetes/pkg/apis/node/install"
	_ "k8s.io/kubernetes/pkg/apis/resource/install"

	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingadmissionpolicy"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingadmissionpolicybinding"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingwebhookconfiguration"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingadmissionpolicy"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingadmissionpolicybinding"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingwebhookconfiguration"
	"k8s.io/kubernetes/pkg/registry/apps/controllerrevision"
	"k8s.io/kubernetes/pkg/registry/certificates/certificates"
	"k8s.io/kubernetes/pkg/registry/coordination/lease"
	"k8s.io/kubernetes/pkg/registry/core/endpoint"
	"k8s.io/kubernetes/pkg/registry/flowcontrol/flowschema"
	"k8s.io/kubernetes/pkg/registry/flowcontrol/prioritylevelconfiguration"
	"k8s.io/kubernetes/pkg/registry/networking/ingressclass"
	"k8s.io/kubernetes/pkg/registry/networking/ipaddress"
	"k8s.io/kubernetes/pkg/registry/networking/servicecidr"
	"k8s.io/kubernetes/pkg/registry/node/runtimeclass"
	"k8s.io/kubernetes/pkg/registry/resource/deviceclass"
	"k8s.io/kubernetes/pkg/registry/resource/resourceclaim"
	"k8s.io/kubernetes/pkg/registry/resource/resourceclaimtemplate"
	"k8s.io/kubernetes/pkg/registry/resource/resourceslice"
	"k8s.io/kubernetes/pkg/registry/storage/csidriver"
	"k8s.io/kubernetes/pkg/registry/storage/csinode"
	"k8s.io/kubernetes/pkg/registry/storage/csistoragecapacity"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattachment"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattributesclass"

	"github.com/rollcast/rollcast/oracle/v136/validate"
)

// strategies judge the kinds of which there are samples.
var strategies = validate.Strategies{
	kind("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicy"):          mutatingadmissionpolicy.NewStrategy(nil, nil),
	kind("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicyBinding"):   mutatingadmissionpolicybinding.NewStrategy(nil, nil, nil),
	kind("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"):     mutatingwebhookconfiguration.Strategy,
	kind("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy"):        validatingadmissionpolicy.NewStrategy(nil, nil),
	kind("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding"): validatingadmissionpolicybinding.NewStrategy(nil, nil, nil),
	kind("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"):   validatingwebhookconfiguration.Strategy,
	kind("apiextensions.k8s.io/v1", "CustomResourceDefinition"):                 customresourcedefinition.NewStrategy(legacyscheme.Scheme),
	kind("apps/v1", "ControllerRevision"):                                       controllerrevision.Strategy,
	kind("certificates.k8s.io/v1", "CertificateSigningRequest"):                 certificates.Strategy,
	kind("coordination.k8s.io/v1", "Lease"):                                     lease.Strategy,
	kind("flowcontrol.apiserver.k8s.io/v1", "FlowSchema"):                       flowschema.Strategy,
	kind("flowcontrol.apiserver.k8s.io/v1", "PriorityLevelConfiguration"):       prioritylevelconfiguration.Strategy,
	kind("networking.k8s.io/v1", "IPAddress"):                                   ipaddress.Strategy,
	kind("networking.k8s.io/v1", "IngressClass"):                                ingressclass.Strategy,
	kind("networking.k8s.io/v1", "ServiceCIDR"):                                 servicecidr.Strategy,
	kind("node.k8s.io/v1", "RuntimeClass"):                                      runtimeclass.Strategy,
	kind("resource.k8s.io/v1", "DeviceClass"):                                   deviceclass.Strategy,
	kind("resource.k8s.io/v1", "ResourceClaim"):                                 resourceclaim.NewStrategy(nil, nil),
	kind("resource.k8s.io/v1", "ResourceClaimTemplate"):                         resourceclaimtemplate.NewStrategy(nil),
	kind("resource.k8s.io/v1", "ResourceSlice"):                                 resourceslice.Strategy,
	kind("storage.k8s.io/v1", "CSIDriver"):                                      csidriver.Strategy,
	kind("storage.k8s.io/v1", "CSINode"):                                        csinode.Strategy,
	kind("storage.k8s.io/v1", "CSIStorageCapacity"):                             csistoragecapacity.Strategy,
	kind("storage.k8s.io/v1", "VolumeAttachment"):                               volumeattachment.Strategy,
	kind("storage.k8s.io/v1", "VolumeAttributesClass"):                          volumeattributesclass.Strategy,
	kind("v1", "Endpoints"):                                                     endpoint.Strategy,
}

func kind(apiVersion, kind string) schema.GroupVersionKind {
	return schema.FromAPIVersionAndKind(apiVersion, kind)
}
