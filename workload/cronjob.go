package workload

import (
	"strings"

	"github.com/rollcast/rollcast/internal/schedule"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// readCronJob reads what the planner needs of a CronJob, with the defaults of
// batch/v1: Allow, three Jobs kept that succeeded and one that failed.
func (w *Workload) readCronJob(r *reader) (fault string) {
	field := func(key string) manifest.Path { return manifest.Keys("spec", key) }
	if fault = w.readJob(r, manifest.Keys("spec", "jobTemplate", "spec")); fault != "" {
		return fault
	}
	c := &planner.CronSpec{}
	ok := true
	word := func(key, absent string) string {
		s, fine := r.str(field(key), absent)
		ok = ok && fine
		return s
	}
	c.Schedule, c.TimeZone = word("schedule", ""), word("timeZone", "")
	c.Concurrency = planner.ConcurrencyPolicy(word("concurrencyPolicy", string(planner.AllowConcurrent)))
	if n, fine := r.int64(field("startingDeadlineSeconds"), 0); !fine {
		ok = false
	} else if r.node(field("startingDeadlineSeconds")) != nil {
		c.StartingDeadlineSeconds = &n
	}
	c.Suspend, _ = r.bool(field("suspend"))
	c.SuccessfulJobsHistoryLimit, _ = r.int32(field("successfulJobsHistoryLimit"), 3)
	c.FailedJobsHistoryLimit, _ = r.int32(field("failedJobsHistoryLimit"), 1)
	var err error
	if c.Next, err = schedule.Parse(c.Schedule, c.TimeZone); !ok || err != nil {
		return "spec.schedule cannot be read"
	}
	w.CronSpec = c
	return ""
}

// cronJobSpec is what the planner simulates of a CronJob.
func (w *Workload) cronJobSpec() planner.Spec {
	cron := *w.CronSpec
	cron.At = w.At
	return planner.Spec{Kind: planner.CronJob, Cron: &cron, Job: w.JobSpec, Pod: w.Pod.planned()}
}

// keptSpec is what the planner simulates of a workload whose pods a new
// template does not replace.
func (w *Workload) keptSpec(replicas int32) planner.Spec {
	return planner.Spec{Kind: planner.Kind(w.Kind), Replicas: replicas, MinReadySeconds: w.MinReadySeconds, Static: w.static(), Pod: w.Pod.planned()}
}

// static says that a Pod is not the API server's: it carries the annotation by
// which a kubelet says where it has it from, or lies where kubeadm's kubelets
// look for such files.
func (w *Workload) static() bool {
	if w.Kind != BarePod {
		return false
	}
	annotations := w.Document.Root.Get("metadata").Get("annotations")
	return annotations.Get("kubernetes.io/config.source") != nil || annotations.Get("kubernetes.io/config.mirror") != nil ||
		strings.Contains("/"+w.Document.File.Name, "/etc/kubernetes/manifests/")
}
