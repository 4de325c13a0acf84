package facts

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

// Context is the other objects of the set that touch the workload.
type Context struct {
	// Complete says that the set holds everything that is applied together;
	// rules that need it stay silent otherwise.
	Complete    bool         `json:"complete"`
	Services    []Service    `json:"services"`    // whose selector matches the pods
	Budgets     []Budget     `json:"budgets"`     // PodDisruptionBudgets whose selector matches the pods
	Autoscalers []Autoscaler `json:"autoscalers"` // whose scaleTargetRef names the workload
	Claims      []Claim      `json:"claims"`      // PersistentVolumeClaims that the pods mount
	Rivals      []Rival      `json:"rivals"`      // workloads that select these pods, and whose pods this one selects
	Refusals    []Refusal    `json:"refusals"`    // why the server refuses the pods
	Rooms       []Room       `json:"rooms"`       // what the ResourceQuotas of the namespace leave
	Webhooks    []Webhook    `json:"webhooks"`    // that the pods answer for, and that their creation has to pass
	Quotas      []Quota      `json:"quotas"`      // ResourceQuotas of the namespace
	LimitRanges []Named      `json:"limitRanges"` // of the namespace
	Sources     []Named      `json:"sources"`     // ConfigMaps and Secrets that the pods ask for
}

// A Named is another object.
type Named struct {
	ID   int    `json:"id"`
	Kind string `json:"kind"`
	Name string `json:"name"`
}

// A Quota is a ResourceQuota without scopes.
type Quota struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
	Hard []Hard `json:"hard"`
}

// A Hard is one limit of a quota.
type Hard struct {
	Resource string `json:"resource"` // requests.cpu
	Limit    string `json:"limit"`
}

// A Service routes to the workload's pods.
type Service struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
	// PublishNotReady says that it routes to pods before they are ready.
	PublishNotReady bool          `json:"publishNotReady"`
	Workloads       int           `json:"workloads"` // how many workloads of the set it selects
	Ports           []ServicePort `json:"ports"`
	// Others are workloads of other images that answer it too.
	Others []Other `json:"others"`
	// Moved says that it selected other pods before; only in a review.
	Moved bool `json:"moved"`
}

// An Other is a workload that answers a Service with another image.
type Other struct {
	ID    int    `json:"id"`
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Image string `json:"image"` // without tag and digest
}

// A ServicePort is one port of a Service, as this workload answers it.
type ServicePort struct {
	ID     int    `json:"id"`
	Name   string `json:"name,omitempty"`
	Target string `json:"target"` // for messages: "http", or 8080
	// Number is the target where it is a number.
	Number int32 `json:"number,omitempty"`
	// NodePort is the node's port, as written.
	NodePort int32 `json:"nodePort,omitempty"`
	// Container is the name of the container that answers it; absent where it
	// is unknown.
	Container string `json:"container,omitempty"`
	// Unknown says that the target is a name which no container declares.
	Unknown bool `json:"unknown"`
}

// A Rival is another workload of the same pods.
type Rival struct {
	ID   int    `json:"id"`
	Kind string `json:"kind"`
	Name string `json:"name"`
}

// A Budget is a PodDisruptionBudget over the workload's pods.
type Budget struct {
	ID             int    `json:"id"`
	Name           string `json:"name"`
	MinAvailable   *Share `json:"minAvailable,omitempty"`
	MaxUnavailable *Share `json:"maxUnavailable,omitempty"`
	// Workloads is how many workloads it matches, and Pods what those want
	// together.
	Workloads int   `json:"workloads"`
	Pods      int64 `json:"pods"`
	// Fewest is how many pods they want at the autoscaler's minimum, and Spare
	// how many of those an eviction may take; absent where it cannot be known.
	Fewest *int64 `json:"fewest,omitempty"`
	Spare  *int64 `json:"spare,omitempty"`
	// UnhealthyPolicy is unhealthyPodEvictionPolicy, IfHealthyBudget by default.
	UnhealthyPolicy string `json:"unhealthyPolicy"`
}

// An Autoscaler is a HorizontalPodAutoscaler or KEDA's ScaledObject.
type Autoscaler struct {
	ID          int          `json:"id"`
	Kind        string       `json:"kind"`
	Name        string       `json:"name"`
	MinReplicas int32        `json:"minReplicas"`
	MaxReplicas int32        `json:"maxReplicas"`
	Unmeasured  []Unmeasured `json:"unmeasured"`
}

// Unmeasured is a metric that is a share of what containers request, and one
// that requests nothing: the autoscaler then does nothing.
type Unmeasured struct {
	ID         int      `json:"id"` // of the metric
	Resource   string   `json:"resource"`
	Containers []string `json:"containers"`
}

// A Claim is a PersistentVolumeClaim that the pods mount.
type Claim struct {
	ID          int      `json:"id"`
	Name        string   `json:"name"`
	AccessModes []string `json:"accessModes"`
	// SingleNode says that only pods on one node, or only one pod, can mount it
	// at a time.
	SingleNode bool `json:"singleNode"`
}

