package facts

import (
	"strconv"

	"github.com/rollcast/rollcast/workload"
)

// Pod is what holds for the pod as a whole.
type Pod struct {
	ID                            int         `json:"id"`
	TerminationGracePeriodSeconds int64       `json:"terminationGracePeriodSeconds"`
	ReadinessGates                []string    `json:"readinessGates"`
	Requests                      Capacity    `json:"requests"` // of one pod
	HostNetwork                   bool        `json:"hostNetwork"`
	DNSPolicy                     string      `json:"dnsPolicy"`
	Exclusive                     []Exclusive `json:"exclusive"`
	Pinned                        *Pinned     `json:"pinned,omitempty"`
	Spread                        []Spread    `json:"spread"`
	Volumes                       []Volume    `json:"volumes"`
	RestartPolicy                 string      `json:"restartPolicy"`
	Tolerations                   int         `json:"tolerations"`         // how many
	Ownership                     *Ownership  `json:"ownership,omitempty"` // absent without an fsGroup
}

// An Ownership is the group that owns the files of the pod's volumes.
type Ownership struct {
	ID      int   `json:"id"` // of fsGroup
	FSGroup int64 `json:"fsGroup"`
	// Always says that every start sets the owner of every file again.
	Always bool `json:"always"`
}

// Capacity is what pods request, in canonical form: 1300m, 2600Mi. A resource
// is absent where a container requests none of it.
type Capacity struct {
	CPU    string `json:"cpu,omitempty"`
	Memory string `json:"memory,omitempty"`
}

// An Exclusive is a reason why a node holds at most one pod of the workload.
type Exclusive struct {
	ID       int    `json:"id"`
	HostPort int32  `json:"hostPort,omitempty"` // absent for an anti-affinity
	Text     string `json:"text"`               // hostPort 8080
}

// Pinned is a nodeSelector that names one node.
type Pinned struct {
	ID   int    `json:"id"`
	Node string `json:"node"`
}

// A Spread is a topologySpreadConstraint with DoNotSchedule over the pods.
type Spread struct {
	ID          int    `json:"id"`
	TopologyKey string `json:"topologyKey"`
	ByRevision  bool   `json:"byRevision"` // its matchLabelKeys tell revisions apart
}

// A Volume is one volume of the pod.
type Volume struct {
	ID        int    `json:"id"`
	Name      string `json:"name"`
	Claim     string `json:"claim,omitempty"` // the name of its PersistentVolumeClaim, where it has one
	Unbounded bool   `json:"unbounded"`       // an emptyDir in memory without sizeLimit
	Used      bool   `json:"used"`            // by a container
	HostPath  string `json:"hostPath,omitempty"`
	EmptyDir  bool   `json:"emptyDir"`
	// MissingKeys are those that it names of a ConfigMap or Secret.
	Mounts      []Mount      `json:"mounts"`
	MissingKeys []MissingKey `json:"missingKeys"`
}

// A Mount is where a container has a volume.
type Mount struct {
	ID        int    `json:"id"`
	Container string `json:"container"`
	Path      string `json:"path"`
	ReadOnly  bool   `json:"readOnly"`
}

// A PreStop is a container's preStop hook.
type PreStop struct {
	ID           int    `json:"id"`
	Sleep        bool   `json:"sleep"`        // the sleep action, which needs nothing in the image
	Program      string `json:"program"`      // of an exec hook, "" elsewhere
	SleepSeconds int64  `json:"sleepSeconds"` // how long it sleeps, 0 where that cannot be read
}

// A Limit is a container's CPU limit.
type Limit struct {
	ID    int    `json:"id"`
	Text  string `json:"text"`  // 500m
	Milli int64  `json:"milli"` // thousandths of a CPU
}

// A MissingKey is a key that a container needs and that its ConfigMap or Secret
// does not hold.
type MissingKey struct {
	ID     int    `json:"id"`     // of the reference
	Source int    `json:"source"` // the id of the ConfigMap or Secret
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Key    string `json:"key"`
}

func (s *Subject) podOf(p *workload.Pod) Pod {
	cpu, memory := p.Requests.Times(1)
	pod := Pod{
		ID:                            s.place(p.Path),
		TerminationGracePeriodSeconds: p.TerminationGracePeriodSeconds,
		ReadinessGates:                append([]string{}, p.ReadinessGates...),
		Requests:                      Capacity{cpu, memory},
		HostNetwork:                   p.Placement.HostNetwork,
		DNSPolicy:                     p.Placement.DNSPolicy,
		Exclusive:                     make([]Exclusive, 0, len(p.Placement.Exclusive)),
		Spread:                        make([]Spread, 0, len(p.Placement.Spread)),
		Volumes:                       make([]Volume, 0, len(p.Volumes)),
	}
	for _, e := range p.Placement.Exclusive {
		pod.Exclusive = append(pod.Exclusive, Exclusive{s.place(e.Path), e.HostPort, e.Text})
	}
	if v := p.Placement.Pinned; v != nil {
		pod.Pinned = &Pinned{s.place(v.Path), v.Node}
	}
	for _, v := range p.Placement.Spread {
		pod.Spread = append(pod.Spread, Spread{s.place(v.Path), v.TopologyKey, v.ByRevision})
	}
	for _, v := range p.Volumes {
		volume := Volume{ID: s.place(v.Path), Name: v.Name, Claim: v.Claim, Unbounded: v.Unbounded, Used: v.Used, HostPath: v.HostPath, EmptyDir: v.EmptyDir}
		volume.Mounts = make([]Mount, 0, len(v.Mounts))
		for _, m := range v.Mounts {
			volume.Mounts = append(volume.Mounts, Mount{s.place(m.At), m.Container, m.Path, m.ReadOnly})
		}
		volume.MissingKeys = s.missingKeys(v.KeyRefs)
		pod.Volumes = append(pod.Volumes, volume)
	}
	pod.RestartPolicy, pod.Tolerations = p.RestartPolicy, p.Tolerations
	if o := p.Ownership; o != nil {
		pod.Ownership = &Ownership{s.place(o.Path), o.FSGroup, o.Always}
	}
	return pod
}

// addDetails adds what a container has besides ports and probes.
func (s *Subject) addDetails(container *Container, c *workload.Container) {
	container.Tag, container.Digest = c.Parsed.Tag, c.Parsed.Digest
	container.ImageFault, container.Shellless = c.Parsed.Fault, c.Parsed.Shellless
	if h := c.PreStop; h != nil {
		container.PreStop = &PreStop{ID: s.place(h.Path), Sleep: h.Sleep, SleepSeconds: h.Seconds}
		if len(h.Command) > 0 {
			container.PreStop.Program = h.Command[0]
		}
	}
	if q := c.CPULimit; q != nil {
		container.CPULimit = &Limit{s.place(c.LimitPath("cpu")), q.String(), q.MilliValue()}
	}
	container.MissingKeys = s.missingKeys(c.KeyRefs)
	if c.AsRoot != nil {
		id := s.place(c.AsRoot)
		container.AsRoot = &id
	}
}

func (s *Subject) missingKeys(refs []*workload.KeyRef) []MissingKey {
	missing := []MissingKey{}
	for _, ref := range refs {
		if ref.Missing != nil {
			missing = append(missing, MissingKey{s.place(ref.Path), s.foreign(ref.Missing, nil), ref.Kind, ref.Name, ref.Key})
		}
	}
	return missing
}

// portText is a Service's target for messages: "http", or 8080.
func portText(p *workload.ServicePort) string {
	if p.TargetName != "" {
		return strconv.Quote(p.TargetName)
	}
	return strconv.Itoa(int(p.Target))
}
