package planner

import (
	"cmp"
	"slices"
)

// settle lets the controller run until it has nothing left to do. What ends
// the Job is looked at in a fixed order: a rule that said FailJob,
// backoffLimit, activeDeadlineSeconds, failed indexes, successPolicy; then
// pods are created or deleted; then completions count.
//
// Mirrors syncJob.
func (j *job) settle() {
	if !j.created || j.gone {
		return
	}
	for range 8 { // each pass ends, deletes or creates; three follow each other at most
		before := j.deeds
		j.sync()
		if j.deeds == before {
			break
		}
	}
	j.conclude()
}

func (j *job) sync() {
	if j.phase != jobRuns {
		return
	}
	switch {
	case j.doomed:
		j.end(jobFails, reasonPodFailurePolicy)
	case j.failed+j.pending() > int64(j.spec.BackoffLimit), j.restartsExceed():
		j.end(jobFails, reasonBackoffLimit)
	case j.deadline() <= j.now:
		j.end(jobFails, reasonDeadline)
	case j.indexesExceed():
		j.end(jobFails, reasonMaxFailedIndexes)
	case j.spec.BackoffLimitPerIndex != nil && len(j.failures) > 0 && j.failures.total(j.spec.indexes())+j.successes() >= j.spec.indexes():
		j.end(jobFails, reasonFailedIndexes)
	case j.enough():
		j.end(jobSucceeds, reasonSuccessPolicy)
	default:
		j.manage()
		switch done := j.successes(); {
		case j.running() > 0:
		case j.spec.Completions == nil && done > 0, j.spec.Completions != nil && done >= int64(*j.spec.Completions):
			j.end(jobSucceeds, reasonCompletionsReached)
		default:
			j.suspend()
		}
	}
	if j.phase == jobRuns {
		j.suspend()
	}
}

// pending are the failures of indexes that wait for another try. The status
// counts them when the try begins, backoffLimit at once:
//
//	backoffLimit 0, backoffLimitPerIndex 1, one pod fails: the Job fails
func (j *job) pending() (n int64) {
	for _, r := range j.retries {
		if r.counts {
			n++
		}
	}
	return n
}

// suspend writes the condition Suspended. The deadline starts anew when it
// goes.
func (j *job) suspend() {
	if j.suspended && !j.spec.Suspend {
		j.started = j.now
	}
	j.suspended = j.spec.Suspend
}

// end stops all pods of a Job whose fate is decided. Those of a Job that
// failed count as failed at once, also the ones that terminate already or wait
// for another try; those of a Job that has succeeded are not counted any more.
//
// Mirrors trackJobStatusAndRemoveFinalizers.
func (j *job) end(phase jobPhase, reason string) {
	j.phase, j.reason = phase, reason
	n := j.running()
	for _, p := range j.active {
		j.leave(p, false)
	}
	j.active = nil
	j.deeds.stopped += n
	if phase == jobFails {
		j.failed += n + j.pending()
	}
	for i := range j.leaving { // they need not end any more
		if l := &j.leaving[i]; l.late && phase == jobFails {
			j.failed += l.n
		}
		j.leaving[i].late = false
	}
	j.retries = nil
	j.deeds.ended = true
}

// conclude makes a decided Job Complete or Failed once all pods are gone, and
// removes it when its time to live is over.
func (j *job) conclude() {
	if (j.phase == jobFails || j.phase == jobSucceeds) && len(j.leaving) == 0 {
		j.ended, j.suspended, j.last = j.now, false, j.spec.indexes()
		if j.phase == jobFails {
			j.phase = jobFailed
		} else {
			j.phase, j.reason = jobComplete, ""
		}
	}
	if j.expires() <= j.now {
		j.gone = true
	}
}

// expires is when the Job's time to live is over, or never.
func (j *job) expires() ms {
	if j.spec.TTLSecondsAfterFinished == nil || j.gone || j.phase != jobFailed && j.phase != jobComplete {
		return never
	}
	return j.ended + seconds(*j.spec.TTLSecondsAfterFinished)
}

// deadline is when the Job has been active for too long, or never.
//
// Mirrors pastActiveDeadline.
func (j *job) deadline() ms {
	d := j.spec.ActiveDeadlineSeconds
	if d == nil || *d >= int64(never/2000) || j.spec.Suspend || j.suspended && !j.old || j.phase != jobRuns {
		return never
	}
	return j.started + ms(*d)*1000
}

// restartsExceed says that containers were restarted in place too often, in
// all pods together that run, those that terminate included.
//
// Mirrors pastBackoffLimitOnFailure: with backoffLimit 2 the second restart
// is one too many, with 0 the first.
func (j *job) restartsExceed() bool {
	if !j.spec.RestartInPlace {
		return false
	}
	var restarts int64
	for _, p := range j.active {
		restarts += p.count() * int64(p.restarts)
	}
	for _, l := range j.leaving {
		restarts += l.n * int64(l.pods.restarts)
	}
	return restarts > 0 && restarts >= int64(j.spec.BackoffLimit)
}

func (j *job) indexesExceed() bool {
	return j.spec.MaxFailedIndexes != nil && j.failures.total(j.spec.indexes()) > int64(*j.spec.MaxFailedIndexes)
}

