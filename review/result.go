package review

import (
	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

// A Result is the judgement of one run. lint, plan and review are three views
// of it, and every output format renders it.
type Result struct {
	KubernetesVersion string // "1.36"
	Summary           Summary
	Findings          []finding.Finding    // sorted by file, byte, rule
	Suppressed        []finding.Finding    // that an ignore or a baseline hides, sorted alike; each has a Suppression
	Documents         []*manifest.Document // that were judged and are reported, sorted by file, byte
	Plans             []Plan               // sorted by file, byte
	Facts             []*facts.Subject     // of the workloads that can be read, in the plans' order
	Skipped           []Skipped            // what was not analysed, sorted by file
	Base              string               // what a review compares with, as the user named it; "" without
	Changes           []*Change            // of a review with a base, sorted by file, byte
	Combined          []Combination        // what the rollouts of one change do together
	Verdict           Verdict              // of a review, "" elsewhere
	Reasons           []string             // of the verdict, the one that decided it first; one sentence each
	Failures          []error              // parts of the job that could not be done, such as a rule that ran too long

	pool *workload.Pool
}

// Verdict is a review's answer in one word.
type Verdict string

const (
	VerdictSafe   Verdict = "safe"
	VerdictReview Verdict = "review" // a person should look
	VerdictStop   Verdict = "stop"   // apply would fail, or break something
)

// Summary counts what was read and found.
type Summary struct {
	Files            int `json:"files"`     // found, the skipped ones included
	Documents        int `json:"documents"` // of the files that were not skipped, skipped documents included
	SkippedFiles     int `json:"skippedFiles"`
	SkippedDocuments int `json:"skippedDocuments"`
	WithoutSchema    int `json:"withoutSchema"`
	Errors           int `json:"errors"`
	Warnings         int `json:"warnings"`
	Infos            int `json:"infos"`
	Suppressed       int `json:"suppressed"`
}

// A Plan is the rollout of one workload, or the reason why there is none.
type Plan struct {
	Document *manifest.Document
	Plan     *planner.Plan
	NoPlan   string // one sentence where Plan is nil
	// Variant says that it is of the workload of the plan before it, with another
	// number of replicas.
	Variant bool
	// Refused says that the API server would reject the workload, as it is or as
	// a what-if value changes it.
	Refused bool
	// PlayError is set where the scenario has no meaning for this workload.
	PlayError error
	Capacity  *Capacity
	Rooms     []Room // what bounds the pods at its peak

	Budgets     []Budget               // that select its pods
	Autoscalers []*workload.Autoscaler // that scale it
	Services    []*workload.Service    // that send traffic to its ready pods
}

// A Budget is a PodDisruptionBudget as it bears on one rollout.
type Budget struct {
	*workload.Budget
	MinReady int64 // pods it wants ready at the planned replicas, percentages rounded up
	Others   int64 // pods of other workloads that it covers, which count as ready
	All      int64 // pods that all its workloads want together
}

// Capacity is what the pods of a rollout ask for at its peak, terminating
// pods aside, and how much of that is more than before. Quantities are
// canonical: "1300m", "2600Mi"; "" where a container requests nothing.
type Capacity struct {
	AtPeak Resources `json:"atPeak"`
	Extra  Resources `json:"extra"`
}

// Resources are the sums of requests.
type Resources struct {
	CPU    string `json:"cpu,omitempty"`
	Memory string `json:"memory,omitempty"`
}

// Skipped is a file, or a document of it, that was not analysed.
type Skipped struct {
	File   string
	Line   int // of the document, 0 for the whole file
	Reason string
}
