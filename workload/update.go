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
}

// A Run is what a Job, or each Job of a CronJob, does.
type Run struct {
	Path                  manifest.Path // of the Job's spec
	Completions           *int32        // nil where it is absent
	Parallelism           int32         // 1 where it is absent
	ActiveDeadlineSeconds *int64        // nil where it is absent
	Indexed               bool
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
	if !ok1 || !ok2 || !ok3 {
		return nil
	}
	u := &Update{OnDelete: kind == "OnDelete", Partition: partition}
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
