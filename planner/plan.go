package planner

// Outcome is how a rollout ends.
type Outcome string

const (
	Complete Outcome = "complete"
	Stalled  Outcome = "stalled" // nothing can move it on but a repair
	Paused   Outcome = "paused"
	Waiting  Outcome = "waiting" // for a user: OnDelete, a partition, a pod to delete by hand
	Failed   Outcome = "failed"  // a Job
	Nothing  Outcome = "nothing" // there was nothing to do
)

// A Plan is the rollout of one workload as the controllers would run it. Its
// JSON form is part of CONTRACT: keys are never renamed.
type Plan struct {
	Strategy   ResolvedStrategy `json:"strategy,omitzero"`
	Replicas   FromTo           `json:"replicas"`
	Bounds     Bounds           `json:"bounds"`
	Readiness  Readiness        `json:"readiness"`
	Steps      []Step           `json:"steps"`
	Truncated  bool             `json:"truncated,omitempty"` // steps were capped; the totals are exact
	TotalSteps int64            `json:"totalSteps,omitempty"`
	Outcome    Outcome          `json:"outcome"`

	PeakPods                int64     `json:"peakPods"`
	PeakPodsWithTerminating int64     `json:"peakPodsWithTerminating"`
	MinAvailable            int64     `json:"minAvailable"`
	MinReady                int64     `json:"minReady"` // ready, whether or not for minReadySeconds
	MaxNotReady             int64     `json:"maxNotReady"`
	DurationSeconds         *Seconds  `json:"durationSeconds,omitempty"` // timed mode and after wait
	Assumptions             []string  `json:"assumptions,omitempty"`
	IfBad                   *IfBad    `json:"ifBad,omitempty"`
	Hazards                 []Hazard  `json:"hazards,omitempty"`
	Runs                    []CronRun `json:"runs,omitzero"` // CronJob: by slot, with those that were skipped
}

// ResolvedStrategy shows the strategy as written and in pods.
type ResolvedStrategy struct {
	Type            StrategyType `json:"type"`
	MaxSurge        string       `json:"maxSurge,omitempty"`
	MaxUnavailable  string       `json:"maxUnavailable,omitempty"`
	SurgePods       int32        `json:"surgePods"`
	UnavailablePods int32        `json:"unavailablePods"`
	PodManagement   string       `json:"podManagementPolicy,omitempty"` // StatefulSet
	Partition       int32        `json:"partition,omitempty"`           // StatefulSet
	OnNodes         bool         `json:"-"`                             // DaemonSet: one pod a node
	Kept            string       `json:"-"`                             // ReplicaSet, ReplicationController, Pod: its kind; no pod is replaced
	Static          bool         `json:"-"`                             // Pod: of a file on its node
	Cron            string       `json:"-"`                             // CronJob: schedule and policy in words
	Zone            string       `json:"-"`                             // CronJob: of the schedule, "" for UTC
	Job             bool         `json:"-"`                             // Job: nothing is replaced
}

// IsZero leaves the strategy of a kind that has none out of the JSON form.
func (s ResolvedStrategy) IsZero() bool { return s.Type == "" }

// FromTo is a number before and after.
type FromTo struct {
	From int32 `json:"from"`
	To   int32 `json:"to"`
}

// Bounds are what the strategy promises: never more pods than MaxPods
// (terminating ones aside), never fewer available than MinAvailable.
type Bounds struct {
	MaxPods      int64 `json:"maxPods"`
	MinAvailable int64 `json:"minAvailable"`
}

