package workload

import (
	"github.com/rollcast/rollcast/manifest"
)

// A ServicePort is one port of a Service.
type ServicePort struct {
	Path     manifest.Path
	Name     string // of the port, "" where it has none
	Protocol string // TCP where it is absent
	// Target is the port of the pods: a number, else a name.
	Target     int32
	TargetName string
	NodePort   int32 // 0 where it is absent
}

func (r *reader) servicePorts() (ports []ServicePort) {
	path := manifest.Keys("spec", "ports")
	items, _ := r.list(path)
	for i := range items {
		at := path.Append(manifest.Index(i))
		field := func(key string) manifest.Path { return at.Append(manifest.Key(key)) }
		p := ServicePort{Path: at}
		p.Name, _ = r.str(field("name"), "")
		p.NodePort, _ = r.int32(field("nodePort"), 0)
		p.Protocol, _ = r.str(field("protocol"), builtin.protocol)
		p.Target, _ = r.int32(field("port"), 0)
		if n := r.node(field("targetPort")); n != nil && n.Kind == manifest.String {
			p.Target, p.TargetName = 0, n.Text
		} else if n != nil {
			p.Target, _ = r.int32(field("targetPort"), 0)
		}
		ports = append(ports, p)
	}
	return ports
}

// Unknown reports whether the port is a name that no container of the pod
// declares for its protocol: the Service then has no address for it
// (pkg/api/pod FindPort). A number is never unknown.
func (p *ServicePort) Unknown(pod *Pod) bool {
	if p.TargetName == "" {
		return false
	}
	for _, c := range pod.Containers {
		if c.Unreadable {
			return false // its ports may be misspelt
		}
	}
	return p.Owner(pod) == nil
}

// Owner is the container that answers the port: the one that declares it, or
// the only one there is for a number that nobody declares; nil where it is
// unknown.
func (p *ServicePort) Owner(pod *Pod) *Container {
	var only *Container
	running := 0
	for _, c := range pod.Containers {
		if c.Init && !c.Sidecar {
			continue
		}
		running++
		only = c
		for _, port := range c.Ports {
			if port.Protocol == p.Protocol && (p.TargetName != "" && port.Name == p.TargetName || p.Target > 0 && port.Number == p.Target) {
				return c
			}
		}
	}
	if p.TargetName == "" && running == 1 {
		return only
	}
	return nil
}

// A Metric is a Resource metric of an autoscaler that is compared with what the
// pods request.
type Metric struct {
	Path      manifest.Path // of the metric, or of the autoscaler's spec where it is the default
	Resource  string        // cpu or memory
	Container string        // of a ContainerResource metric, "" for the whole pod
}

// metrics reads the metrics that are a share of the requests. An autoscaler
// without any metric looks at the CPU (SetDefaults_HorizontalPodAutoscaler).
func (r *reader) metrics() (metrics []Metric) {
	path := manifest.Keys("spec", "metrics")
	items, ok := r.list(path)
	if !ok || r.broken(path) {
		return nil
	}
	if len(items) == 0 {
		return []Metric{{Path: manifest.Keys("spec"), Resource: "cpu"}}
	}
	for i := range items {
		for _, key := range []string{"resource", "containerResource"} {
			at := path.Append(manifest.Index(i), manifest.Key(key))
			kind, _ := r.str(at.Append(manifest.Keys("target", "type")...), "")
			old := r.node(r.in(at, "targetAverageUtilization")) != nil // v2beta1
			if kind != "Utilization" && !old {
				continue
			}
			m := Metric{Path: at}
			m.Resource, _ = r.str(r.in(at, "name"), "")
			m.Container, _ = r.str(r.in(at, "container"), "")
			if m.Resource == "cpu" || m.Resource == "memory" {
				metrics = append(metrics, m)
			}
		}
	}
	return metrics
}

// Unmeasured are the containers without the request that the metric is a share
// of: then the autoscaler has no number, and does nothing. What the pod itself
// requests counts for the whole pod (GetResourceUtilizationRatio).
func (m *Metric) Unmeasured(w *Workload) (names []string) {
	if w.Bounded || m.Container == "" && m.of(w.Pod.Whole) {
		return nil
	}
	for _, c := range w.Pod.Containers {
		if c.Unreadable {
			return nil
		}
		if (!c.Init || c.Sidecar) && (m.Container == "" || m.Container == c.Name) && !m.of(c.Requests) {
			names = append(names, c.Name)
		}
	}
	return names
}

func (m *Metric) of(q Requests) bool {
	if m.Resource == "memory" {
		return q.Memory != nil
	}
	return q.CPU != nil
}
