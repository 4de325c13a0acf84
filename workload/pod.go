package workload

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// A Pod is what a workload's template, or a bare Pod, asks for.
type Pod struct {
	Path        manifest.Path // of the pod's spec: spec.template.spec of a Deployment
	Labels      map[string]string
	Annotations map[string]string
	Containers  []*Container // init containers first, each list in its order
	// TerminationGracePeriodSeconds is 30 where it is absent.
	TerminationGracePeriodSeconds int64
	ReadinessGates                []string // conditions that something outside the pod sets
	Requests                      Requests // of one pod
	Whole                         Requests // what the pod itself requests, besides its containers
	Volumes                       []Volume
	References                    []Reference // to ConfigMaps, Secrets, claims and the ServiceAccount
	Placement                     Placement
	Startup                       *StartupDeclaration // nil where nothing is declared
	RestartPolicy                 string              // Always where it is absent
	Tolerations                   int                 // how many
	Ownership                     *Ownership          // nil without an fsGroup
}

// pod reads the pod template, or bare Pod, whose metadata and spec stand at the
// path. fault is one sentence where it cannot be read at all.
func (r *reader) pod(template manifest.Path) (p Pod, fault string) {
	p.Path = template.Append(manifest.Key("spec"))
	if n := r.node(p.Path); n == nil {
		return p, p.Path.String() + " is missing"
	} else if n.Kind != manifest.Mapping {
		return p, p.Path.String() + " cannot be read: it is not a map"
	}
	metadata := template.Append(manifest.Key("metadata"))
	var ok bool
	if p.Labels, ok = r.strings(r.in(metadata, "labels")); !ok {
		return p, metadata.String() + ".labels cannot be read"
	}
	p.Annotations, _ = r.strings(r.in(metadata, "annotations"))
	p.TerminationGracePeriodSeconds, _ = r.int64(r.in(p.Path, "terminationGracePeriodSeconds"), builtin.gracePeriodSeconds)
	p.ReadinessGates = r.readinessGates(p.Path)
	for _, list := range []struct {
		key  string
		init bool
	}{{"initContainers", true}, {"containers", false}} {
		path := p.Path.Append(manifest.Key(list.key))
		items, ok := r.list(path)
		switch {
		case !ok:
			return p, path.String() + " cannot be read: it is not a list"
		case len(items) == 0 && !list.init:
			return p, path.String() + " is missing"
		}
		for i := range items {
			p.Containers = append(p.Containers, r.container(path.Append(manifest.Index(i)), list.init))
		}
	}
	for _, c := range p.Containers {
		c.AsRoot = r.asRoot(p.Path, c.Path)
	}
	p.Volumes = r.volumes(&p)
	p.Placement = r.readPlacement(&p)
	p.Whole = r.requests(p.Path)
	p.Requests = podRequests(p)
	p.References = r.references(&p)
	p.RestartPolicy, _ = r.str(r.in(p.Path, "restartPolicy"), "Always")
	tolerations, _ := r.list(r.in(p.Path, "tolerations"))
	p.Tolerations = len(tolerations)
	p.Ownership = r.ownership(p.Path)
	p.Startup = r.startup(template, p.Containers)
	return p, ""
}

// Ownership is the group that owns the files of the pod's volumes.
type Ownership struct {
	Path    manifest.Path // of fsGroup
	FSGroup int64
	// Always says that every start sets the owner of every file again:
	// fsGroupChangePolicy is not OnRootMismatch.
	Always bool
}

func (r *reader) ownership(pod manifest.Path) *Ownership {
	group, ok := r.int64(r.in(pod, "securityContext", "fsGroup"), 0)
	if !ok || r.node(r.in(pod, "securityContext", "fsGroup")) == nil {
		return nil
	}
	policy, _ := r.str(r.in(pod, "securityContext", "fsGroupChangePolicy"), "Always")
	return &Ownership{pod.Append(manifest.Keys("securityContext", "fsGroup")...), group, policy != "OnRootMismatch"}
}

func (r *reader) readinessGates(pod manifest.Path) []string {
	var gates []string
	path := pod.Append(manifest.Key("readinessGates"))
	items, _ := r.list(path)
	for i := range items {
		if gate, ok := r.str(path.Append(manifest.Index(i), manifest.Key("conditionType")), ""); ok && gate != "" {
			gates = append(gates, gate)
		}
	}
	return gates
}

// planned is the pod as the planner takes it.
func (p *Pod) planned() planner.Pod {
	pod := planner.Pod{
		TerminationGracePeriodSeconds: p.TerminationGracePeriodSeconds,
		ReadinessGates:                p.ReadinessGates,
	}
	for _, c := range p.Containers {
		planned := planner.Container{
			Name:      c.Name,
			Sidecar:   c.Sidecar,
			Startup:   c.Startup.planned(),
			Liveness:  c.Liveness.planned(),
			Readiness: c.Readiness.planned(),
		}
		if c.Init {
			pod.Init = append(pod.Init, planned)
		} else {
			pod.Containers = append(pod.Containers, planned)
		}
	}
	return pod
}
