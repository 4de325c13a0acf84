package play

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/apiserver"
	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/planner"
)

// CronJob plays the scenario of a trace on the CronJob controller.
//
//	spec kind=CronJob schedule=*/5_*_*_*_* timeZone=Europe/Berlin
//	     concurrencyPolicy=Forbid startingDeadlineSeconds=60 suspend=true
//	     successfulJobsHistoryLimit=3 failedJobsHistoryLimit=1
//	     at=2026-01-05T10:00:00Z jobTime=7m jobsFail=true
//
// A schedule has _ for blanks. at is when the scenario begins, jobTime how long
// each Job runs, 0 for ever. The first event is create; later ones may edit
// suspend, schedule and jobTime.
//
// A state lists the runs so far in UTC: the slot, when it started if that is
// later, and what became of it (running, complete, failed, replaced), with a -
// if the Job is deleted by now.
//
//	10:05=complete 10:10@10:12=running
func CronJob(t *testing.T, controllers cluster.Controllers, script trace.Text, options Options) (states [][]string, err error) {
	f := &form{fields: script.Spec}
	at, err := time.Parse(time.RFC3339, f.str("at", "2026-01-05T10:00:00Z"))
	if err != nil {
		return nil, err
	}
	j := &cronJob{at: at}
	if j.object, err = cronJobObject(f); err != nil {
		return nil, err
	}
	j.jobTime(f)
	if err := f.done(); err != nil {
		return nil, err
	}
	log := options.observe()
	o := cluster.Options{
		Second: time.Second, At: at, Seed: options.Seed, Latency: options.Latency,
		Observe: func(kind watch.EventType, object apiserver.Object) {
			j.observe(kind, object)
			if log != nil {
				log(kind, object)
			}
		},
	}
	err = cluster.Run(t, controllers, o, func(c *cluster.Cluster) error {
		j.Cluster = c
		states, err = perform[trace.Act, string](j, Script[trace.Act, string](script.Acts))
		return err
	})
	return states, err
}

// A cronJob is one CronJob in a cluster of its own, with Jobs that end by the
// clock.
type cronJob struct {
	*cluster.Cluster
	at       time.Time
	object   *batchv1.CronJob
	created  bool
	takes    time.Duration // of a Job
	jobsFail bool
	runs     []*cronRun
}

// A cronRun is a Job that was started.
type cronRun struct {
	uid                types.UID
	scheduled, started time.Time
	takes              time.Duration // 0 for ever
	outcome            string
	deleted            bool
}

const running = "running"

func (j *cronJob) jobTime(f *form) {
	if _, given := f.fields.Get("jobTime"); given {
		j.takes = f.duration("jobTime")
	}
	if _, given := f.fields.Get("jobsFail"); given {
		j.jobsFail = f.bool("jobsFail")
	}
}

// observe keeps the runs: in one event a Job may come and go.
func (j *cronJob) observe(kind watch.EventType, object apiserver.Object) {
	job, ok := object.(*batchv1.Job)
	if !ok {
		return
	}
	i := slices.IndexFunc(j.runs, func(r *cronRun) bool { return r.uid == job.UID })
	switch {
	case kind == watch.Added:
		scheduled, _ := time.Parse(time.RFC3339, job.Annotations[batchv1.CronJobScheduledTimestampAnnotation]) // the controller writes it
		started := job.CreationTimestamp.Time
		if now := j.Now(); started.After(now) { // what several events took to settle has added up
			started = now
		}
		j.runs = append(j.runs, &cronRun{uid: job.UID, scheduled: scheduled, started: started, takes: j.takes, outcome: running})
	case kind == watch.Deleted:
		j.runs[i].deleted = true
		if j.runs[i].outcome == running {
			j.runs[i].outcome = "replaced"
		}
	}
}

// state implements player.
func (j *cronJob) state() (string, error) {
	var words []string
	for _, r := range j.runs {
		word := j.clock(r.scheduled)
		if !r.started.Equal(r.scheduled) {
			word += "@" + j.clock(r.started)
		}
		word += "=" + r.outcome
		if r.deleted {
			word += "-"
		}
		words = append(words, word)
	}
	if words == nil {
		return "none", nil
	}
	return strings.Join(words, " "), nil
}

// clock writes a time without what it shares with the scenario's beginning.
func (j *cronJob) clock(t time.Time) string {
	form := "15:04"
	if t.Second() != 0 {
		form = "15:04:05"
	}
	if t.UTC().Format(time.DateOnly) != j.at.UTC().Format(time.DateOnly) {
		form = "01-02T" + form
	}
	return t.UTC().Format(form)
}

// rounds implements player. A CronJob has no rounds: its clock runs in waits.
func (j *cronJob) rounds(trace.Act) (int, bool) { return 0, false }

