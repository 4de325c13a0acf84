package planner

import "fmt"

// simulateJob plays a scenario on a Job. Step 0 is the state before it exists.
func simulateJob(spec Spec, sc Scenario) (Plan, error) {
	if spec.Job == nil {
		return Plan{}, fmt.Errorf("the spec of a Job is missing")
	}
	if err := spec.Job.check(); err != nil {
		return Plan{}, err
	}
	high, low, err := told(sc, func(k kubelet) controller {
		return &job{spec: *spec.Job, pod: spec.Pod, kubelet: k, old: spec.before(minorDeadlineAnew)}
	})
	if err != nil {
		return Plan{}, err
	}
	p := high.plan(sc, low)
	p.Strategy = ResolvedStrategy{Job: true}
	wanted := spec.Job.Parallelism
	if c := spec.Job.Completions; c != nil {
		wanted = *c
	}
	p.Replicas = FromTo{To: wanted}
	p.Bounds = Bounds{MaxPods: min(int64(wanted), int64(spec.Job.Parallelism))}
	if low != nil {
		p.Assumptions = sc.Assumptions.jobTexts(spec.Pod)
	}
	if p.Outcome == Stalled {
		p.Hazards = append(p.Hazards, Hazard{Hazard: HazardStalls, Step: int(high.total - 1), Field: "spec", Message: "the Job stops: " + high.c.(*job).standstill(EventRun)})
	}
	p.IfBad = jobGoesWrong(spec, sc)
	return p, nil
}

// jobIfBad is what becomes of a Job whose pods all fail, each as soon as it
// runs: how many there are, and when the Job gives up.
//
//	backoffLimit 6: 7 pods, 10+20+40+80+160+320 = 630 s
func jobIfBad(spec Spec, sc Scenario) *IfBad {
	if len(sc.Events) != 2 || sc.Events[0].Type != EventCreate || !sc.runsToEnd() || spec.Job.RestartInPlace {
		return nil
	}
	j := &job{spec: *spec.Job, pod: spec.Pod, old: spec.before(minorDeadlineAnew), kubelet: kubelet{Manual, TerminateInstant, Assumptions{}, longest}}
	if j.apply(Event{Type: EventCreate}) != nil {
		return nil
	}
	for range 10_000 {
		if j.phase == jobFailed {
			return &IfBad{Outcome: Failed, Revisions: []Revision{}, FailedPods: j.failed, DetectedAfterSeconds: int64(j.ended / 1000), Undo: []Step{}}
		}
		failed := j.take(j.running(), func(*jobPods) bool { return true }, func(p jobPods) { j.fail(p, j.spec.action(1, false), j.now) })
		j.settle()
		if failed == 0 || j.phase == jobRuns && j.running() == 0 {
			at := j.next()
			if at >= never {
				break
			}
			j.now = max(j.now, at)
			j.settle()
		}
	}
	return nil
}

// jobTexts are texts for a Job.
func (a Assumptions) jobTexts(pod Pod) []string {
	texts := []string{
		a.Observed.Schedule.text("a pod is scheduled within %s", a.Schedule),
		a.Observed.Pull.text("its images are pulled within %s", a.Pull),
	}
	if o := a.Observed.Run; o != nil {
		return append(texts, o.text("a pod of the Job runs for %s, and succeeds", o.Took), "pods that are created together behave alike")
	}
	for _, c := range pod.Init {
		if !c.Sidecar {
			texts = append(texts, fmt.Sprintf("init container %s runs for %s", c.Name, a.start(c, true)))
		}
	}
	how := "which --startup says"
	if a.ByProbes {
		how = "nothing bounds it but --startup"
	}
	return append(texts, fmt.Sprintf("a pod of the Job runs for %s, %s, and succeeds", a.runs(), how), "pods that are created together behave alike")
}

// look implements controller.
func (j *job) look() (s Step, ready int64) {
	status := &JobStatus{Active: j.running(), Succeeded: j.successes(), Failed: j.failed, Phase: j.phase.String(), Reason: j.reason}
	for i := range j.active {
		if j.active[i].isReady(j.now) {
			status.Ready += j.active[i].count()
		}
	}
	if j.spec.Indexed {
		status.CompletedIndexes = j.completed.below(j.indexes()).String()
		status.FailedIndexes = j.failures.below(j.indexes()).String()
	}
	switch {
	case j.gone:
		status = &JobStatus{Phase: "gone"}
	case j.phase == jobRuns && j.suspended:
		status.Phase = "Suspended"
	}
	s = Step{JobStatus: status, Pods: status.Active, Terminating: j.terminating(), Available: status.Ready}
	s.Conditions = Conditions{Available: true, Progressing: true, None: true}
	return s, status.Ready
}

// outcome implements controller.
func (j *job) outcome(sc Scenario) Outcome {
	switch {
	case j.phase == jobComplete || j.phase == jobSucceeds && j.gone:
		return Complete
	case j.phase == jobFailed || j.phase == jobFails:
		return Failed
	case !j.created:
		return Nothing
	case j.suspended || j.spec.Parallelism == 0:
		return Paused
	case sc.runsToEnd() && j.kubelet.readiness != Manual && j.running() > 0:
		return Stalled
	default:
		return Waiting
	}
}

// dangers implements controller.
func (j *job) dangers(Step, extremes) []Hazard { return nil }