// enough says that a rule of the successPolicy is met.
//
// Mirrors matchSuccessPolicy.
func (j *job) enough() bool {
	done := j.completed.below(j.spec.indexes())
	return slices.ContainsFunc(j.spec.SuccessPolicy, func(r SuccessRule) bool {
		of := done.total(j.spec.indexes())
		want := j.spec.indexes()
		if r.Indexes != nil {
			of, want = done.common(r.Indexes), indexSet(r.Indexes).total(j.spec.indexes())
		}
		if r.Count != nil {
			want = int64(*r.Count)
		}
		return of >= want
	})
}

// manage deletes pods that are too many, or creates missing ones, never both
// in one pass.
//
//	completions 5, parallelism 2: 2, until 4 succeeded; then 1
//	no completions, parallelism 3: 3, until one succeeded; then none is created
//
// Mirrors manageJob.
func (j *job) manage() {
	active := j.running()
	if j.spec.Suspend {
		j.drop(active)
		j.deeds.deleted += active
		return
	}
	want := int64(j.spec.Parallelism)
	switch done := j.successes(); {
	case j.spec.Completions != nil:
		want = max(0, min(want, int64(*j.spec.Completions)-done))
	case done > 0:
		want = active
	}
	if n := j.surplusIndexes(); n > 0 {
		j.deeds.deleted += n
		return
	}
	if active > want {
		j.drop(active - want)
		j.deeds.deleted += active - want
		return
	}
	missing := want - active
	if j.spec.ReplaceFailedOnly {
		missing -= j.terminating()
	}
	if missing <= 0 || j.spec.BackoffLimitPerIndex == nil && j.allowed() > j.now {
		return
	}
	if !j.spec.Indexed {
		j.start(IndexRange{j.serial, j.serial + missing - 1}, retry{})
		j.serial += missing
		return
	}
	for _, free := range j.busy().gaps(missing, j.spec.indexes()) {
		j.startIndexes(free)
	}
	slices.SortFunc(j.active, func(a, b jobPods) int { return cmp.Compare(a.first, b.first) })
}

// surplusIndexes deletes pods whose index no longer exists.
func (j *job) surplusIndexes() int64 {
	if !j.spec.Indexed {
		return 0
	}
	limit := j.spec.indexes()
	var kept []jobPods
	var n int64
	for _, p := range j.active {
		if p.last >= limit {
			gone := p
			gone.first = max(p.first, limit)
			n += gone.count()
			j.leave(gone, false)
			p.last = limit - 1
		}
		if p.first <= p.last {
			kept = append(kept, p)
		}
	}
	j.active = kept
	return n
}

// allowed is when the controller creates pods again after a failure.
func (j *job) allowed() ms {
	if j.backoff == 0 {
		return longAgo
	}
	return j.lastFail + delay(j.backoff)
}

// busy are the indexes that need no pod: done, failed, or with one that runs;
// with podReplacementPolicy Failed also with one that terminates.
//
// Mirrors firstPendingIndexes.
func (j *job) busy() indexSet {
	set := slices.Clone(j.completed)
	for _, r := range j.failures {
		set.add(r.First, r.Last)
	}
	for _, p := range j.active {
		set.add(p.first, p.last)
	}
	if j.spec.ReplaceFailedOnly {
		for _, l := range j.leaving {
			set.add(l.pods.first, l.pods.last)
		}
	}
	return set
}

// startIndexes creates pods for indexes, but for those whose delay is not
// over: their place stays free.
func (j *job) startIndexes(free IndexRange) {
	var waiting []retry
	slices.SortFunc(j.retries, func(a, b retry) int { return cmp.Compare(a.index, b.index) })
	for _, r := range j.retries {
		if r.index < free.First || r.index > free.Last {
			waiting = append(waiting, r)
			continue
		}
		if r.index > free.First {
			j.start(IndexRange{free.First, r.index - 1}, retry{})
		}
		free.First = r.index + 1
		if r.at > j.now {
			waiting = append(waiting, r)
			continue
		}
		if r.counts {
			j.failed++
		}
		j.start(IndexRange{r.index, r.index}, r)
	}
	j.retries = waiting
	if free.First <= free.Last {
		j.start(free, retry{})
	}
}

// start creates pods.
func (j *job) start(at IndexRange, again retry) {
	ready, end, _ := j.pace()
	j.active = append(j.active, jobPods{
		first: at.First, last: at.Last, failures: again.failures, ignored: again.ignored,
		readyAt: later(j.now, ready), endAt: later(j.now, end), unreadyAt: never,
	})
	j.deeds.created += at.Last - at.First + 1
	j.mergePods()
}

// mergePods makes one group of neighbours that are alike.
func (j *job) mergePods() {
	slices.SortFunc(j.active, func(a, b jobPods) int { return cmp.Compare(a.first, b.first) })
	kept := j.active[:0]
	for _, p := range j.active {
		if i := len(kept) - 1; i >= 0 && kept[i].last+1 == p.first {
			joined := kept[i]
			joined.first, joined.last = p.first, p.last
			if joined == p {
				kept[i].last = p.last
				continue
			}
		}
		kept = append(kept, p)
	}
	j.active = kept
}
