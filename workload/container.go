package workload

import (
	"github.com/rollcast/rollcast/manifest"
	"k8s.io/apimachinery/pkg/api/resource"
)

// A Container is one container of a pod.
type Container struct {
	Name    string
	Path    manifest.Path
	Image   string
	Parsed  Image // what Image says
	Init    bool  // it stands among the init containers
	Sidecar bool  // an init container with restartPolicy Always, which runs beside the others
	Ports   []Port

	// A probe is nil where there is none, where it cannot be read, and in an
	// init container that is no sidecar.
	Startup, Liveness, Readiness *Probe

	Requests    Requests
	CPULimit    *resource.Quantity // nil where there is none
	MemoryLimit *resource.Quantity // nil where there is none
	Extended    []Extended
	PreStop     *Hook // nil where there is none
	KeyRefs     []*KeyRef
	AsRoot      manifest.Path // of a runAsUser: 0 that contradicts runAsNonRoot, else nil
	// Unreadable says that the container holds something that the server
	// refuses: what it lacks may be a misspelt field.
	Unreadable bool
}

// A Port is a port that a container declares.
type Port struct {
	Name     string // "" where it has none
	Number   int32
	Protocol string // TCP where it is absent
	HostPort int32  // 0 where it is absent
	Path     manifest.Path
}

// LimitPath is where the container's limit of a resource stands.
func (c *Container) LimitPath(resource string) manifest.Path {
	return c.Path.Append(manifest.Keys("resources", "limits", resource)...)
}

// Probes are the container's probes in the order startup, liveness, readiness,
// without those that it lacks.
func (c *Container) Probes() []*Probe {
	var probes []*Probe
	for _, p := range []*Probe{c.Startup, c.Liveness, c.Readiness} {
		if p != nil {
			probes = append(probes, p)
		}
	}
	return probes
}

// container reads as much of a container as can be read.
func (r *reader) container(path manifest.Path, init bool) *Container {
	c := &Container{Path: path, Init: init, Unreadable: r.broken(path)}
	if n := r.node(path); n == nil || n.Kind != manifest.Mapping {
		c.Unreadable = true
		return c
	}
	field := func(keys ...string) manifest.Path { return r.in(path, keys...) }
	var oks [7]bool
	c.Name, oks[0] = r.str(field("name"), "")
	c.Image, oks[1] = r.str(field("image"), "")
	policy, ok := r.str(field("restartPolicy"), "")
	c.Sidecar, oks[2] = init && policy == "Always", ok
	c.Ports, oks[3] = r.ports(path.Append(manifest.Key("ports")))
	oks[4], oks[5], oks[6] = true, true, true
	// Without its ports a probe's port cannot be looked up.
	if (!init || c.Sidecar) && oks[3] {
		c.Startup, oks[4] = r.probe(c, Startup)
		c.Liveness, oks[5] = r.probe(c, Liveness)
		c.Readiness, oks[6] = r.probe(c, Readiness)
	}
	c.Parsed = parseImage(c.Image)
	c.Requests = r.requests(path)
	c.CPULimit = r.quantity(field("resources", "limits", "cpu"))
	c.MemoryLimit = r.quantity(field("resources", "limits", "memory"))
	c.Extended = r.extended(path)
	c.PreStop = r.preStop(path)
	c.KeyRefs = r.keyRefs(path)
	for _, ok := range oks {
		c.Unreadable = c.Unreadable || !ok
	}
	return c
}

func (r *reader) ports(path manifest.Path) (ports []Port, ok bool) {
	items, ok := r.list(path)
	if r.broken(path) {
		ok = false
	}
	for i := range items {
		port := Port{Path: path.Append(manifest.Index(i))}
		var ok1, ok2, ok3 bool
		port.Name, ok1 = r.str(r.in(port.Path, "name"), "")
		port.Number, ok2 = r.int32(r.in(port.Path, "containerPort"), 0)
		port.Protocol, ok3 = r.str(r.in(port.Path, "protocol"), builtin.protocol)
		port.HostPort, _ = r.int32(r.in(port.Path, "hostPort"), 0)
		ok = ok && ok1 && ok2 && ok3
		ports = append(ports, port)
	}
	return ports, ok
}
