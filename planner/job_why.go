package planner

// jobDeeds are what the controller did since the last step, in pods.
type jobDeeds struct {
	created, deleted, stopped int64
	ended                     bool
}

// tell implements controller.
//
//	2 created: 5 completions wanted, 2 done, at most 2 at a time
func (j *job) tell(event EventType) string {
	d := j.deeds
	j.deeds = jobDeeds{}
	if j.gone || j.phase != jobRuns || j.suspended || d == (jobDeeds{}) {
		text := j.standstill(event)
		if d.stopped > 0 {
			text += "; " + string(number(nil, d.stopped)) + " running pods are stopped"
		}
		return text
	}
	var buf []byte
	if d.deleted > 0 {
		buf = append(number(buf, d.deleted), " deleted"...)
	}
	if d.created > 0 {
		if len(buf) > 0 {
			buf = append(buf, ", "...)
		}
		buf = append(number(buf, d.created), " created"...)
	}
	return string(j.demand(append(buf, ": "...)))
}

// demand says how many successes are wanted, and how many pods at a time.
func (j *job) demand(buf []byte) []byte {
	if j.spec.Completions == nil {
		buf = append(buf, "one success is enough, "...)
	} else {
		buf = append(number(buf, j.successes()), " of "...)
		buf = append(number(buf, int64(*j.spec.Completions)), " completions done, "...)
	}
	return append(number(append(buf, "at most "...), int64(j.spec.Parallelism)), " at a time"...)
}

// standstill says how the Job stands.
func (j *job) standstill(event EventType) string {
	switch {
	case event == eventStart && !j.created:
		return "before: the Job does not exist"
	case j.gone:
		return "the Job is removed " + string(number(nil, int64(*j.spec.TTLSecondsAfterFinished))) + " s after its end"
	case j.phase == jobComplete:
		return string(j.demand([]byte("the Job is complete: ")))
	case j.phase == jobSucceeds:
		return "enough pods have succeeded (" + j.reason + "), the others terminate"
	case j.phase == jobFails:
		return "the Job fails (" + j.reason + ") when its pods are gone"
	case j.phase == jobFailed:
		return "the Job has failed: " + j.cause()
	case j.suspended:
		return "suspended: no pod runs"
	case j.spec.BackoffLimitPerIndex == nil && j.allowed() > j.now:
		buf := append([]byte("after "), number(nil, int64(j.backoff))...)
		buf = append(buf, " failures in a row no pod is created for "...)
		return string(append(number(buf, int64(delay(j.backoff)/1000)), " s"...))
	case len(j.retries) > 0:
		return string(append(number(nil, int64(len(j.retries))), " failed indexes wait to be tried again"...))
	default:
		return string(j.demand(append(number(nil, j.running()), " run: "...)))
	}
}

// cause is why a Job has failed, in words.
func (j *job) cause() string {
	n := func(prefix string, n int64) string { return prefix + string(number(nil, n)) }
	switch j.reason {
	case reasonBackoffLimit:
		if j.spec.RestartInPlace {
			return n("containers were restarted more often than backoffLimit allows, which is ", int64(j.spec.BackoffLimit))
		}
		return n("more pods failed than backoffLimit allows, which is ", int64(j.spec.BackoffLimit))
	case reasonDeadline:
		return n("it was active for activeDeadlineSeconds, which is ", *j.spec.ActiveDeadlineSeconds)
	case reasonMaxFailedIndexes:
		return n("more indexes failed than maxFailedIndexes allows, which is ", int64(*j.spec.MaxFailedIndexes))
	case reasonFailedIndexes:
		return "all indexes are done, and some of them failed"
	case reasonPodFailurePolicy:
		return "a rule of its podFailurePolicy says so"
	default:
		return j.reason
	}
}
