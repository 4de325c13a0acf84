package planner

import (
	"strconv"
	"time"
)

// Kind is a workload kind whose controller can be simulated.
type Kind string

const (
	Deployment            Kind = "Deployment"
	StatefulSet           Kind = "StatefulSet"
	DaemonSet             Kind = "DaemonSet"
	Job                   Kind = "Job"
	CronJob               Kind = "CronJob"
	ReplicaSet            Kind = "ReplicaSet"
	ReplicationController Kind = "ReplicationController"
	BarePod               Kind = "Pod"
)

// A Spec is what the planner needs to know of a workload. Every default has
// been applied before: the planner knows no YAML and no API server.
type Spec struct {
	Kind                    Kind
	Static                  bool  // BarePod: its kubelet has it from a file of its node
	Minor                   int   // of Kubernetes: 33 for 1.33; 0 is the newest
	Replicas                int32 // pods wanted, from 0; of a DaemonSet the nodes
	Strategy                Strategy
	MinReadySeconds         int32 // seconds a pod must stay ready to count as available
	ProgressDeadlineSeconds int32 // seconds; math.MaxInt32 means no deadline
	RevisionHistoryLimit    int32 // old ReplicaSets kept
	Paused                  bool
	Pod                     Pod
	Job                     *JobSpec  // Job, and what a CronJob makes
	Cron                    *CronSpec // CronJob only
	Set                     SetSpec   // StatefulSet only
}

// A SetSpec is what only a StatefulSet has.
type SetSpec struct {
	// Name and Namespace name pods and claims in texts and commands; they
	// decide nothing and may be empty.
	Name, Namespace string
	Parallel        bool  // podManagementPolicy Parallel; else OrderedReady
	Start           int32 // ordinals.start
	Partition       int32 // RollingUpdate: pods below Start+Partition keep the current revision
	// NoRollingUpdate says that updateStrategy is written without a
	// rollingUpdate block, which makes a difference to pods that are lost in
	// the middle of a rollout.
	NoRollingUpdate bool
	// MaxUnavailableWorks is the feature gate MaxUnavailableStatefulSet:
	// without it, Strategy.MaxUnavailable means nothing.
	MaxUnavailableWorks bool
	Claims              []string // the names of volumeClaimTemplates
	ClaimsFollowScale   bool     // persistentVolumeClaimRetentionPolicy.whenScaled Delete
}

// StrategyType is how old pods are replaced.
type StrategyType string

const (
	RollingUpdate StrategyType = "RollingUpdate"
	Recreate      StrategyType = "Recreate"
	OnDelete      StrategyType = "OnDelete" // StatefulSet and DaemonSet
)

// Strategy is a workload's update strategy with its defaults filled in.
type Strategy struct {
	Type           StrategyType
	MaxSurge       IntOrPercent // RollingUpdate only
	MaxUnavailable IntOrPercent // RollingUpdate only
}

// IntOrPercent is an absolute number of pods or a percentage of replicas.
type IntOrPercent struct {
	Value   int32
	Percent bool
}

// Count is an absolute number of pods.
func Count(n int32) IntOrPercent { return IntOrPercent{Value: n} }

// Percent is a percentage of replicas.
func Percent(n int32) IntOrPercent { return IntOrPercent{Value: n, Percent: true} }

// String writes the value as a manifest does: 3 or 25%.
func (v IntOrPercent) String() string {
	s := strconv.Itoa(int(v.Value))
	if v.Percent {
		s += "%"
	}
	return s
}

// A Pod is what decides when a pod of the workload becomes ready and when it
// is gone.
type Pod struct {
	Init                          []Container // in their order; sidecars among them
	Containers                    []Container
	TerminationGracePeriodSeconds int64
	ReadinessGates                []string // conditions that something outside the pod sets
}

// A Container is a container's probes with their defaults filled in.
type Container struct {
	Name                         string
	Sidecar                      bool // an init container with restartPolicy Always
	Startup, Liveness, Readiness *Probe
}

// A Probe is a probe's timing. Zero values are not defaults: the caller has
// applied 0/10/1/1/3.
type Probe struct {
	InitialDelaySeconds int32
	PeriodSeconds       int32
	TimeoutSeconds      int32
	SuccessThreshold    int32
	FailureThreshold    int32
	// Unresolvable says that the port name leads nowhere: such a probe is an
	// error at every attempt, neither success nor failure, for ever.
	Unresolvable bool
}

// A Span is a range of durations.
type Span struct {
	Min, Max time.Duration
	// Open means that nothing bounds the maximum; Max is then the largest
	// value that is known, and is printed with ≥.
	Open bool
}

// Assumptions are what timed mode cannot read from a manifest. The zero value
// assumes that everything but the probes takes no time.
type Assumptions struct {
	Schedule Span // from creation to a node
	Pull     Span // the images of one pod, together
	Startup  Span // from container start until its probes would succeed, or an init container's run
	Shutdown Span // from deletion until the pod is gone
	// ByProbes says that the user gave no Startup: it is then the summary that
	// DefaultStartup makes of the pod, and each container is bounded by its
	// own probes instead.
	ByProbes bool
	Observed Observed // what was not assumed but seen; Observe fills it in
}
