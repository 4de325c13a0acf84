package workload

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// An Update is the updateStrategy of a StatefulSet or DaemonSet.
type Update struct {
	OnDelete  bool
	Partition int32 // StatefulSet: lower ordinals keep the old version
	// MaxSurge is how many nodes of a DaemonSet may have an old and a new pod;
	// 0 where it is absent.
	MaxSurge planner.IntOrPercent
	// MaxUnavailable is how many nodes of a DaemonSet may be without a pod; 1
	// where it is absent.
	MaxUnavailable planner.IntOrPercent
}

// A Run is what a Job, or each Job of a CronJob, does.
type Run struct {
	Path                    manifest.Path // of the Job's spec
	Completions             *int32        // nil where it is absent
	Parallelism             int32         // 1 where it is absent
	ActiveDeadlineSeconds   *int64        // nil where it is absent
	Indexed                 bool
	BackoffLimit            int32  // 6 where it is absent
	TTLSecondsAfterFinished *int32 // nil where it is absent
	// Hook says that a tool runs the Job around its deployments and removes it
	// by itself: a hook of Helm or Argo CD.
	Hook bool
}

// A Timetable is when a CronJob starts its Jobs.
type Timetable struct {
	Schedule                string
	ConcurrencyPolicy       string // Allow where it is absent
	PolicyDeclared          bool   // the manifest writes concurrencyPolicy
	StartingDeadlineSeconds *int64 // nil where it is absent
}

// readUpdate is nil where it cannot be read.
func (r *reader) readUpdate() *Update {
	field := func(keys ...string) manifest.Path {
		return manifest.Keys("spec", "updateStrategy").Append(manifest.Keys(keys...)...)
	}
	kind, ok1 := r.str(field("type"), "RollingUpdate")
	partition, ok2 := r.int32(field("rollingUpdate", "partition"), 0)
	surge, ok3 := r.share(field("rollingUpdate", "maxSurge"))
	unavailable, ok4 := r.share(field("rollingUpdate", "maxUnavailable"))
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return nil
	}
	u := &Update{OnDelete: kind == "OnDelete", Partition: partition, MaxUnavailable: planner.Count(1)}
	if unavailable != nil {
		u.MaxUnavailable = *unavailable
	}
	if surge != nil {
		u.MaxSurge = *surge
	}
	return u
}

// readRun reads the Job whose spec stands at the path.
func (r *reader) readRun(path manifest.Path) *Run {
	field := func(key string) manifest.Path { return path.Append(manifest.Key(key)) }
	run := &Run{Path: path}
	if n, ok := r.int32(field("completions"), 0); ok && r.node(field("completions")) != nil {
		run.Completions = &n
	}
	run.Parallelism, _ = r.int32(field("parallelism"), 1)
	if n, ok := r.int64(field("activeDeadlineSeconds"), 0); ok && r.node(field("activeDeadlineSeconds")) != nil {
		run.ActiveDeadlineSeconds = &n
	}
	mode, _ := r.str(field("completionMode"), "")
	run.Indexed = mode == "Indexed"
	run.BackoffLimit, _ = r.int32(field("backoffLimit"), 6)
	if n, ok := r.int32(field("ttlSecondsAfterFinished"), 0); ok && r.node(field("ttlSecondsAfterFinished")) != nil {
		run.TTLSecondsAfterFinished = &n
	}
	annotations, _ := r.strings(manifest.Keys("metadata", "annotations"))
	for key := range annotations {
		run.Hook = run.Hook || key == "helm.sh/hook" || key == "argocd.argoproj.io/hook"
	}
	return run
}

func (r *reader) readTimetable() *Timetable {
	field := func(key string) manifest.Path { return manifest.Keys("spec", key) }
	t := &Timetable{}
	t.Schedule, _ = r.str(field("schedule"), "")
	t.PolicyDeclared = r.node(field("concurrencyPolicy")) != nil
	t.ConcurrencyPolicy, _ = r.str(field("concurrencyPolicy"), "Allow")
	if n, ok := r.int64(field("startingDeadlineSeconds"), 0); ok && r.node(field("startingDeadlineSeconds")) != nil {
		t.StartingDeadlineSeconds = &n
	}
	return t
}
