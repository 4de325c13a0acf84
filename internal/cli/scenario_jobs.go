package cli

import (
	"github.com/rollcast/rollcast/internal/schedule"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// jobPods reads pods of a Job that finish or fail: so many, or one by its
// index.
func (r *nodeReader) jobPods(p manifest.Path, e *planner.Event) {
	known := []string{"pods", "index"}
	if e.Type == planner.EventFail {
		known = append(known, "exitCode", "disruption")
	}
	fields := r.fields(p, known...)
	if fields == nil {
		return
	}
	at := func(key string) manifest.Path { return p.Append(manifest.Key(key)) }
	if fields["pods"] == nil && fields["index"] == nil {
		r.faultf(p, "pods is missing: write `%s: {pods: 1}` or `%[1]s: {index: 0}`", name(p))
		return
	}
	if n := fields["pods"]; n != nil {
		e.Pods = r.number(at("pods"), n, 1)
	}
	job := &planner.JobPods{}
	if n := fields["index"]; n != nil {
		index := r.number(at("index"), n, 0)
		job.Index = &index
	}
	if n := fields["exitCode"]; n != nil {
		job.ExitCode = r.number(at("exitCode"), n, 1)
	}
	if n := fields["disruption"]; n != nil {
		job.Disruption = r.flag(at("disruption"), n)
	}
	if *job != (planner.JobPods{}) {
		e.Job = job
	}
}

// flag is true or false.
func (r *nodeReader) flag(p manifest.Path, n *manifest.Node) bool {
	if n.Kind != manifest.Bool {
		r.faultf(p, "%s must be true or false", name(p))
	}
	return n.Text == "true"
}

// nodes reads nodes that go down or come up.
func (r *nodeReader) nodes(p manifest.Path, e *planner.Event) {
	fields := r.fields(p, "down", "up")
	if fields == nil {
		return
	}
	if len(fields) != 1 {
		r.faultf(p, "write `node: {down: 1}` or `node: {up: 1}`")
		return
	}
	if n := fields["down"]; n != nil {
		e.Down = r.number(p.Append(manifest.Key("down")), n, 1)
	}
	if n := fields["up"]; n != nil {
		e.Up = r.number(p.Append(manifest.Key("up")), n, 1)
	}
}

// editJob reads the fields of an edit that belong to a Job or a CronJob; both
// have suspend, which a CronJob takes from its own part.
func (r *nodeReader) editJob(p manifest.Path, fields map[string]*manifest.Node, edit *planner.Edit) {
	at := func(key string) manifest.Path { return p.Append(manifest.Key(key)) }
	job := &planner.JobEdit{}
	number := func(key string, least int32) *int32 {
		n := fields[key]
		if n == nil {
			return nil
		}
		v := r.number(at(key), n, least)
		return &v
	}
	job.Parallelism, job.Completions = number("parallelism", 0), number("completions", 0)
	if v := number("activeDeadlineSeconds", 1); v != nil {
		long := int64(*v)
		job.ActiveDeadlineSeconds = &long
	}
	if n := fields["suspend"]; n != nil {
		on := r.flag(at("suspend"), n)
		job.Suspend = &on
	}
	if *job != (planner.JobEdit{}) {
		edit.Job = job
	}
	if n := fields["schedule"]; n != nil {
		_, err := schedule.Parse(n.Text, "")
		if n.Kind != manifest.String || err != nil {
			r.faultf(at("schedule"), "schedule must be a cron schedule such as \"*/5 * * * *\"")
			return
		}
		edit.Cron = &planner.CronEdit{Schedule: n.Text, Reads: schedule.In(n.Text)}
	}
}
