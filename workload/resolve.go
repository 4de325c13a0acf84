package workload

import (
	"github.com/rollcast/rollcast/manifest"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/labels"
)

// A Set is everything that is applied together, read and joined. Each list is
// in the order of the documents.
type Set struct {
	Workloads   []*Workload
	Services    []*Service
	Budgets     []*Budget
	Autoscalers []*Autoscaler
	Claims      []*Claim
	Settings    []*Settings
	// Foreign says that it holds kinds which may make pods, or change them, in
	// ways that nobody can know: what selects nothing may then be right.
	Foreign bool

	bounded     map[string]bool // the namespaces with a LimitRange
	bounds      map[string][]*Bounds
	ranges      map[string][]*manifest.Document // the LimitRanges of the namespace
	quotas      map[string][]*Quota
	policies    map[string]*SecurityPolicy // by the Namespace's name
	webhooks    []*Webhook
	named       []*manifest.Document         // what pods refer to by name
	grants      map[manifest.ObjectKey]grant // of ServiceAccounts that bindings name
	byNamespace map[string][]*Workload
	taken       map[[2]string]resource.Quantity // by namespace and name of what a quota counts
}

// maxJoined bounds how many objects of one kind are joined to a workload, so
// that a set in which everything matches everything stays linear.
const maxJoined = 64

// Resolve reads and joins the documents of one set. Documents of kinds it does
// not know are left out; a workload that it cannot read stays in and says why,
// any other object that it cannot read is not joined. An absent namespace joins
// only an absent one.
func Resolve(docs []*manifest.Document, faults Faults) *Set {
	return resolve(docs, faults, read)
}

// reading reads a workload, joins aside.
type reading func(*manifest.Document, Kind, []manifest.Path) *Workload

func resolve(docs []*manifest.Document, faults Faults, read reading) *Set {
	s := &Set{bounded: map[string]bool{}, bounds: map[string][]*Bounds{}, ranges: map[string][]*manifest.Document{}, quotas: map[string][]*Quota{}, policies: map[string]*SecurityPolicy{}, grants: map[manifest.ObjectKey]grant{}, byNamespace: map[string][]*Workload{}, taken: map[[2]string]resource.Quantity{}}
	for _, doc := range docs {
		s.add(&reader{doc: doc, faults: faults[doc]}, read)
	}
	s.join()
	return s
}

func (s *Set) add(r *reader, read reading) {
	if kind, ok := KindOf(r.doc.APIVersion, r.doc.Kind); ok {
		w := read(r.doc, kind, r.faults)
		s.Workloads = append(s.Workloads, w)
		if w.Unreadable == "" {
			s.byNamespace[r.doc.Namespace] = append(s.byNamespace[r.doc.Namespace], w)
		}
		return
	}
	switch manifest.GroupFamily(r.doc.APIVersion, r.doc.Kind) + "/" + r.doc.Kind {
	case "/Service":
		s.Services = appendRead(s.Services, readService(r))
	case "policy/PodDisruptionBudget":
		s.Budgets = appendRead(s.Budgets, readBudget(r))
	case "autoscaling/HorizontalPodAutoscaler":
		s.Autoscalers = appendRead(s.Autoscalers, readAutoscaler(r))
	case "keda.sh/ScaledObject":
		s.Autoscalers = appendRead(s.Autoscalers, readScaledObject(r))
	case "/PersistentVolumeClaim":
		s.Claims = appendRead(s.Claims, readClaim(r))
		s.named = append(s.named, r.doc)
	case "/ServiceAccount":
		s.named = append(s.named, r.doc)
	case "/ConfigMap", "/Secret":
		s.Settings = appendRead(s.Settings, readSettings(r))
		s.named = append(s.named, r.doc)
	case "/ResourceQuota":
		if q := readQuota(r); q != nil {
			s.quotas[r.doc.Namespace] = append(s.quotas[r.doc.Namespace], q)
		}
	case "rbac.authorization.k8s.io/RoleBinding", "rbac.authorization.k8s.io/ClusterRoleBinding":
		s.readGrants(r)
	case "/Namespace":
		if p := readPolicy(r); p != nil {
			s.policies[r.doc.Name] = p
		}
	case "admissionregistration.k8s.io/ValidatingWebhookConfiguration", "admissionregistration.k8s.io/MutatingWebhookConfiguration":
		s.webhooks = append(s.webhooks, readWebhooks(r)...)
	case "/LimitRange":
		s.bounded[r.doc.Namespace] = true
		s.ranges[r.doc.Namespace] = append(s.ranges[r.doc.Namespace], r.doc)
		s.bounds[r.doc.Namespace] = append(s.bounds[r.doc.Namespace], readBounds(r)...)
	default:
		s.Foreign = s.Foreign || foreign(r.doc)
	}
}

