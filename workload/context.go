package workload

import (
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"k8s.io/apimachinery/pkg/labels"
)

// A Service selects pods by labels.
type Service struct {
	Document *manifest.Document
	Selector map[string]string // never empty: a Service without one selects nothing
	Headless bool
	// PublishNotReady says that it routes to pods before they are ready.
	PublishNotReady bool
	Ports           []ServicePort
	Workloads       int // how many workloads of the set it selects
	// Images are those of the containers that answer it, without tag and digest,
	// each with the first workload that has it.
	Images []Answer
}

// An Answer is what stands behind a Service: a kind of image, and the first
// workload with it.
type Answer struct {
	Repository string
	Workload   *Workload
}

// answer adds the images with which a workload answers the Service.
func (s *Service) answer(w *Workload) {
	for _, repository := range s.repositories(w) {
		if len(s.Images) < maxJoined && !slices.ContainsFunc(s.Images, func(a Answer) bool { return a.Repository == repository }) {
			s.Images = append(s.Images, Answer{repository, w})
		}
	}
}

// Others are the workloads that answer it with images which the given one does
// not have. A canary has the same image in another version, or a label that says
// which version it is, and is none.
func (s *Service) Others(w *Workload) (others []Answer) {
	if len(s.Images) < 2 {
		return nil
	}
	own := s.repositories(w)
	for _, a := range s.Images {
		if a.Workload != w && len(own) > 0 && !slices.Contains(own, a.Repository) && !variants(a.Workload, w) {
			others = append(others, a)
		}
	}
	return others
}

// variants reports whether the labels of two workloads say that they are
// versions of one application: version: v1 and version: v2.
func variants(a, b *Workload) bool {
	for _, key := range []string{"app.kubernetes.io/version", "color", "colour", "release", "slot", "track", "variant", "version"} {
		if v, w := a.Pod.Labels[key], b.Pod.Labels[key]; v != w {
			return true
		}
	}
	return false
}

// repositories are the images, without tag and digest, of the containers that
// answer for the workload.
func (s *Service) repositories(w *Workload) (list []string) {
	for i := range s.Ports {
		c := s.Ports[i].Owner(&w.Pod)
		if c == nil {
			continue
		}
		repository, _, _ := strings.Cut(c.Image, "@")
		if slash, colon := strings.LastIndex(repository, "/"), strings.LastIndex(repository, ":"); colon > slash {
			repository = repository[:colon]
		}
		if !slices.Contains(list, repository) {
			list = append(list, repository)
		}
	}
	return list
}

// A Budget is a PodDisruptionBudget. It binds evictions, such as a node's
// drain; a rollout does not ask it.
type Budget struct {
	Document       *manifest.Document
	Selector       labels.Selector
	MinAvailable   *planner.IntOrPercent // one of the two, or neither
	MaxUnavailable *planner.IntOrPercent
	// UnhealthyPolicy is unhealthyPodEvictionPolicy, IfHealthyBudget where it is
	// absent.
	UnhealthyPolicy string

	// Workloads is how many workloads of the set it matches, and Pods what
	// those want together; those that the API server rejects do not count.
	// Scalable is false where one of them has no scale, such as a DaemonSet: a
	// percentage then counts nothing.
	Workloads int
	Pods      int64
	Scalable  bool

	refused int // how many that the API server rejects it matches besides
}

// Others is how many pods the budget's other workloads want: of 7 pods that a
// Deployment of 5 and one of 2 want together, the first has 2 others.
func (b *Budget) Others(w *Workload) int64 {
	if w.refused() {
		return b.Pods
	}
	return b.Pods - int64(w.Replicas.Effective)
}

// DesiredHealthy is how many of the budget's pods have to be ready for an eviction
// to be allowed, when its workloads want the given number together. A
// percentage is rounded up, of what is wanted and not of what is there
// (pkg/controller/disruption getExpectedPodCount). ok is false where it cannot
// be known.
//
// Example: minAvailable 50% of 7 is 3.5, so 4. maxUnavailable 30% of 10 is 3,
// so 7. maxUnavailable 25% of 3 is 0.75, rounded up to 1, so 2.
func (b *Budget) DesiredHealthy(pods int64) (healthy int64, ok bool) {
	switch {
	case b.MinAvailable != nil && !b.MinAvailable.Percent:
		return int64(b.MinAvailable.Value), true
	case !b.Scalable:
		return 0, false
	case b.MinAvailable != nil:
		return roundUp(*b.MinAvailable, pods), true
	case b.MaxUnavailable != nil:
		return max(pods-roundUp(*b.MaxUnavailable, pods), 0), true
	default:
		return 0, false
	}
}

