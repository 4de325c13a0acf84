package cli

import (
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// eventReaders read what stands behind each event's name.
var eventReaders = []struct {
	event planner.EventType
	read  func(r *nodeReader, p manifest.Path, e *planner.Event)
}{
	{planner.EventUpdate, (*nodeReader).nothing},
	{planner.EventReady, (*nodeReader).podsOfRevision},
	{planner.EventUnready, (*nodeReader).podsOfRevision},
	{planner.EventScale, (*nodeReader).scale},
	{planner.EventEdit, (*nodeReader).edit},
	{planner.EventUndo, (*nodeReader).undo},
	{planner.EventPause, (*nodeReader).nothing},
	{planner.EventResume, (*nodeReader).nothing},
	{planner.EventTerminated, (*nodeReader).nothing},
	{planner.EventDelete, (*nodeReader).remove},
	{planner.EventWait, (*nodeReader).wait},
	{planner.EventRun, (*nodeReader).run},
	{planner.EventCreate, (*nodeReader).nothing},
	{planner.EventFinish, (*nodeReader).jobPods},
	{planner.EventFail, (*nodeReader).jobPods},
	{planner.EventNode, (*nodeReader).nodes},
}

func eventNames() []string {
	names := make([]string, len(eventReaders))
	for i, e := range eventReaders {
		names[i] = string(e.event)
	}
	return names
}

func (r *nodeReader) nothing(p manifest.Path, _ *planner.Event) {
	if n := r.doc.Root.At(p); n.Kind != manifest.Mapping || len(n.Pairs) > 0 {
		r.faultf(p, "%s takes no settings: write `%[1]s: {}`", p[len(p)-1].Key)
	}
}

func (r *nodeReader) podsOfRevision(p manifest.Path, e *planner.Event) {
	fields := r.fields(p, "revision", "pods", "index")
	if fields == nil {
		return
	}
	if n := fields["index"]; n != nil { // a pod of an Indexed Job
		index := r.number(p.Append(manifest.Key("index")), n, 0)
		e.Job = &planner.JobPods{Index: &index}
		if fields["pods"] == nil {
			return
		}
	}
	if fields["pods"] == nil {
		r.faultf(p, "pods is missing: write `%s: {revision: 2, pods: 3}`", p[len(p)-1].Key)
		return
	}
	if n := fields["revision"]; n != nil { // the pods of a Job have none
		e.Revision = int(r.number(p.Append(manifest.Key("revision")), n, 1))
	}
	e.Pods = r.number(p.Append(manifest.Key("pods")), fields["pods"], 1)
}

// remove reads a pod of a StatefulSet by its ordinal, or pods of a revision.
func (r *nodeReader) remove(p manifest.Path, e *planner.Event) {
	at := p.Append(manifest.Key("ordinal"))
	n := r.doc.Root.At(at)
	if n == nil {
		r.podsOfRevision(p, e)
		return
	}
	if r.fields(p, "ordinal") != nil {
		ordinal := r.number(at, n, 0)
		e.Ordinal = &ordinal
	}
}

func (r *nodeReader) scale(p manifest.Path, e *planner.Event) {
	e.Replicas = r.number(p, r.doc.Root.At(p), 0)
}

func (r *nodeReader) undo(p manifest.Path, e *planner.Event) {
	if to := r.fields(p, "to")["to"]; to != nil {
		e.To = int(r.number(p.Append(manifest.Key("to")), to, 1))
	}
}

func (r *nodeReader) wait(p manifest.Path, e *planner.Event) {
	n := r.doc.Root.At(p)
	if n.Kind != manifest.String {
		r.faultf(p, "wait needs a duration such as 600s")
		return
	}
	d, err := parseDuration(n.Text)
	if err != nil {
		r.faultf(p, "%s", err)
	}
	e.Wait = d
}

func (r *nodeReader) run(p manifest.Path, e *planner.Event) {
	n := r.doc.Root.At(p)
	if n.Kind == manifest.String && n.Text == "end" {
		e.Rounds = planner.RunToEnd
		return
	}
	if n.Kind != manifest.Int {
		r.faultf(p, "run needs a number of rounds, or end")
		return
	}
	e.Rounds = int(r.number(p, n, 1))
}

func (r *nodeReader) edit(p manifest.Path, e *planner.Event) {
	fields := r.fields(p, "strategy", "maxSurge", "maxUnavailable", "minReadySeconds", "progressDeadlineSeconds", "revisionHistoryLimit", "partition",
		"parallelism", "completions", "activeDeadlineSeconds", "suspend", "schedule")
	if fields == nil {
		return
	}
	if len(fields) == 0 {
		r.faultf(p, "edit changes nothing: name a field, such as `edit: {maxSurge: 2}`")
	}
	edit := &planner.Edit{}
	if n := fields["strategy"]; n != nil {
		t := planner.StrategyType(r.word(p.Append(manifest.Key("strategy")), n, []string{string(planner.RollingUpdate), string(planner.Recreate), string(planner.OnDelete)}))
		edit.Strategy = &t
	}
	count := func(key string) (v *planner.IntOrPercent) {
		if n := fields[key]; n != nil {
			v = r.pods(p.Append(manifest.Key(key)), n)
		}
		return v
	}
	number := func(key string) (v *int32) {
		if n := fields[key]; n != nil {
			i := r.number(p.Append(manifest.Key(key)), n, 0)
			v = &i
		}
		return v
	}
	edit.MaxSurge, edit.MaxUnavailable = count("maxSurge"), count("maxUnavailable")
	edit.MinReadySeconds = number("minReadySeconds")
	edit.ProgressDeadlineSeconds = number("progressDeadlineSeconds")
	edit.RevisionHistoryLimit = number("revisionHistoryLimit")
	edit.Partition = number("partition")
	r.editJob(p, fields, edit)
	e.Edit = edit
}