func appendRead[T any](list []*T, v *T) []*T {
	if v == nil {
		return list
	}
	return append(list, v)
}

func (s *Set) join() {
	services, budgets := newIndex(), newIndex()
	for _, v := range s.Services {
		services.add(v.Document.Namespace, labels.SelectorFromSet(v.Selector))
	}
	for _, v := range s.Budgets {
		budgets.add(v.Document.Namespace, v.Selector)
	}
	autoscalers := map[manifest.ObjectKey][]*Autoscaler{}
	for _, v := range s.Autoscalers {
		autoscalers[v.target] = append(autoscalers[v.target], v)
	}
	claims := map[manifest.ObjectKey]*Claim{}
	for _, v := range s.Claims {
		if key, ok := v.Document.ObjectKey(); ok {
			claims[key] = v
		}
	}
	for _, w := range s.Workloads {
		if w.Unreadable != "" {
			continue
		}
		namespace := w.Document.Namespace
		w.Bounded = s.bounded[namespace]
		for _, i := range services.match(namespace, w.Pod.Labels) {
			w.Services = append(w.Services, s.Services[i])
			s.Services[i].Workloads++
			s.Services[i].answer(w)
		}
		for _, i := range budgets.match(namespace, w.Pod.Labels) {
			w.Budgets = append(w.Budgets, s.Budgets[i])
		}
		if key, ok := w.Document.ObjectKey(); ok {
			w.Autoscalers = autoscalers[key][:min(len(autoscalers[key]), maxJoined)]
			for _, a := range autoscalers[key] {
				a.count(w)
			}
		}
		for _, v := range w.Pod.Volumes[:min(len(w.Pod.Volumes), maxJoined)] {
			if claim := claims[manifest.ObjectKey{Kind: "PersistentVolumeClaim", Namespace: namespace, Name: v.Claim}]; claim != nil {
				w.Claims = append(w.Claims, claim)
			}
		}
		w.autoscale()
		for _, b := range w.Budgets {
			b.count(w)
		}
	}
	s.joinSettings()
	s.joinGoverning()
	s.joinRivals()
	s.joinAdmission()
	s.joinReferences()
	s.joinMissing()
	s.joinWebhooks()
}

// autoscale widens the replicas to the autoscalers' range.
//
// Example: without spec.replicas and with an autoscaler of 3 to 12 a rollout
// finds between 3 and 12 pods, and is planned from 3. Applying replicas: 5
// besides sets it to 5 first.
func (w *Workload) autoscale() {
	for i, a := range w.Autoscalers {
		if i == 0 {
			w.Replicas.Min, w.Replicas.Max = a.MinReplicas, a.MaxReplicas
		}
		w.Replicas.Min, w.Replicas.Max = min(w.Replicas.Min, a.MinReplicas), max(w.Replicas.Max, a.MaxReplicas)
	}
	if len(w.Autoscalers) > 0 && w.Replicas.Declared == nil {
		w.Replicas.Effective = w.Replicas.Min
	}
}

// refused reports whether the API server rejects the workload: it then has no
// pods that anything could count.
func (w *Workload) refused() bool { return len(w.Faults) > 0 }

// count adds a workload to what the autoscaler scales.
func (a *Autoscaler) count(w *Workload) {
	if w.refused() {
		a.refused++
		return
	}
	a.Workloads++
}

// count adds a workload to what the budget covers.
func (b *Budget) count(w *Workload) {
	if w.refused() {
		b.refused++
		return
	}
	b.Workloads++
	b.Pods += int64(w.Replicas.Effective)
	switch w.Kind {
	case Deployment, StatefulSet, ReplicaSet, ReplicationController:
	case BarePod, DaemonSet, Job, CronJob:
		b.Scalable = false
	}
}
