package trace

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/planner"
)

// jobSpec reads a spec line with the API server's defaults.
func jobSpec(fields Fields) (planner.Spec, error) {
	job := &planner.JobSpec{Parallelism: 1, BackoffLimit: 6}
	var rule planner.SuccessRule
	given := func(key string) bool { _, ok := fields.Get(key); return ok }
	if !given("completions") && !given("parallelism") {
		one := int32(1)
		job.Completions = &one
	}
	if given("backoffLimitPerIndex") {
		job.BackoffLimit = 1<<31 - 1
	}
	var exits, disruptions []planner.FailureRule
	for _, f := range fields {
		n, numeric := strconv.ParseInt(f.Value, 10, 64)
		small := int32(n)
		switch f.Key {
		case "kind", "onExit", "onDisruption", "suspend", "completionMode", "podReplacementPolicy", "restartPolicy", "succeededIndexes":
			numeric = nil
		}
		if numeric != nil {
			return planner.Spec{}, fmt.Errorf("%s: %w", f.Key, numeric)
		}
		switch f.Key {
		case "kind":
		case "completions":
			job.Completions = &small
		case "parallelism":
			job.Parallelism = small
		case "completionMode":
			job.Indexed = f.Value == "Indexed"
		case "backoffLimit":
			job.BackoffLimit = small
		case "backoffLimitPerIndex":
			job.BackoffLimitPerIndex = &small
		case "maxFailedIndexes":
			job.MaxFailedIndexes = &small
		case "activeDeadlineSeconds":
			job.ActiveDeadlineSeconds = &n
		case "ttlSecondsAfterFinished":
			job.TTLSecondsAfterFinished = &small
		case "suspend":
			job.Suspend = f.Value == "true"
		case "restartPolicy":
			job.RestartInPlace = f.Value == "OnFailure"
		case "podReplacementPolicy":
			job.ReplaceFailedOnly = f.Value == "Failed"
		case "onDisruption":
			disruptions = []planner.FailureRule{{Action: planner.FailureAction(f.Value), Disruption: true}}
		case "onExit":
			for _, part := range strings.Split(f.Value, ",") {
				code, action, _ := strings.Cut(part, ":")
				n, err := number(code)
				if err != nil {
					return planner.Spec{}, err
				}
				exits = append(exits, planner.FailureRule{Action: planner.FailureAction(action), ExitCodes: []int32{n}})
			}
		case "succeededIndexes":
			ranges, err := indexes(f.Value)
			if err != nil {
				return planner.Spec{}, err
			}
			rule.Indexes = ranges
		case "succeededCount":
			rule.Count = &small
		default:
			return planner.Spec{}, fmt.Errorf("a Job has no %s", f.Key)
		}
	}
	job.FailurePolicy = append(disruptions, exits...)
	if len(job.FailurePolicy) > 0 && !given("podReplacementPolicy") {
		job.ReplaceFailedOnly = true
	}
	if rule.Indexes != nil || rule.Count != nil {
		job.SuccessPolicy = []planner.SuccessRule{rule}
	}
	return planner.Spec{Kind: planner.Job, Job: job}, nil
}

// indexes reads 0-2,4.
func indexes(text string) (ranges []planner.IndexRange, err error) {
	for _, part := range strings.Split(text, ",") {
		from, to, ranged := strings.Cut(part, "-")
		if !ranged {
			to = from
		}
		first, err1 := strconv.ParseInt(from, 10, 64)
		last, err2 := strconv.ParseInt(to, 10, 64)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("%q are no indexes", text)
		}
		ranges = append(ranges, planner.IndexRange{First: first, Last: last})
	}
	return ranges, nil
}

func jobEvent(a Act) (planner.Event, error) {
	e := planner.Event{Type: planner.EventType(a.Type)}
	pods := &planner.JobPods{}
	for _, f := range a.Fields {
		n, err := number(f.Value)
		switch {
		case f.Key == "suspend" || f.Key == "disruption" || f.Key == "time" || f.Key == "rounds":
		case err != nil:
			return e, fmt.Errorf("%s=%s: %w", f.Key, f.Value, err)
		}
		switch f.Key {
		case "parallelism", "completions", "activeDeadlineSeconds", "suspend":
			if e.Edit == nil {
				e.Edit = &planner.Edit{Job: &planner.JobEdit{}}
			}
		}
		switch f.Key {
		case "parallelism":
			e.Edit.Job.Parallelism = &n
		case "completions":
			e.Edit.Job.Completions = &n
		case "activeDeadlineSeconds":
			long := int64(n)
			e.Edit.Job.ActiveDeadlineSeconds = &long
		case "suspend":
			on := f.Value == "true"
			e.Edit.Job.Suspend = &on
		case "index":
			pods.Index = &n
		case "exitCode":
			pods.ExitCode = n
		case "disruption":
			pods.Disruption = f.Value == "true"
		default:
			if err := setEvent(&e, f); err != nil {
				return e, err
			}
		}
	}
	if *pods != (planner.JobPods{}) {
		e.Job = pods
	}
	return e, nil
}

// jobWords is a Job's step as a trace has it.
func jobWords(s planner.Step) string {
	j := s.JobStatus
	if j == nil || j.Phase == "gone" {
		return "gone"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "active=%d ready=%d succeeded=%d failed=%d", j.Active, j.Ready, j.Succeeded, j.Failed)
	if s.Terminating > 0 {
		fmt.Fprintf(&b, " terminating=%d", s.Terminating)
	}
	if j.CompletedIndexes != "" {
		fmt.Fprintf(&b, " completed=%s", j.CompletedIndexes)
	}
	if j.FailedIndexes != "" {
		fmt.Fprintf(&b, " failedIndexes=%s", j.FailedIndexes)
	}
	if j.Phase != "" {
		b.WriteString(" " + j.Phase)
	}
	if j.Reason != "" {
		b.WriteString("(" + j.Reason + ")")
	}
	return b.String()
}
