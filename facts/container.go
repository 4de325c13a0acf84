package facts

import (
	"fmt"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/workload"
)

// A Container is one container of the pod, init containers first.
type Container struct {
	ID    int    `json:"id"`
	Name  string `json:"name"`
	Image string `json:"image"`
	// Tag is "" where the image has none, and Digest says that it has one.
	Tag    string `json:"tag"`
	Digest bool   `json:"digest"`
	// ImageFault is one sentence where the kubelet cannot read the image's name.
	ImageFault string `json:"imageFault,omitempty"`
	// Shellless says that the image is known to hold no shell and no sleep.
	Shellless bool            `json:"shellless"`
	Init      bool            `json:"init"`    // an init container, sidecars included
	Sidecar   bool            `json:"sidecar"` // an init container that runs beside the others
	Ports     []Port          `json:"ports"`
	Probes    ContainerProbes `json:"probes"`
	// ExpectedStart is what the manifest lets one expect of the container's
	// start; absent where it says nothing.
	ExpectedStart *ExpectedStart `json:"expectedStart,omitempty"`
	// Unreadable says that the server refuses something in the container: what
	// it seems to lack may be misspelt.
	Unreadable bool `json:"unreadable"`

	PreStop     *PreStop     `json:"preStop,omitempty"`
	CPULimit    *Limit       `json:"cpuLimit,omitempty"`
	MissingKeys []MissingKey `json:"missingKeys"`
	// AsRoot is the id of a runAsUser: 0 that contradicts runAsNonRoot: true.
	AsRoot   *int       `json:"asRoot,omitempty"`
	Extended []Extended `json:"extended"`
}

// An ExpectedStart is how long a container may take until it answers: what the
// annotation rollcast/startup-seconds declares, else the delay of its readiness
// probe, before which its author expects no answer.
type ExpectedStart struct {
	ID      int    `json:"id"` // of the annotation, or of the probe's field
	Seconds int64  `json:"seconds"`
	Source  string `json:"source"` // declared or readiness
	Text    string `json:"text"`   // for messages: "needs up to 45 s"
	Reason  string `json:"reason"` // for messages, at the id: "readiness first asks after 45 s"
}

// A Port is a port that a container declares.
type Port struct {
	ID       int    `json:"id"`
	Name     string `json:"name,omitempty"`
	Number   int32  `json:"number"`
	Protocol string `json:"protocol"`
}

// ContainerProbes are a container's probes, the same as in Subject.Probes.
type ContainerProbes struct {
	Startup   *Probe `json:"startup,omitempty"`
	Liveness  *Probe `json:"liveness,omitempty"`
	Readiness *Probe `json:"readiness,omitempty"`
}

// A Probe is a probe with its defaults filled in and what follows from its
// numbers. The formulas are in docs/facts.md.
type Probe struct {
	ID                  int     `json:"id"`
	Role                string  `json:"role"`      // startup, liveness, readiness
	Container           string  `json:"container"` // its name
	Sidecar             bool    `json:"sidecar"`   // of a sidecar container
	Handler             Handler `json:"handler"`
	InitialDelaySeconds int32   `json:"initialDelaySeconds"`
	PeriodSeconds       int32   `json:"periodSeconds"`
	TimeoutSeconds      int32   `json:"timeoutSeconds"`
	TimeoutDeclared     bool    `json:"timeoutDeclared"` // whether the manifest writes it
	SuccessThreshold    int32   `json:"successThreshold"`
	FailureThreshold    int32   `json:"failureThreshold"`
	// GraceSeconds is the probe's own terminationGracePeriodSeconds; absent where
	// it is not written.
	GraceSeconds *int64 `json:"graceSeconds,omitempty"`
	// Question is what the handler asks, for messages: httpGet /ok on port 8080.
	Question string `json:"question"`
	// PortName is the port where it is written as a name.
	PortName string `json:"portName,omitempty"`
	// Unresolvable says that PortName is not declared by the probe's container:
	// the probe is an error at every attempt, and neither succeeds nor fails.
	// PortFault then says what is declared instead: it declares "http".
	Unresolvable bool   `json:"unresolvable"`
	PortFault    string `json:"portFault,omitempty"`
	// PatienceSeconds is how long it has to fail before it acts: (F−1)·P.
	PatienceSeconds int64 `json:"patienceSeconds"`
	// KillSeconds is when it can restart a container that never answers, since
	// the container's start; startup and liveness only.
	KillSeconds *Window `json:"killSeconds,omitempty"`
	// KillArithmetic tells how the earliest kill of a liveness probe without a
	// startup probe, and of a startup probe, is computed: initialDelaySeconds
	// 0 + 2 × periodSeconds 10.
	KillArithmetic string `json:"killArithmetic,omitempty"`
	// ReadySeconds is when it can have succeeded; readiness only.
	ReadySeconds *Window `json:"readySeconds,omitempty"`
	// BudgetSeconds is how long it gives the container to start, D + F·P, and
	// PodBudgetSeconds the same since the first container's start, with the
	// budgets of the sidecars that start before it; startup only.
	BudgetSeconds    *int64 `json:"budgetSeconds,omitempty"`
	PodBudgetSeconds *int64 `json:"podBudgetSeconds,omitempty"`
	// BudgetArithmetic tells how PodBudgetSeconds is computed.
	BudgetArithmetic string `json:"budgetArithmetic,omitempty"`
}

