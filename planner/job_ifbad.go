package planner

import "fmt"

// A BadImage is what becomes of a Job, or of a CronJob's, whose image cannot be
// pulled. Its pods wait and never fail, so no limit of failures is ever
// reached: only activeDeadlineSeconds ends such a Job, or someone who notices.
type BadImage struct {
	Outcome              Outcome `json:"outcome"`                        // failed by the deadline, else stalled
	WaitingPods          int64   `json:"waitingPods"`                    // of one Job
	DetectedAfterSeconds int64   `json:"detectedAfterSeconds,omitempty"` // activeDeadlineSeconds
	Why                  string  `json:"why"`
}

// jobGoesWrong is what becomes of a Job whose pods fail as soon as they run, and
// of one whose image is bad. It is nil where the scenario is not the creation
// and a run to the end, or where no pod is started.
func jobGoesWrong(spec Spec, sc Scenario) *IfBad {
	if len(sc.Events) != 2 || sc.Events[0].Type != EventCreate || !sc.runsToEnd() {
		return nil
	}
	j := &job{spec: *spec.Job, kubelet: kubelet{readiness: Manual}}
	if j.apply(Event{Type: EventCreate}) != nil || j.running() == 0 {
		return nil
	}
	bad := jobIfBad(spec, sc)
	if spec.Job.RestartInPlace {
		bad = restartsIfBad(*spec.Job, j.running())
	}
	if bad == nil {
		bad = &IfBad{Outcome: Stalled, Revisions: []Revision{}, Undo: []Step{}}
	}
	bad.Image = badImage(*spec.Job, j.running())
	if d := bad.Image.DetectedAfterSeconds; d > 0 {
		bad.Image.Why += fmt.Sprintf("; activeDeadlineSeconds ends the Job after %d s", d)
	} else {
		bad.Image.Why += "; nothing ends the Job, which has no activeDeadlineSeconds"
	}
	return bad
}

// badImage is one Job whose pods wait for their image.
func badImage(s JobSpec, pods int64) *BadImage {
	b := &BadImage{Outcome: Stalled, WaitingPods: pods, Why: "1 pod waits for its image, and never counts as failed"}
	if pods != 1 {
		b.Why = fmt.Sprintf("%d pods wait for their image, and never count as failed", pods)
	}
	if d := s.ActiveDeadlineSeconds; d != nil {
		b.Outcome, b.DetectedAfterSeconds = Failed, *d
	}
	return b
}

// restartsIfBad is what becomes of containers that fail as soon as they run
// where their kubelet restarts them: at once, after 10 s, 20 s, and so on up to
// 5 minutes. The Job fails when the restarts of all its pods are backoffLimit.
//
//	backoffLimit 6, 1 pod:  6 restarts, 0+10+20+40+80+160 = 310 s
//	backoffLimit 6, 3 pods: 2 restarts of each, 0+10 = 10 s
//
// Mirrors pastBackoffLimitOnFailure, and MaxContainerBackOff of the kubelet.
func restartsIfBad(s JobSpec, pods int64) *IfBad {
	each := (max(1, int64(s.BackoffLimit)) + pods - 1) / pods
	var after int64
	for i := int64(2); i <= min(each, 6); i++ {
		after += 10 << (i - 2)
	}
	after += 300 * max(0, each-6)
	if d := s.ActiveDeadlineSeconds; d != nil {
		after = min(after, *d)
	}
	return &IfBad{Outcome: Failed, Revisions: []Revision{}, FailedPods: pods, DetectedAfterSeconds: after, Undo: []Step{}}
}

// cronGoesWrong is what a bad image in a CronJob does to the runs that follow.
func cronGoesWrong(s CronSpec, spec Spec) *IfBad {
	if s.Suspend || s.Next == nil || spec.Job == nil {
		return nil
	}
	one := Spec{Kind: Job, Job: spec.Job, Pod: spec.Pod}
	bad := jobGoesWrong(one, one.DefaultScenario())
	if bad == nil {
		return nil
	}
	deadline := bad.Image.DetectedAfterSeconds
	why := ""
	switch {
	case s.Concurrency == ReplaceConcurrent:
		why = "each slot replaces the Job before it: none of them runs, and none fails"
		if deadline > 0 {
			why = fmt.Sprintf("each slot replaces the Job before it, which fails if it lasts for activeDeadlineSeconds %d s", deadline)
		}
	case deadline > 0 && s.Concurrency == ForbidConcurrent:
		why = fmt.Sprintf("no other run starts until activeDeadlineSeconds ends the Job after %d s", deadline)
	case deadline > 0:
		why = fmt.Sprintf("activeDeadlineSeconds ends each Job after %d s", deadline)
	case s.Concurrency == ForbidConcurrent:
		why = "no other run ever starts, because nothing ends the Job and Forbid waits for it"
	default:
		why = "each slot adds a Job that nothing ends"
	}
	bad.Image.Why = badImage(*spec.Job, bad.Image.WaitingPods).Why + "; " + why
	return bad
}
