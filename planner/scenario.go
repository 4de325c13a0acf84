package planner

import "time"

// Readiness says how waiting pods become ready while a scenario runs.
type Readiness string

const (
	Timed    Readiness = "timed"      // by their probes and the assumptions
	Together Readiness = "together"   // all waiting pods in one round
	OneByOne Readiness = "one-by-one" // one pod a round, of the newest revision that has one
	Never    Readiness = "never"      // only pods of revisions older than the newest
	Manual   Readiness = "manual"     // only by ready events
)

// Termination says when deleted pods are gone.
type Termination string

const (
	TerminateInstant Termination = "instant"
	TerminateNext    Termination = "next"   // at the start of the next round
	TerminateManual  Termination = "manual" // at a terminated event
)

// A Scenario is what happens to a workload, in order.
type Scenario struct {
	Readiness   Readiness   // "" is timed
	Termination Termination // "" is instant, the default of scenario files
	Assumptions Assumptions // timed mode
	Events      []Event
	At          time.Time // CronJob: when the scenario begins; zero is DefaultAt
	Start       *Start    // where the story begins; nil for a rollout that ended long ago
	// MaxSteps is how many steps the plan keeps, for callers who need only
	// the totals of a long rollout; they are exact whatever is kept. 0, and
	// anything above it, is 10,000.
	MaxSteps int
}

// DefaultScenario is what plan plays without a scenario file: a new template,
// and rounds until nothing can become ready, in timed mode with the default
// assumptions for the pod. Terminating pods stay until the next round.
func DefaultScenario(pod Pod) Scenario {
	return Scenario{
		Readiness:   Timed,
		Termination: TerminateNext,
		Assumptions: DefaultAssumptions(pod),
		Events:      []Event{{Type: EventUpdate}, {Type: EventRun, Rounds: RunToEnd}},
	}
}

// DefaultScenario is the scenario of a workload without a scenario file: of a
// Job that it is created and its pods succeed, of a CronJob the next five runs,
// else that of its pod.
func (s Spec) DefaultScenario() Scenario {
	sc := DefaultScenario(s.Pod)
	switch s.Kind {
	case Job:
		sc.Events[0].Type = EventCreate
	case CronJob:
		sc.Events = []Event{{Type: EventCreate}, {Type: EventRun, Rounds: 5}}
	}
	return sc
}

// Apply is the event of writing one spec over another in one go, as kubectl
// apply does with a changed manifest: a new template, if there is one, and
// whatever else differs. The controllers see it all at once, so pods of the old
// version are created before the new one if replicas is raised too.
func Apply(from, to Spec, newTemplate bool) Event {
	e := Event{Type: EventEdit, Edit: &Edit{
		Replicas:                changed(from.Replicas, to.Replicas),
		Paused:                  changed(from.Paused, to.Paused),
		Strategy:                changed(from.Strategy.Type, to.Strategy.Type),
		MaxSurge:                changed(from.Strategy.MaxSurge, to.Strategy.MaxSurge),
		MaxUnavailable:          changed(from.Strategy.MaxUnavailable, to.Strategy.MaxUnavailable),
		MinReadySeconds:         changed(from.MinReadySeconds, to.MinReadySeconds),
		ProgressDeadlineSeconds: changed(from.ProgressDeadlineSeconds, to.ProgressDeadlineSeconds),
		RevisionHistoryLimit:    changed(from.RevisionHistoryLimit, to.RevisionHistoryLimit),
	}}
	if from.Strategy.Type != to.Strategy.Type && to.Strategy.Type == RollingUpdate {
		e.Edit.MaxSurge, e.Edit.MaxUnavailable = &to.Strategy.MaxSurge, &to.Strategy.MaxUnavailable
	}
	if to.Kind == StatefulSet {
		applySet(e.Edit, from, to)
	}
	if newTemplate {
		e.Type, e.Pod = EventUpdate, &to.Pod
	}
	return e
}

// changed is the new value, or nil where it is the old one.
func changed[T comparable](from, to T) *T {
	if from == to {
		return nil
	}
	return &to
}

// EventType names an event as scenario files do.
type EventType string

const (
	EventUpdate     EventType = "update"
	EventReady      EventType = "ready"
	EventUnready    EventType = "unready"
	EventScale      EventType = "scale"
	EventEdit       EventType = "edit"
	EventUndo       EventType = "undo"
	EventPause      EventType = "pause"
	EventResume     EventType = "resume"
	EventTerminated EventType = "terminated"
	EventDelete     EventType = "delete"
	EventWait       EventType = "wait"
	EventRun        EventType = "run"
	EventCreate     EventType = "create" // Job, CronJob
	EventFinish     EventType = "finish" // Job
	EventFail       EventType = "fail"   // Job
	EventNode       EventType = "node"   // DaemonSet
)

// RunToEnd as an Event's Rounds runs until nothing can become ready.
const RunToEnd = -1

// An Event is one thing a user, a kubelet or the clock does. Only the fields
// that its type names are read.
type Event struct {
	Type     EventType
	Revision int           // ready, unready, delete: counted from 1 as created
	Pods     int32         // ready: waiting pods; unready, delete: those longest ready first
	Replicas int32         // scale
	To       int           // undo: a revision as created, 0 for the previous one; update: the revision whose template comes back, 0 for a new template
	Wait     time.Duration // wait
	Rounds   int           // run: readiness rounds, or RunToEnd
	Edit     *Edit         // edit; update: written in the same apply as the template
	Pod      *Pod          // update: the new template's pod; nil for one like the last
	Down, Up int32         // node: nodes that go down, or come back
	Ordinal  *int32        // delete: this pod of a StatefulSet, instead of Revision and Pods
	Job      *JobPods      // finish, fail, delete: which pods of a Job, and how they fail
}

// JobPods says more of an event of a Job's pods.
type JobPods struct {
	Index      *int32 // of an Indexed Job; instead of Pods
	ExitCode   int32  // fail: 0 is 1
	Disruption bool   // fail: by an eviction and the like
}

// A JobEdit changes fields of a Job; nil leaves a field alone.
type JobEdit struct {
	Parallelism           *int32
	Completions           *int32
	ActiveDeadlineSeconds *int64
	Suspend               *bool
}

// An Edit changes fields other than the template; nil leaves a field alone.
// A change of Strategy sets both limits to 25 %, as the API server does, unless
// they are given.
type Edit struct {
	Replicas                *int32
	Paused                  *bool
	Strategy                *StrategyType
	MaxSurge                *IntOrPercent
	MaxUnavailable          *IntOrPercent
	MinReadySeconds         *int32
	ProgressDeadlineSeconds *int32
	RevisionHistoryLimit    *int32
	Partition               *int32 // StatefulSet
	Start                   *int32 // StatefulSet: ordinals.start
	ClaimsFollowScale       *bool  // StatefulSet: persistentVolumeClaimRetentionPolicy.whenScaled Delete
	Job                     *JobEdit
	Cron                    *CronEdit
}