// round implements player.
func (j *cronJob) round() (bool, error) { return false, nil }

// act implements player.
func (j *cronJob) act(a trace.Act) error {
	f := &form{fields: a.Fields}
	switch planner.EventType(a.Type) {
	case eventCreate:
		if j.created {
			return refuse("the CronJob exists already")
		}
		j.created = true
		if err := j.Server.Do(func(w apiserver.World) error { return w.Create(apiserver.CronJobs, j.object) }); err != nil {
			return err
		}
	case planner.EventEdit:
		if !j.created {
			return refuse("there is no CronJob")
		}
		j.jobTime(f)
		err := j.Server.Do(func(w apiserver.World) error {
			stored := apiserver.List[*batchv1.CronJob](w, apiserver.CronJobs)[0]
			return apiserver.Change(w, apiserver.CronJobs, stored, func(o *batchv1.CronJob) error {
				editCronJob(&o.Spec, f)
				return f.done()
			})
		})
		if err != nil {
			return err
		}
	case planner.EventWait:
		return j.wait(f.duration("time"))
	default:
		return refuse(fmt.Sprintf("%s has no meaning for a CronJob", a.Type))
	}
	return j.Settle()
}

// wait lets time pass. Jobs end on the way.
func (j *cronJob) wait(d time.Duration) error {
	until := j.Now().Add(d)
	for {
		next := until
		for _, r := range j.runs {
			if end := r.started.Add(r.takes); r.outcome == running && r.takes > 0 && end.Before(next) {
				next = end
			}
		}
		// A Job that starts on the way may end on the way.
		if minute := j.Now().Add(time.Minute); minute.Before(next) {
			next = minute
		}
		if err := j.PassBy(next.Sub(j.Now())); err != nil {
			return err
		}
		if err := j.Server.Do(j.endJobs); err != nil {
			return err
		}
		if err := j.Settle(); err != nil {
			return err
		}
		if !next.Before(until) {
			return nil
		}
	}
}

// endJobs ends the Jobs whose time is over.
func (j *cronJob) endJobs(w apiserver.World) error {
	for _, r := range j.runs {
		if r.outcome != running || r.takes == 0 || r.started.Add(r.takes).After(j.Now()) {
			continue
		}
		jobs := apiserver.List[*batchv1.Job](w, apiserver.Jobs)
		i := slices.IndexFunc(jobs, func(job *batchv1.Job) bool { return job.UID == r.uid })
		now := metav1.NewTime(j.Now())
		err := apiserver.ChangeStatus(w, apiserver.Jobs, jobs[i], func(job *batchv1.Job) error {
			word := batchv1.JobComplete
			r.outcome = "complete"
			if j.jobsFail {
				word, r.outcome = batchv1.JobFailed, "failed"
			} else {
				job.Status.CompletionTime = &now
			}
			job.Status.Conditions = []batchv1.JobCondition{{Type: word, Status: corev1.ConditionTrue, LastTransitionTime: now}}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// cronJobObject is the object of a spec line, with the API server's defaults.
func cronJobObject(f *form) (*batchv1.CronJob, error) {
	f.str("kind", "")
	three, one, manual, suspend := int32(3), int32(1), false, false
	c := &batchv1.CronJob{ObjectMeta: metav1.ObjectMeta{Name: "web"}}
	c.Spec = batchv1.CronJobSpec{
		ConcurrencyPolicy:          batchv1.ConcurrencyPolicy(f.str("concurrencyPolicy", string(batchv1.AllowConcurrent))),
		SuccessfulJobsHistoryLimit: &three,
		FailedJobsHistoryLimit:     &one,
		StartingDeadlineSeconds:    f.opt64("startingDeadlineSeconds"),
		Suspend:                    &suspend, // an edit to false is then none
		JobTemplate:                batchv1.JobTemplateSpec{Spec: batchv1.JobSpec{ManualSelector: &manual}},
	}
	setTemplate(&c.Spec.JobTemplate.Spec.Template, 1)
	if n := f.opt("successfulJobsHistoryLimit"); n != nil {
		c.Spec.SuccessfulJobsHistoryLimit = n
	}
	if n := f.opt("failedJobsHistoryLimit"); n != nil {
		c.Spec.FailedJobsHistoryLimit = n
	}
	if zone, given := f.read("timeZone"); given {
		c.Spec.TimeZone = &zone
	}
	editCronJob(&c.Spec, f)
	return c, f.err
}

// editCronJob changes the fields that an edit may change.
func editCronJob(spec *batchv1.CronJobSpec, f *form) {
	if value, given := f.read("suspend"); given {
		suspend := value == "true"
		spec.Suspend = &suspend
	}
	if schedule, given := f.read("schedule"); given {
		spec.Schedule = strings.ReplaceAll(schedule, "_", " ")
	}
}
