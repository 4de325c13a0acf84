package trace

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rollcast/rollcast/internal/schedule"
	"github.com/rollcast/rollcast/planner"
)

// cronJobSpec reads a spec line, and when the scenario begins.
func cronJobSpec(fields Fields) (planner.Spec, time.Time, error) {
	forever := time.Duration(0)
	c := &planner.CronSpec{Concurrency: planner.AllowConcurrent, SuccessfulJobsHistoryLimit: 3, FailedJobsHistoryLimit: 1, Takes: &forever}
	at := planner.DefaultAt
	for _, f := range fields {
		var err error
		switch f.Key {
		case "kind":
		case "schedule":
			c.Schedule = strings.ReplaceAll(f.Value, "_", " ")
		case "timeZone":
			c.TimeZone = f.Value
		case "concurrencyPolicy":
			c.Concurrency = planner.ConcurrencyPolicy(f.Value)
		case "startingDeadlineSeconds":
			c.StartingDeadlineSeconds = new(int64)
			*c.StartingDeadlineSeconds, err = strconv.ParseInt(f.Value, 10, 64)
		case "suspend":
			c.Suspend = f.Value == "true"
		case "successfulJobsHistoryLimit":
			c.SuccessfulJobsHistoryLimit, err = number(f.Value)
		case "failedJobsHistoryLimit":
			c.FailedJobsHistoryLimit, err = number(f.Value)
		case "at":
			at, err = time.Parse(time.RFC3339, f.Value)
		case "jobTime":
			*c.Takes, err = time.ParseDuration(f.Value)
		case "jobsFail":
			c.JobsFail = f.Value == "true"
		default:
			err = fmt.Errorf("a CronJob has no %s", f.Key)
		}
		if err != nil {
			return planner.Spec{}, at, err
		}
	}
	c.Next, _ = schedule.Parse(c.Schedule, c.TimeZone) // a fault is a CronJob that starts nothing
	return planner.Spec{Kind: planner.CronJob, Cron: c}, at, nil
}

func cronJobEvent(a Act) (planner.Event, error) {
	e := planner.Event{Type: planner.EventType(a.Type)}
	if e.Type != planner.EventEdit {
		for _, f := range a.Fields {
			if err := setEvent(&e, f); err != nil {
				return e, err
			}
		}
		return e, nil
	}
	edit := &planner.CronEdit{}
	for _, f := range a.Fields {
		var err error
		switch f.Key {
		case "suspend":
			on := f.Value == "true"
			edit.Suspend = &on
		case "schedule":
			edit.Schedule = strings.ReplaceAll(f.Value, "_", " ")
			edit.Reads = schedule.In(edit.Schedule)
		case "jobTime":
			edit.Takes = new(time.Duration)
			*edit.Takes, err = time.ParseDuration(f.Value)
		default:
			err = fmt.Errorf("a CronJob has no %s", f.Key)
		}
		if err != nil {
			return e, err
		}
	}
	e.Edit = &planner.Edit{Cron: edit}
	return e, nil
}

// cronJobWords is a CronJob's step as a trace has it. Times are written
// without the date that they share with the scenario's beginning.
func cronJobWords(s planner.Step, at time.Time) string {
	clock := func(t time.Time) string {
		form := "15:04"
		if t.Second() != 0 {
			form = "15:04:05"
		}
		if t.UTC().Format(time.DateOnly) != at.UTC().Format(time.DateOnly) {
			form = "01-02T" + form
		}
		return t.UTC().Format(form)
	}
	var words []string
	for _, r := range s.Runs {
		word := clock(r.Scheduled)
		if !r.Started.Equal(r.Scheduled) {
			word += "@" + clock(*r.Started)
		}
		word += "=" + r.Outcome
		if r.Deleted {
			word += "-"
		}
		words = append(words, word)
	}
	if words == nil {
		return "none"
	}
	return strings.Join(words, " ")
}