func roundUp(v planner.IntOrPercent, of int64) int64 {
	if !v.Percent {
		return int64(v.Value)
	}
	return (int64(v.Value)*of + 99) / 100
}

// An Autoscaler is a HorizontalPodAutoscaler, or KEDA's ScaledObject, which
// makes one.
type Autoscaler struct {
	Document    *manifest.Document
	MinReplicas int32 // 1 where it is absent; of a ScaledObject 0
	MaxReplicas int32
	Metrics     []Metric
	Workloads   int // how many workloads of the set it scales, without those that the API server rejects

	target  manifest.ObjectKey
	refused int // how many that the API server rejects it names besides
}

// A Claim is a PersistentVolumeClaim.
type Claim struct {
	Document    *manifest.Document
	AccessModes []string
}

// SingleNode reports whether only pods on one node can mount the claim at a
// time, or only one pod: a new pod then waits until the old one is gone.
func (c *Claim) SingleNode() bool {
	for _, mode := range c.AccessModes {
		if mode != "ReadWriteOnce" && mode != "ReadWriteOncePod" {
			return false
		}
	}
	return len(c.AccessModes) > 0
}

func readService(r *reader) *Service {
	kind, _ := r.str(manifest.Keys("spec", "type"), "ClusterIP")
	selector, ok := r.strings(manifest.Keys("spec", "selector"))
	if !ok || len(selector) == 0 || kind == "ExternalName" || r.broken(manifest.Keys("spec", "selector")) {
		return nil
	}
	s := &Service{Document: r.doc, Selector: selector, Ports: r.servicePorts()}
	ip, _ := r.str(manifest.Keys("spec", "clusterIP"), "")
	s.Headless = ip == "None"
	s.PublishNotReady, _ = r.bool(manifest.Keys("spec", "publishNotReadyAddresses"))
	return s
}

// readBudget leaves out a budget without a selector, which matches nothing, and
// policy/v1beta1's empty one, which matched nothing either.
func readBudget(r *reader) *Budget {
	selector, ok := r.selector(manifest.Keys("spec", "selector"))
	minAvailable, ok1 := r.share(manifest.Keys("spec", "minAvailable"))
	maxUnavailable, ok2 := r.share(manifest.Keys("spec", "maxUnavailable"))
	if !ok || !ok1 || !ok2 || minAvailable != nil && maxUnavailable != nil {
		return nil
	}
	if selector.Empty() && r.doc.APIVersion == "policy/v1beta1" {
		return nil
	}
	b := &Budget{Document: r.doc, Selector: selector, MinAvailable: minAvailable, MaxUnavailable: maxUnavailable, Scalable: true}
	b.UnhealthyPolicy, _ = r.str(r.in(manifest.Keys("spec"), "unhealthyPodEvictionPolicy"), "IfHealthyBudget")
	return b
}

func readAutoscaler(r *reader) *Autoscaler {
	target := func(key string) string {
		s, _ := r.str(manifest.Keys("spec", "scaleTargetRef", key), "")
		return s
	}
	minReplicas, ok1 := r.int32(manifest.Keys("spec", "minReplicas"), defaultMinReplicas)
	maxReplicas, ok2 := r.int32(manifest.Keys("spec", "maxReplicas"), noMaxReplicas)
	if !ok1 || !ok2 || maxReplicas < minReplicas || maxReplicas == noMaxReplicas || r.broken(manifest.Keys("spec", "scaleTargetRef")) {
		return nil
	}
	return &Autoscaler{
		Document:    r.doc,
		MinReplicas: minReplicas,
		MaxReplicas: maxReplicas,
		Metrics:     r.metrics(),
		target: manifest.ObjectKey{
			Group:     manifest.GroupFamily(target("apiVersion"), target("kind")),
			Kind:      target("kind"),
			Namespace: r.doc.Namespace,
			Name:      target("name"),
		},
	}
}

func readClaim(r *reader) *Claim {
	modes, ok := r.words(manifest.Keys("spec", "accessModes"))
	if !ok {
		return nil
	}
	return &Claim{Document: r.doc, AccessModes: modes}
}
