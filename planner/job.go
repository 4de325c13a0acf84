package planner

// A job is one Job in simulation.
type job struct {
	now     ms
	spec    JobSpec
	old     bool // the deadline goes on in a suspension, see minor.go
	pod     Pod
	kubelet kubelet

	created   bool
	gone      bool // its time to live is over
	started   ms   // status.startTime; for activeDeadlineSeconds
	suspended bool // the condition
	phase     jobPhase
	reason    string // of the phase
	ended     ms     // when it was Complete or Failed
	last      int64  // how many indexes it had then: its status does not change any more

	active    []jobPods // by index, else as they were created
	leaving   []leavingJobPods
	serial    int64 // pods that were created; numbers those without an index
	succeeded int64 // without indexes
	failed    int64
	completed indexSet
	failures  indexSet // indexes that failed for good
	retries   []retry  // indexes that wait for another try, lowest first
	doomed    bool     // a rule said FailJob

	backoff  int32 // failures since the last success
	lastFail ms    // when the last of them was

	deeds  jobDeeds
	opened bool
	jumped float64
	past   []jobMark
}

// jobPods are pods that are alike, with the indexes or serial numbers first to
// last.
type jobPods struct {
	first, last       int64
	ready             bool
	readyAt, endAt    ms    // timed: when they are ready, and when they succeed
	unreadyAt         ms    // since when they are not ready any more, or never
	failures, ignored int32 // of their index before
	restarts          int32 // in place
}

func (p *jobPods) count() int64 { return p.last - p.first + 1 }

// leavingJobPods terminate. late says that they count as failed when they are
// gone, and not before.
type leavingJobPods struct {
	at   ms
	n    int64
	late bool
	pods jobPods
}

// A retry is an index whose pod failed and is replaced after a delay. The
// failed pod is counted when that happens.
type retry struct {
	index             int64
	failures, ignored int32
	counts            bool
	at                ms // when it may be replaced
}

// jobPhase is how a Job stands.
type jobPhase uint8

const (
	jobRuns     jobPhase = iota
	jobFails             // FailureTarget: until its pods are gone
	jobSucceeds          // SuccessCriteriaMet: until its pods are gone
	jobFailed
	jobComplete
)

// String is the condition as Kubernetes names it.
func (p jobPhase) String() string {
	switch p {
	case jobRuns:
		return ""
	case jobFails:
		return "FailureTarget"
	case jobSucceeds:
		return "SuccessCriteriaMet"
	case jobFailed:
		return "Failed"
	case jobComplete:
		return "Complete"
	default:
		panic("planner: unknown phase of a Job")
	}
}

// The reasons of a Job's end.
const (
	reasonPodFailurePolicy   = "PodFailurePolicy"
	reasonBackoffLimit       = "BackoffLimitExceeded"
	reasonDeadline           = "DeadlineExceeded"
	reasonMaxFailedIndexes   = "MaxFailedIndexesExceeded"
	reasonFailedIndexes      = "FailedIndexes"
	reasonSuccessPolicy      = "SuccessPolicy"
	reasonCompletionsReached = "CompletionsReached"
)

// running is the number of active pods.
func (j *job) running() (n int64) {
	for i := range j.active {
		n += j.active[i].count()
	}
	return n
}

// indexes is how many indexes the Job has, or had when it ended.
func (j *job) indexes() int64 {
	if j.phase == jobFailed || j.phase == jobComplete {
		return j.last
	}
	return j.spec.indexes()
}

// terminating is the number of pods that terminate.
func (j *job) terminating() (n int64) {
	for i := range j.leaving {
		n += j.leaving[i].n
	}
	return n
}

// successes is status.succeeded: of an Indexed Job those of its present
// indexes.
func (j *job) successes() int64 {
	if j.spec.Indexed {
		return j.completed.total(j.indexes())
	}
	return j.succeeded
}

// delay is how long the controller waits after n failures in a row before it
// creates the next pod.
//
//	1 failure 10 s, 2: 20 s, 3: 40 s, …, 6: 320 s, 7 and more: 600 s
//
// Mirrors getRemainingTimeForFailuresCount.
func delay(n int32) ms {
	if n <= 0 {
		return 0
	}
	if n > 6 {
		return 600_000
	}
	return 10_000 << (n - 1)
}

// take removes the n active pods in front that a test accepts, and gives them
// to a function, group by group. It returns how many there were.
func (j *job) take(n int64, accept func(*jobPods) bool, each func(jobPods)) (taken int64) {
	var kept []jobPods
	for _, p := range j.active {
		k := min(n-taken, p.count())
		if k <= 0 || !accept(&p) {
			kept = append(kept, p)
			continue
		}
		taken += k
		part := p
		part.last = p.first + k - 1
		if p.first += k; p.first <= p.last {
			kept = append(kept, p)
		}
		each(part)
	}
	j.active = kept
	return taken
}

// drop removes n active pods as the controller does: those that are not ready
// first, and of these the youngest.
func (j *job) drop(n int64) {
	for _, ready := range []bool{false, true} {
		for i := len(j.active) - 1; i >= 0 && n > 0; i-- {
			p := &j.active[i]
			if p.ready != ready {
				continue
			}
			k := min(n, p.count())
			n -= k
			part := *p
			part.first = p.last - k + 1
			j.leave(part, false)
			if p.last -= k; p.last < p.first {
				j.active = append(j.active[:i:i], j.active[i+1:]...)
			}
		}
	}
}

// leave lets pods terminate.
func (j *job) leave(p jobPods, late bool) {
	pace := j.kubelet.pace(j.pod)
	if !pace.instant {
		j.leaving = append(j.leaving, leavingJobPods{at: later(j.now, pace.leave), n: p.count(), late: late, pods: p})
	}
}

// reap ends the pods that terminate until now, or all of them.
func (j *job) reap(all bool) (any bool) {
	var kept []leavingJobPods
	for _, l := range j.leaving {
		if !all && l.at > j.now {
			kept = append(kept, l)
			continue
		}
		any = true
		if l.late {
			j.fail(l.pods, ActionCount, j.now)
		}
	}
	j.leaving = kept
	return any
}

// fail counts pods that have failed. What they cost is: a place in
// backoffLimit, unless a rule ignores them, and a longer delay in any case.
// With backoffLimitPerIndex both are their index's own.
//
// Mirrors calculateFailedIndexes, getPodsWithDelayedDeletionPerIndex and
// newBackoffRecord.
func (j *job) fail(p jobPods, action FailureAction, at ms) {
	n := p.count()
	j.doomed = j.doomed || action == ActionFailJob
	if j.spec.BackoffLimitPerIndex == nil || j.phase != jobRuns {
		if action != ActionIgnore {
			j.failed += n
		}
		j.backoff += int32(min(n, 1000))
		j.backoff = min(j.backoff, 1000)
		j.lastFail = at
		return
	}
	if action == ActionFailIndex || action != ActionIgnore && p.failures >= *j.spec.BackoffLimitPerIndex {
		j.failures.add(p.first, p.last)
		j.failed += n
		return
	}
	for index := p.first; index <= p.last; index++ {
		r := retry{index: index, failures: p.failures, ignored: p.ignored, at: at + delay(p.failures+p.ignored+1)}
		if action == ActionIgnore {
			r.ignored++
		} else {
			r.failures, r.counts = r.failures+1, true
		}
		j.retries = append(j.retries, r)
	}
}

// succeed counts pods that have succeeded.
func (j *job) succeed(p jobPods) {
	if j.spec.Indexed {
		j.completed.add(p.first, p.last)
	} else {
		j.succeeded += p.count()
	}
	j.backoff = 0
}
