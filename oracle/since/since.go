// Package since finds out which minor of Kubernetes first had a field, or a
// value of an enumeration, by reading the Go types of k8s.io/api in each of
// them: the data behind added="1.N" in schema/.
package since

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// Oldest and Newest are the minors that are compared.
const (
	Oldest = 25
	Newest = 36
)

// Kinds are those whose fields schema/ writes down with all their rules, and
// then those of which it has the shape, as the folder of k8s.io/api and the
// name of the type.
var Kinds = strings.Fields(`apps/v1.Deployment apps/v1.ReplicaSet apps/v1.StatefulSet apps/v1.DaemonSet
	batch/v1.Job batch/v1.CronJob
	core/v1.Pod core/v1.PodTemplate core/v1.ReplicationController core/v1.Service core/v1.ConfigMap core/v1.Secret
	core/v1.ServiceAccount core/v1.Namespace core/v1.PersistentVolumeClaim core/v1.ResourceQuota core/v1.LimitRange
	autoscaling/v1.HorizontalPodAutoscaler autoscaling/v2.HorizontalPodAutoscaler
	policy/v1.PodDisruptionBudget scheduling/v1.PriorityClass networking/v1.Ingress networking/v1.NetworkPolicy
	core/v1.PersistentVolume discovery/v1.EndpointSlice rbac/v1.Role rbac/v1.ClusterRole rbac/v1.RoleBinding rbac/v1.ClusterRoleBinding storage/v1.StorageClass

	core/v1.Event core/v1.Endpoints core/v1.Node core/v1.ComponentStatus core/v1.Binding
	admissionregistration/v1.MutatingAdmissionPolicy admissionregistration/v1.MutatingAdmissionPolicyBinding admissionregistration/v1.MutatingWebhookConfiguration
	admissionregistration/v1.ValidatingAdmissionPolicy admissionregistration/v1.ValidatingAdmissionPolicyBinding admissionregistration/v1.ValidatingWebhookConfiguration
	admissionregistration/v1beta1.MutatingAdmissionPolicy admissionregistration/v1beta1.MutatingAdmissionPolicyBinding
	admissionregistration/v1beta1.ValidatingAdmissionPolicy admissionregistration/v1beta1.ValidatingAdmissionPolicyBinding
	apiextensions/v1.CustomResourceDefinition apps/v1.ControllerRevision authentication/v1.SelfSubjectReview authentication/v1.TokenReview
	authorization/v1.LocalSubjectAccessReview authorization/v1.SelfSubjectAccessReview authorization/v1.SelfSubjectRulesReview authorization/v1.SubjectAccessReview
	certificates/v1.CertificateSigningRequest certificates/v1beta1.ClusterTrustBundle certificates/v1beta1.PodCertificateRequest
	coordination/v1.Lease coordination/v1beta1.LeaseCandidate events/v1.Event
	flowcontrol/v1.FlowSchema flowcontrol/v1.PriorityLevelConfiguration flowcontrol/v1beta1.FlowSchema flowcontrol/v1beta1.PriorityLevelConfiguration
	flowcontrol/v1beta2.FlowSchema flowcontrol/v1beta2.PriorityLevelConfiguration flowcontrol/v1beta3.FlowSchema flowcontrol/v1beta3.PriorityLevelConfiguration
	networking/v1.IngressClass networking/v1.IPAddress networking/v1.ServiceCIDR networking/v1beta1.IPAddress networking/v1beta1.ServiceCIDR
	node/v1.RuntimeClass resource/v1.DeviceClass resource/v1.ResourceClaim resource/v1.ResourceClaimTemplate resource/v1.ResourceSlice
	storage/v1.CSIDriver storage/v1.CSINode storage/v1.CSIStorageCapacity storage/v1.VolumeAttachment storage/v1.VolumeAttributesClass
	storage/v1beta1.CSIStorageCapacity storage/v1beta1.VolumeAttributesClass`)

// Lines has a line for each field, or value of an enumeration, that came after
// Oldest or went before Newest, sorted, but for those that did so together with
// what they belong to:
//
//	apps/v1.StatefulSet spec.ordinals 1.26
//	core/v1.Pod spec.volumes[].gone 1.25 until 1.30
//	batch/v1.Job spec.podFailurePolicy.rules[].action=FailIndex 1.28
func Lines() ([]string, error) {
	first, last := map[string]int{}, map[string]int{}
	for minor := Oldest; minor <= Newest; minor++ {
		r := &release{packages: map[string]*goPackage{}, inside: map[*goPackage]map[string]bool{}}
		var err error
		if r.folders, err = download(minor); err != nil {
			return nil, err
		}
		for _, kind := range Kinds {
			folder, name, _ := strings.Cut(kind, ".")
			paths := map[string]bool{}
			from := "k8s.io/api/"
			if strings.HasPrefix(folder, "apiextensions/") {
				from = "k8s.io/apiextensions-apiserver/pkg/apis/"
			}
			p, err := r.load(from + folder)
			if err == nil {
				if p.types[name] != nil {
					paths[""] = true // so that new fields are told from those of a new kind
				}
				err = r.named(p, name, "", paths)
			}
			if err != nil {
				return nil, fmt.Errorf("1.%d %s: %w", minor, kind, err)
			}
			for path := range paths {
				path = strings.TrimSuffix(kind+" "+path, " ")
				if first[path] == 0 {
					first[path] = minor
				}
				last[path] = minor
			}
		}
	}
	var lines []string
	for path, minor := range first {
		if !strings.Contains(path, " ") {
			continue // a kind: apis.cue says when it came
		}
		if up := parent(path); first[up] == minor && last[up] == last[path] {
			continue // it came with what it belongs to
		}
		switch {
		case last[path] < Newest:
			lines = append(lines, fmt.Sprintf("%s 1.%d until 1.%d", path, minor, last[path]+1))
		case minor > Oldest:
			lines = append(lines, fmt.Sprintf("%s 1.%d", path, minor))
		}
	}
	slices.Sort(lines)
	return lines, nil
}

// parent is the path of what holds a field or value.
func parent(path string) string {
	path = path[:max(strings.LastIndexAny(path, ".="), strings.LastIndexByte(path, ' '))]
	for strings.HasSuffix(path, "[]") {
		path = strings.TrimSuffix(path, "[]")
	}
	return path
}

// download is where the module cache has the modules of a minor.
func download(minor int) (map[string]string, error) {
	folders := map[string]string{}
	for _, module := range []string{"k8s.io/api", "k8s.io/apimachinery", "k8s.io/apiextensions-apiserver"} {
		out, err := exec.Command("go", "mod", "download", "-json", fmt.Sprintf("%s@v0.%d.0", module, minor)).Output()
		var answer struct{ Dir, Error string }
		if e := json.Unmarshal(out, &answer); e != nil || answer.Dir == "" {
			return nil, fmt.Errorf("%s of 1.%d: %v %s", module, minor, err, answer.Error)
		}
		folders[module] = answer.Dir
	}
	return folders, nil
}
