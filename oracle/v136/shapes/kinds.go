package shapes

import "strings"

// A Kind is one whose shape is written.
type Kind struct {
	APIVersion, Kind string
	Namespaced       bool
	Virtual          bool // it is answered and not stored, so that it needs no name
	Older            bool // another version bears the name in CUE
}

// Kinds are the kinds that some supported version serves and that schema/ does
// not write by hand. "-" is before those without a namespace, "?" before those
// that are not stored, "'" before those of which a younger version is known.
var Kinds = parse(`
v1: 'Event Endpoints -Node -ComponentStatus ?Binding
admissionregistration.k8s.io/v1: -MutatingAdmissionPolicy -MutatingAdmissionPolicyBinding -MutatingWebhookConfiguration -ValidatingAdmissionPolicy -ValidatingAdmissionPolicyBinding -ValidatingWebhookConfiguration
admissionregistration.k8s.io/v1beta1: '-MutatingAdmissionPolicy '-MutatingAdmissionPolicyBinding '-ValidatingAdmissionPolicy '-ValidatingAdmissionPolicyBinding
apiextensions.k8s.io/v1: -CustomResourceDefinition
apps/v1: ControllerRevision
authentication.k8s.io/v1: ?SelfSubjectReview ?TokenReview
authorization.k8s.io/v1: ?LocalSubjectAccessReview ?SelfSubjectAccessReview ?SelfSubjectRulesReview ?SubjectAccessReview
certificates.k8s.io/v1: -CertificateSigningRequest
certificates.k8s.io/v1beta1: '-ClusterTrustBundle PodCertificateRequest
coordination.k8s.io/v1: Lease
coordination.k8s.io/v1beta1: LeaseCandidate
events.k8s.io/v1: Event
flowcontrol.apiserver.k8s.io/v1: -FlowSchema -PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io/v1beta1: '-FlowSchema '-PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io/v1beta2: '-FlowSchema '-PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io/v1beta3: '-FlowSchema '-PriorityLevelConfiguration
networking.k8s.io/v1: -IngressClass -IPAddress -ServiceCIDR
networking.k8s.io/v1beta1: '-IPAddress '-ServiceCIDR
node.k8s.io/v1: -RuntimeClass
resource.k8s.io/v1: -DeviceClass 'ResourceClaim ResourceClaimTemplate -ResourceSlice
storage.k8s.io/v1: -CSIDriver -CSINode CSIStorageCapacity -VolumeAttachment -VolumeAttributesClass
storage.k8s.io/v1beta1: 'CSIStorageCapacity '-VolumeAttributesClass
`)

func parse(text string) []Kind {
	var out []Kind
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		apiVersion, words, _ := strings.Cut(line, ": ")
		for _, word := range strings.Fields(words) {
			k := Kind{APIVersion: apiVersion, Namespaced: true}
			word, k.Older = strings.CutPrefix(word, "'")
			if rest, ok := strings.CutPrefix(word, "-"); ok {
				word, k.Namespaced = rest, false
			}
			word, k.Virtual = strings.CutPrefix(word, "?")
			k.Kind = word
			out = append(out, k)
		}
	}
	return out
}