// A Window is a range of seconds since a container's start.
type Window struct {
	Min int64 `json:"min"`
	Max int64 `json:"max"`
}

// A Handler is what a probe asks. Two probes ask the same exactly when their
// handlers are equal: a named port is its number here.
type Handler struct {
	Mechanism string   `json:"mechanism"`         // exec, httpGet, tcpSocket, grpc
	Port      int32    `json:"port,omitempty"`    // absent for exec, and where the name leads nowhere
	Host      string   `json:"host,omitempty"`    // absent for the pod itself
	Path      string   `json:"path,omitempty"`    // httpGet
	Scheme    string   `json:"scheme,omitempty"`  // httpGet: HTTP or HTTPS
	Headers   []Header `json:"headers,omitempty"` // httpGet
	Command   []string `json:"command,omitempty"` // exec
	Service   string   `json:"service,omitempty"` // grpc
}

// A Header is an HTTP header of a probe.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

func (s *Subject) addContainers(p *workload.Pod) {
	budget := int64(0) // of the sidecars so far
	for _, c := range p.Containers {
		container := &Container{
			ID:         s.place(c.Path),
			Name:       c.Name,
			Image:      c.Image,
			Init:       c.Init,
			Sidecar:    c.Sidecar,
			Ports:      make([]Port, 0, len(c.Ports)),
			Unreadable: c.Unreadable,
		}
		for _, port := range c.Ports {
			container.Ports = append(container.Ports, Port{s.place(port.Path), port.Name, port.Number, port.Protocol})
		}
		s.addDetails(container, c)
		container.Extended = s.extended(c)
		container.ExpectedStart = s.expectedStart(p, c)
		container.Probes.Startup = s.addProbe(p, c, c.Startup, budget)
		container.Probes.Liveness = s.addProbe(p, c, c.Liveness, budget)
		container.Probes.Readiness = s.addProbe(p, c, c.Readiness, budget)
		if c.Sidecar && c.Startup != nil {
			budget += c.Startup.BudgetSeconds()
		}
		s.Containers = append(s.Containers, container)
	}
}

// expectedStart is nil where the manifest says nothing of the start.
func (s *Subject) expectedStart(pod *workload.Pod, c *workload.Container) *ExpectedStart {
	if pod.Startup != nil {
		if n, ok := pod.Startup.Seconds[c.Name]; ok {
			return &ExpectedStart{s.Startup.ID, n, "declared", fmt.Sprintf("needs up to %d s", n), "declared here"}
		}
	}
	if c.Readiness != nil && c.Readiness.InitialDelaySeconds > 0 {
		n := int64(c.Readiness.InitialDelaySeconds)
		id := s.place(c.Readiness.Path.Append(manifest.Key("initialDelaySeconds")))
		return &ExpectedStart{id, n, "readiness", fmt.Sprintf("is expected to need %d s", n), fmt.Sprintf("readiness first asks after %d s", n)}
	}
	return nil
}

// addProbe is nil for nil. before is what the sidecars that start earlier may
// take.
func (s *Subject) addProbe(pod *workload.Pod, c *workload.Container, p *workload.Probe, before int64) *Probe {
	if p == nil {
		return nil
	}
	probe := &Probe{
		ID:                  s.place(p.Path),
		Role:                string(p.Role),
		Container:           c.Name,
		Sidecar:             c.Sidecar,
		Handler:             handlerOf(&p.Handler),
		InitialDelaySeconds: p.InitialDelaySeconds,
		PeriodSeconds:       p.PeriodSeconds,
		TimeoutSeconds:      p.TimeoutSeconds,
		TimeoutDeclared:     p.TimeoutDeclared,
		SuccessThreshold:    p.SuccessThreshold,
		FailureThreshold:    p.FailureThreshold,
		GraceSeconds:        p.GraceSeconds,
		Question:            question(&p.Handler),
		PortName:            p.Handler.PortName,
		Unresolvable:        p.Handler.Unresolvable(),
		PatienceSeconds:     p.PatienceSeconds(),
	}
	if probe.Unresolvable {
		probe.PortFault = portFault(pod, c, p.Handler.PortName)
	}
	switch p.Role {
	case workload.Startup:
		own := p.BudgetSeconds()
		pod := before + own
		probe.BudgetSeconds, probe.PodBudgetSeconds = &own, &pod
		probe.BudgetArithmetic = budgetText(p, before)
		probe.KillSeconds, probe.KillArithmetic = window(p.Kill(nil)), killText(p)
	case workload.Liveness:
		probe.KillSeconds = window(p.Kill(c.Startup))
		if c.Startup == nil {
			probe.KillArithmetic = killText(p)
		}
	case workload.Readiness:
		probe.ReadySeconds = window(p.Ready(c.Startup))
	}
	s.Probes = append(s.Probes, probe)
	return probe
}

func window(w workload.Window) *Window { return &Window{w.Min, w.Max} }

func handlerOf(h *workload.Handler) Handler {
	handler := Handler{
		Mechanism: string(h.Mechanism),
		Port:      h.Port,
		Host:      h.Host,
		Path:      h.HTTPPath,
		Scheme:    h.Scheme,
		Command:   h.Command,
		Service:   h.Service,
	}
	for _, header := range h.Headers {
		handler.Headers = append(handler.Headers, Header(header))
	}
	return handler
}
