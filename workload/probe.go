package workload

import (
	"strconv"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// Role is what a probe decides.
type Role string

const (
	Startup   Role = "startup"   // gates the other two; failing restarts the container
	Liveness  Role = "liveness"  // failing restarts the container
	Readiness Role = "readiness" // failing takes the pod out of its Services
)

// roleKeys are the probes' fields in a container.
var roleKeys = map[Role]string{Startup: "startupProbe", Liveness: "livenessProbe", Readiness: "readinessProbe"}

// A Probe is a container's probe with its defaults filled in. Delays, periods
// and timeouts are seconds.
type Probe struct {
	Role                Role
	Path                manifest.Path
	Handler             Handler
	InitialDelaySeconds int32
	PeriodSeconds       int32
	TimeoutSeconds      int32
	TimeoutDeclared     bool // the manifest writes it, and not as 0
	SuccessThreshold    int32
	FailureThreshold    int32
	GraceSeconds        *int64 // terminationGracePeriodSeconds of its own, nil where it is absent
}

// Mechanism is how a probe asks.
type Mechanism string

const (
	Exec      Mechanism = "exec"
	HTTPGet   Mechanism = "httpGet"
	TCPSocket Mechanism = "tcpSocket"
	GRPC      Mechanism = "grpc"
)

var mechanisms = [...]Mechanism{Exec, HTTPGet, TCPSocket, GRPC}

// A Handler is what a probe asks. Two handlers are the same question when all
// their fields but PortName are equal.
type Handler struct {
	Mechanism Mechanism
	// Port is the number that is asked: 0 for exec, and where PortName leads
	// nowhere.
	Port int32
	// PortName is the port where it was written as a name, else "".
	PortName string
	Host     string // "" for the pod's own address
	HTTPPath string
	Scheme   string // HTTP or HTTPS
	Headers  []Header
	Command  []string
	Service  string // grpc
}

// A Header is an HTTP header of a probe.
type Header struct{ Name, Value string }

// Unresolvable reports whether the port is a name that the container does not
// declare. Each attempt of such a probe is an error, which the kubelet
// discards: it neither succeeds nor fails, for ever.
func (h *Handler) Unresolvable() bool { return h.PortName != "" && h.Port == 0 }

// probe reads a container's probe; nil where it has none, or one that cannot
// be read.
func (r *reader) probe(c *Container, role Role) (p *Probe, ok bool) {
	n, ok := r.get(r.in(c.Path, roleKeys[role]), manifest.Mapping)
	if n == nil || !ok {
		return nil, ok
	}
	path := c.Path.Append(manifest.Key(roleKeys[role]))
	p = &Probe{Role: role, Path: path}
	var oks [6]bool
	p.Handler, oks[0] = r.handler(c, path, n)
	p.InitialDelaySeconds, oks[1] = r.int32(r.in(path, "initialDelaySeconds"), 0)
	p.PeriodSeconds, oks[2] = r.positive(r.in(path, "periodSeconds"), builtin.periodSeconds)
	p.TimeoutSeconds, oks[3] = r.positive(r.in(path, "timeoutSeconds"), builtin.timeoutSeconds)
	declared, _ := r.int32(r.in(path, "timeoutSeconds"), 0)
	p.TimeoutDeclared = declared > 0
	p.SuccessThreshold, oks[4] = r.positive(r.in(path, "successThreshold"), builtin.successThreshold)
	p.FailureThreshold, oks[5] = r.positive(r.in(path, "failureThreshold"), builtin.failureThreshold)
	for _, ok := range oks {
		if !ok {
			return nil, false
		}
	}
	if n, ok := r.int64(r.in(path, "terminationGracePeriodSeconds"), 0); ok && n > 0 {
		p.GraceSeconds = &n
	}
	return p, true
}

// positive reads a number whose zero counts as absent (SetDefaults_Probe).
func (r *reader) positive(p manifest.Path, absent int32) (int32, bool) {
	v, ok := r.int32(p, absent)
	if v == 0 {
		v = absent
	}
	return v, ok
}

// handler reads the one mechanism of a probe; ok is false where there is none
// or more than one.
func (r *reader) handler(c *Container, probe manifest.Path, n *manifest.Node) (h Handler, ok bool) {
	for _, m := range mechanisms {
		if r.node(r.in(probe, string(m))) == nil {
			continue
		}
		if h.Mechanism != "" {
			return Handler{}, false
		}
		h.Mechanism = m
	}
	path := probe.Append(manifest.Key(string(h.Mechanism)))
	field := func(key string) manifest.Path { return r.in(path, key) }
	if _, ok := r.get(path, manifest.Mapping); !ok || h.Mechanism == "" {
		return Handler{}, false
	}
	ok1, ok2, ok3, ok4, ok5 := true, true, true, true, true
	switch h.Mechanism {
	case Exec:
		h.Command, ok1 = r.words(field("command"))
	case HTTPGet:
		h.Port, h.PortName, ok1 = r.port(c, field("port"))
		h.Host, ok2 = r.str(field("host"), "")
		h.HTTPPath, ok3 = r.str(field("path"), builtin.httpPath)
		h.Scheme, ok4 = r.str(field("scheme"), builtin.httpScheme)
		h.Headers, ok5 = r.headers(path.Append(manifest.Key("httpHeaders")))
	case TCPSocket:
		h.Port, h.PortName, ok1 = r.port(c, field("port"))
		h.Host, ok2 = r.str(field("host"), "")
	case GRPC:
		h.Port, ok1 = r.int32(field("port"), 0)
		h.Service, ok2 = r.str(field("service"), "")
	}
	return h, ok1 && ok2 && ok3 && ok4 && ok5
}

// port reads a probe's port: a number, or a name that the probe's own container
// declares. Another container's ports do not count, although the pod shares one
// address (pkg/probe/util.go ResolveContainerPort).
func (r *reader) port(c *Container, p manifest.Path) (number int32, name string, ok bool) {
	n := r.node(p)
	switch {
	case n == nil:
		return 0, "", false
	case n.Kind == manifest.Int:
		number, ok = r.int32(p, 0)
		return number, "", ok && number > 0
	case n.Kind == manifest.String && n.Text != "":
		for _, port := range c.Ports {
			if port.Name == n.Text {
				return port.Number, n.Text, true
			}
		}
		number, err := strconv.ParseUint(n.Text, 10, 16)
		if err != nil {
			number = 0
		}
		return int32(number), n.Text, true
	default:
		return 0, "", false
	}
}

func (r *reader) headers(p manifest.Path) ([]Header, bool) {
	items, ok := r.list(p)
	var headers []Header
	for i := range items {
		item := p.Append(manifest.Index(i))
		name, ok1 := r.str(r.in(item, "name"), "")
		value, ok2 := r.str(r.in(item, "value"), "")
		ok = ok && ok1 && ok2
		headers = append(headers, Header{name, value})
	}
	return headers, ok
}

// planned is the probe's timing as the planner takes it.
func (p *Probe) planned() *planner.Probe {
	if p == nil {
		return nil
	}
	return &planner.Probe{
		InitialDelaySeconds: p.InitialDelaySeconds,
		PeriodSeconds:       p.PeriodSeconds,
		TimeoutSeconds:      p.TimeoutSeconds,
		SuccessThreshold:    p.SuccessThreshold,
		FailureThreshold:    p.FailureThreshold,
		Unresolvable:        p.Handler.Unresolvable(),
	}
}