// A Step is a quiescent state: every controller has finished reacting, and
// only a kubelet, a user or the clock can move things on.
type Step struct {
	Index        int           `json:"index"`
	Event        string        `json:"event"` // start, update, ready, scale, …
	Seconds      *Seconds      `json:"seconds,omitempty"`
	Revisions    []Revision    `json:"revisions,omitzero"` // oldest first by creation
	*JobStatus                 // Job, instead of revisions
	Runs         []CronRun     `json:"runs,omitempty"` // CronJob: the last ones that were started
	Pods         int64         `json:"pods"`           // not terminating
	Terminating  int64         `json:"terminating"`
	Available    int64         `json:"available"`
	NodesDown    int64         `json:"nodesDown,omitempty"` // DaemonSet
	Ordinals     Ordinals      `json:"ordinals,omitempty"`  // StatefulSet
	Claims       []string      `json:"claims,omitzero"`     // StatefulSet: data-web-0, …, at the start and where they change
	Conditions   Conditions    `json:"conditions,omitzero"`
	Why          string        `json:"why,omitempty"`
	Alternatives []Alternative `json:"alternatives,omitempty"` // where the real controllers race
}

// A JobStatus is what a Job's status says in a step.
type JobStatus struct {
	Active           int64  `json:"active"`
	Ready            int64  `json:"ready"`
	Succeeded        int64  `json:"succeeded"`
	Failed           int64  `json:"failed"`
	CompletedIndexes string `json:"completedIndexes,omitempty"` // 0-2,4
	FailedIndexes    string `json:"failedIndexes,omitempty"`
	// Phase is empty while the Job runs, then Suspended, FailureTarget or
	// SuccessCriteriaMet while its pods are being stopped, Complete, Failed, or
	// gone when its time to live is over.
	Phase  string `json:"phase,omitempty"`
	Reason string `json:"reason,omitempty"` // of the phase, as BackoffLimitExceeded
}

// A Revision is one ReplicaSet or controller revision in a step.
type Revision struct {
	Revision    int   `json:"revision"`     // as created, from 1
	As          int   `json:"as,omitempty"` // the number Kubernetes shows, where an undo changed it
	Desired     int32 `json:"desired"`      // the ReplicaSet's spec.replicas
	Ready       int32 `json:"ready"`
	Available   int32 `json:"available"`
	NotReady    int32 `json:"notReady"`
	Terminating int32 `json:"terminating"`
}

// Conditions are the workload's status conditions.
type Conditions struct {
	Available   bool `json:"available"`
	Progressing bool `json:"progressing"` // false once the progress deadline has passed
	// None says that the kind has no such conditions: both are true then, and
	// the JSON form has none.
	None bool `json:"-"`
}

// IsZero leaves conditions that a kind does not have out of the JSON form.
func (c Conditions) IsZero() bool { return c.None }

// An Alternative is another state that the real controllers reach at times.
type Alternative struct {
	Revisions []Revision `json:"revisions"`
	Why       string     `json:"why"`
}

// Seconds is a range of seconds since the start. Max is absent where nothing
// bounds it; AtLeast is then the largest value that is known.
type Seconds struct {
	Min     float64  `json:"min"`
	Max     *float64 `json:"max,omitempty"`
	AtLeast *float64 `json:"atLeast,omitempty"`
}

// IfBad is where the rollout stops when the new version never becomes ready.
type IfBad struct {
	Outcome              Outcome    `json:"outcome"`
	Revisions            []Revision `json:"revisions"`
	Available            int64      `json:"available"`
	FailedPods           int64      `json:"failedPods,omitempty"`           // Job: until it gives up
	Image                *BadImage  `json:"image,omitempty"`                // Job, CronJob: what waiting for an image does; the rest is pods that fail
	DetectedAfterSeconds int64      `json:"detectedAfterSeconds,omitempty"` // the progress deadline; of a Job the back-off until it gives up
	Undo                 []Step     `json:"undo"`
	// Delete names the pods that an undo does not replace by itself: each must
	// be deleted by hand. StatefulSet only.
	Delete []string `json:"delete,omitempty"`
}

// A Hazard is a danger that the simulation met, as data: a rule turns it into
// a finding.
type Hazard struct {
	Hazard  string `json:"hazard"` // one of the Hazard constants
	Step    int    `json:"step"`
	Field   string `json:"field"` // the field that binds
	Message string `json:"message"`
}
