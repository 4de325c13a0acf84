package random

import (
	"fmt"
	"math/rand/v2"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/planner"
)

// Job makes up a scenario for a Job of up to 8 pods.
func Job(r *rand.Rand) (trace.Text, error) {
	j := &job{script: newScript(r, planner.Job), completions: 1 + r.IntN(8), indexed: r.IntN(2) == 0}
	j.spec()
	j.modes()
	j.text.Acts = []trace.Act{event(planner.EventCreate)}
	return j.grow(3+r.IntN(14), j.act)
}

type job struct {
	script
	completions int
	indexed     bool
	policy      bool // it has a podFailurePolicy
	perIndex    bool // it has a backoffLimitPerIndex
}

// spec makes up the spec line.
func (j *job) spec() {
	r, spec := j.r, &j.text.Spec
	if j.indexed || r.IntN(5) != 0 {
		spec.Add("completions", j.completions)
	}
	spec.Add("parallelism", pick(r, 0, 1, 2, 2, 3, 4, 6))
	if j.indexed {
		spec.Add("completionMode", "Indexed")
		j.indexedSpec()
	}
	if r.IntN(2) == 0 {
		spec.Add("backoffLimit", r.IntN(5))
	}
	if r.IntN(6) == 0 {
		spec.Add("activeDeadlineSeconds", pick(r, 5, 15, 40))
	}
	if r.IntN(6) == 0 {
		spec.Add("ttlSecondsAfterFinished", pick(r, 0, 5, 30))
	}
	if r.IntN(8) == 0 {
		spec.Add("suspend", true)
	}
	switch r.IntN(8) {
	case 0:
		spec.Add("restartPolicy", "OnFailure")
	case 1, 2:
		j.policy = true
		rules := pick(r, "3:Ignore", "3:Count", "3:FailJob", "3:Ignore,4:FailJob", "4:Ignore,3:Count")
		if j.perIndex && r.IntN(2) == 0 {
			rules = pick(r, "3:FailIndex", "3:FailIndex,4:Ignore")
		}
		spec.Add("onExit", rules)
	case 3:
		j.policy = true
		spec.Add("onDisruption", pick(r, "Ignore", "Count", "FailJob"))
	case 4:
		spec.Add("podReplacementPolicy", "Failed")
	}
}

func (j *job) indexedSpec() {
	r, spec := j.r, &j.text.Spec
	switch r.IntN(4) {
	case 0:
		j.perIndex = true
		spec.Add("backoffLimitPerIndex", r.IntN(3))
		if r.IntN(2) == 0 {
			spec.Add("maxFailedIndexes", r.IntN(j.completions+1))
		}
	case 1:
		if r.IntN(2) == 0 {
			first := r.IntN(j.completions)
			spec.Add("succeededIndexes", fmt.Sprintf("%d-%d", first, first+r.IntN(j.completions-first)))
		} else {
			spec.Add("succeededCount", 1+r.IntN(j.completions))
		}
	}
}

// act makes up an event, and reports false if it would have no meaning now.
func (j *job) act(last planner.Step) (trace.Act, bool) {
	if last.JobStatus == nil || last.JobStatus.Phase == "gone" {
		return trace.Act{}, false
	}
	switch n := j.r.IntN(100); {
	case n < 15:
		return event(planner.EventRun, "rounds", pick(j.r, "1", "1", "2", "end")), !j.manual()
	case n < 37:
		return j.onPods(last, "finish")
	case n < 62:
		a, ok := j.onPods(last, "fail")
		switch j.r.IntN(4) {
		case 0:
			a.Fields.Add("exitCode", pick(j.r, 3, 4))
		case 1:
			if j.policy {
				a.Fields.Add("disruption", true)
			}
		}
		return a, ok
	case n < 67:
		return j.onPods(last, planner.EventDelete)
	case n < 71:
		return j.onPods(last, pick(j.r, planner.EventReady, planner.EventUnready))
	case n < 78:
		switch j.r.IntN(8) {
		case 0, 1, 2, 3:
			return event(planner.EventEdit, "suspend", last.JobStatus.Phase != "Suspended"), true
		case 4:
			return event(planner.EventEdit, "activeDeadlineSeconds", pick(j.r, 5, 15, 40, 100)), true
		case 5: // of an Indexed Job both together: more indexes, or fewer
			n := 1 + j.r.IntN(8)
			_, rule := j.text.Spec.Get("succeededIndexes")
			_, count := j.text.Spec.Get("succeededCount")
			_, most := j.text.Spec.Get("maxFailedIndexes")
			// The API server refuses fewer completions than these name, and of a
			// Job that is suspended and ends a step says the one thing only.
			return event(planner.EventEdit, "completions", n, "parallelism", n), j.indexed && !rule && !count && !most && last.JobStatus.Phase == ""
		}
		// Which of several pods it deletes the controller does not say: of an
		// Indexed Job that makes a difference.
		n := j.r.IntN(6)
		return event(planner.EventEdit, "parallelism", n), !j.indexed || n == 0 || n >= int(last.JobStatus.Active)
	case n < 95:
		return event(planner.EventWait, "time", fmt.Sprintf("%ds", pick(j.r, 1, 5, 9, 10, 20, 40, 80, 700))), true
	default:
		mode, _ := j.text.Scenario.Get("termination")
		return event(planner.EventTerminated), mode == string(planner.TerminateManual)
	}
}

// onPods is an event on some active pods, or on that of an index.
func (j *job) onPods(last planner.Step, kind planner.EventType) (trace.Act, bool) {
	n := last.JobStatus.Active
	switch {
	case n == 0:
		return trace.Act{}, false
	case j.indexed && j.r.IntN(2) == 0:
		return event(kind, "index", j.r.IntN(j.completions)), true
	default:
		return event(kind, "pods", 1+j.r.IntN(int(min(n, 3)))), true
	}
}
