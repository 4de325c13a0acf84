package workload

import (
	"github.com/rollcast/rollcast/manifest"
	"k8s.io/apimachinery/pkg/api/resource"
)

// Requests are what a container or a pod asks the scheduler for. A resource is
// nil where it is unknown: of a container that requests none, and of a pod in
// which one of the running containers requests none, because a sum over the
// others would be too small.
type Requests struct {
	CPU, Memory *resource.Quantity
}

// Times is what n such pods ask for, in canonical form: "1300m", "2600Mi";
// "" where it is unknown.
//
// Example: 100m and 200Mi, 13 times, are 1300m and 2600Mi.
func (q Requests) Times(n int64) (cpu, memory string) {
	return times(q.CPU, n), times(q.Memory, n)
}

func times(q *resource.Quantity, n int64) string {
	if q == nil {
		return ""
	}
	product := q.DeepCopy()
	product.Mul(n)
	return product.String()
}

// requests reads the resources of a container, or of a pod. A limit without a request is the
// request, as in every Pod (SetDefaults_Pod; a template is stored without it).
func (r *reader) requests(of manifest.Path) Requests {
	read := func(name string) *resource.Quantity {
		for _, key := range []string{"requests", "limits"} {
			if q := r.quantity(r.in(of, "resources", key, name)); q != nil {
				return q
			}
		}
		return nil
	}
	return Requests{CPU: read("cpu"), Memory: read("memory")}
}

func (r *reader) quantity(p manifest.Path) *resource.Quantity {
	n := r.node(p)
	if n == nil || r.broken(p) {
		return nil
	}
	switch n.Kind {
	case manifest.String, manifest.Int, manifest.Float:
		if q, err := resource.ParseQuantity(n.Text); err == nil {
			return &q
		}
	}
	return nil
}

// podRequests is what the scheduler reserves for a pod: the sum of its
// containers and sidecars, or what its init containers need at one time where
// that is more; and what the pod itself requests instead, where it does
// (k8s.io/component-helpers/resource PodRequests).
//
// Example: containers of 100m and 50m beside a sidecar of 20m make 170m. An
// init container of 200m that runs after the sidecar's start needs 220m at its
// time, so the pod is reserved 220m.
func podRequests(p Pod) Requests {
	whole := p.Whole
	if whole.CPU == nil {
		whole.CPU = reserved(p.Containers, func(q Requests) *resource.Quantity { return q.CPU })
	}
	if whole.Memory == nil {
		whole.Memory = reserved(p.Containers, func(q Requests) *resource.Quantity { return q.Memory })
	}
	return whole
}

func reserved(containers []*Container, of func(Requests) *resource.Quantity) *resource.Quantity {
	var running, sidecars, peak resource.Quantity
	for _, c := range containers {
		q := of(c.Requests)
		switch {
		case c.Init && !c.Sidecar: // runs to its end beside the sidecars started before it
			if q == nil {
				continue
			}
			with := sidecars.DeepCopy()
			with.Add(*q)
			if with.Cmp(peak) > 0 {
				peak = with
			}
		case q == nil:
			return nil
		default:
			running.Add(*q)
			if c.Sidecar {
				sidecars.Add(*q)
			}
		}
	}
	if peak.Cmp(running) > 0 {
		return &peak
	}
	return &running
}