func emptyContext() Context {
	return Context{Complete: true, Services: []Service{}, Budgets: []Budget{}, Autoscalers: []Autoscaler{}, Claims: []Claim{}, Rivals: []Rival{}, Refusals: []Refusal{}, Rooms: []Room{}, Webhooks: []Webhook{}, Quotas: []Quota{}, LimitRanges: []Named{}, Sources: []Named{}}
}

func (s *Subject) addContext(w *workload.Workload) {
	c := emptyContext()
	for _, v := range w.Services {
		c.Services = append(c.Services, s.service(v, w))
	}
	for _, v := range w.Budgets {
		c.Budgets = append(c.Budgets, s.budget(v, w))
	}
	for _, v := range w.Autoscalers {
		a := Autoscaler{s.foreign(v.Document, nil), v.Document.Kind, v.Document.Name, v.MinReplicas, v.MaxReplicas, []Unmeasured{}}
		for _, m := range v.Metrics {
			if names := m.Unmeasured(w); len(names) > 0 {
				a.Unmeasured = append(a.Unmeasured, Unmeasured{s.foreign(v.Document, m.Path), m.Resource, names})
			}
		}
		c.Autoscalers = append(c.Autoscalers, a)
	}
	for _, v := range w.Claims {
		c.Claims = append(c.Claims, Claim{s.foreign(v.Document, nil), v.Document.Name, v.AccessModes, v.SingleNode()})
	}
	for _, v := range w.Rivals {
		c.Rivals = append(c.Rivals, Rival{s.foreign(v.Document, nil), string(v.Kind), v.Document.Name})
	}
	for _, v := range w.Quotas {
		q := Quota{s.foreign(v.Document, nil), v.Document.Name, make([]Hard, 0, len(v.Hard))}
		for i := range v.Hard {
			q.Hard = append(q.Hard, Hard{v.Hard[i].Name, v.Hard[i].Quantity.String()})
		}
		c.Quotas = append(c.Quotas, q)
	}
	for _, doc := range w.LimitRanges {
		c.LimitRanges = append(c.LimitRanges, s.named(doc))
	}
	for _, doc := range w.Sources {
		c.Sources = append(c.Sources, s.named(doc))
	}
	s.Context = c
}

func (s *Subject) named(doc *manifest.Document) Named {
	return Named{s.foreign(doc, nil), doc.Kind, doc.Name}
}

func (s *Subject) service(v *workload.Service, w *workload.Workload) Service {
	service := Service{ID: s.foreign(v.Document, nil), Name: v.Document.Name, PublishNotReady: v.PublishNotReady, Workloads: v.Workloads, Ports: make([]ServicePort, 0, len(v.Ports)), Others: []Other{}}
	for _, a := range v.Others(w) {
		service.Others = append(service.Others, Other{s.foreign(a.Workload.Document, nil), string(a.Workload.Kind), a.Workload.Document.Name, a.Repository})
	}
	for i := range v.Ports {
		p := &v.Ports[i]
		port := ServicePort{ID: s.foreign(v.Document, p.Path), Name: p.Name, Target: portText(p), Number: p.Target, NodePort: p.NodePort, Unknown: p.Unknown(&w.Pod)}
		if owner := p.Owner(&w.Pod); owner != nil {
			port.Container = owner.Name
		}
		service.Ports = append(service.Ports, port)
	}
	return service
}

// budget tells also what an eviction may take when the workload is at its
// smallest and the others of the budget are as they are.
//
// Example: minAvailable 50% over an autoscaler of 1 to 10 asks for 1 of 1, and
// nothing can be evicted.
func (s *Subject) budget(v *workload.Budget, w *workload.Workload) Budget {
	budget := Budget{ID: s.foreign(v.Document, nil), Name: v.Document.Name, Workloads: v.Workloads, Pods: v.Pods, UnhealthyPolicy: v.UnhealthyPolicy}
	if v.MinAvailable != nil {
		budget.MinAvailable = s.share(v.Document, manifest.Keys("spec", "minAvailable"), *v.MinAvailable)
	}
	if v.MaxUnavailable != nil {
		budget.MaxUnavailable = s.share(v.Document, manifest.Keys("spec", "maxUnavailable"), *v.MaxUnavailable)
	}
	fewest := v.Others(w) + int64(w.Replicas.Min)
	if healthy, ok := v.DesiredHealthy(fewest); ok && v.Scalable {
		spare := fewest - healthy
		budget.Fewest, budget.Spare = &fewest, &spare
	}
	return budget
}

func (s *Subject) share(doc *manifest.Document, p manifest.Path, v planner.IntOrPercent) *Share {
	share := &Share{ID: s.foreign(doc, p), Value: v.String(), Declared: doc.Root.At(p) != nil}
	if v.Percent {
		share.Percent = &v.Value
	}
	return share
}
