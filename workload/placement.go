package workload

import (
	"fmt"
	"slices"

	"github.com/rollcast/rollcast/manifest"
	"k8s.io/apimachinery/pkg/labels"
)

const hostname = "kubernetes.io/hostname"

// Placement is what a pod asks of the node it runs on.
type Placement struct {
	HostNetwork bool
	DNSPolicy   string // ClusterFirst where it is absent
	// Exclusive is what keeps two pods of the workload off one node.
	Exclusive []Exclusive
	// Pinned is the one node that nodeSelector names, nil where it names none.
	Pinned *Pinned
	Spread []Spread
}

// An Exclusive is a reason why a node holds at most one pod of the workload.
type Exclusive struct {
	Path manifest.Path
	// HostPort is the port of the node that the pod takes, 0 where it is an
	// anti-affinity.
	HostPort int32
	Text     string // "hostPort 8080"
}

// Pinned is the node selector of one node.
type Pinned struct {
	Path manifest.Path
	Node string
}

// A Spread is a topologySpreadConstraint that forbids what it does not like.
type Spread struct {
	Path        manifest.Path
	TopologyKey string
	// ByRevision says that each revision's pods are counted by themselves.
	ByRevision bool
}

// readPlacement reads what the pod at p.Path asks of a node; its labels and
// containers have been read.
func (r *reader) readPlacement(p *Pod) Placement {
	field := func(keys ...string) manifest.Path { return r.in(p.Path, keys...) }
	var v Placement
	v.HostNetwork, _ = r.bool(field("hostNetwork"))
	v.DNSPolicy, _ = r.str(field("dnsPolicy"), "ClusterFirst")
	if node, ok := r.str(field("nodeSelector", hostname), ""); ok && node != "" {
		v.Pinned = &Pinned{field("nodeSelector", hostname).Clone(), node}
	}
	for _, c := range p.Containers {
		for _, port := range c.Ports {
			switch {
			case c.Init && !c.Sidecar:
			case port.HostPort > 0:
				v.Exclusive = append(v.Exclusive, Exclusive{port.Path, port.HostPort, fmt.Sprintf("hostPort %d", port.HostPort)})
			case v.HostNetwork && port.Number > 0: // SetDefaults_Pod: the container's port is the host's
				v.Exclusive = append(v.Exclusive, Exclusive{port.Path, port.Number, fmt.Sprintf("port %d of the host network", port.Number)})
			}
		}
	}
	v.Exclusive = append(v.Exclusive, r.antiAffinity(p)...)
	v.Spread = r.spread(p)
	return v
}

// antiAffinity lists the required terms that keep the pod away from others of
// its own labels on one node. A term that tells revisions apart does not keep
// the new pods away from the old ones.
func (r *reader) antiAffinity(p *Pod) (list []Exclusive) {
	path := p.Path.Append(manifest.Keys("affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")...)
	items, _ := r.list(path)
	for i := range items {
		term := path.Append(manifest.Index(i))
		selector, ok := r.selector(term.Append(manifest.Key("labelSelector")))
		key, _ := r.str(r.in(term, "topologyKey"), "")
		if ok && key == hostname && !r.byRevision(term) && r.node(r.in(term, "namespaces")) == nil &&
			!selector.Empty() && selector.Matches(labels.Set(p.Labels)) {
			list = append(list, Exclusive{term, 0, "the required anti-affinity"})
		}
	}
	return list
}

func (r *reader) spread(p *Pod) (list []Spread) {
	path := p.Path.Append(manifest.Key("topologySpreadConstraints"))
	items, _ := r.list(path)
	for i := range items {
		term := path.Append(manifest.Index(i))
		key, _ := r.str(r.in(term, "topologyKey"), "")
		selector, ok := r.selector(term.Append(manifest.Key("labelSelector")))
		if unsatisfiable, _ := r.str(r.in(term, "whenUnsatisfiable"), ""); unsatisfiable == "DoNotSchedule" && ok && selector.Matches(labels.Set(p.Labels)) {
			list = append(list, Spread{term, key, r.byRevision(term)})
		}
	}
	return list
}

// byRevision reports whether matchLabelKeys tells revisions apart.
func (r *reader) byRevision(term manifest.Path) bool {
	keys, _ := r.words(r.in(term, "matchLabelKeys"))
	return slices.Contains(keys, "pod-template-hash") || slices.Contains(keys, "controller-revision-hash")
}
