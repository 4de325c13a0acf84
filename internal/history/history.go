// Package history reads what past pods of a cluster took: their objects and
// their events, as kubectl get pods,events -o yaml prints them.
//
// A pod's object says when it was created, got a node, started its containers
// and became ready; its events say the same more exactly, and how long each
// image took to pull. Both are put together, pod by pod. Nothing is guessed: a
// pod whose container has been restarted does not say any more how it started,
// and only its way to a node counts.
package history

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// A History is the pods of one or more files.
type History struct {
	pods map[podKey]*pod
	born map[string][]time.Time // by namespace/name: when a controller created a pod of the name
	seen int                    // pods and events that were read
}

// A podKey is a pod. Pods of a StatefulSet follow each other under one name, so
// the uid belongs to it.
type podKey struct{ namespace, name, uid string }

// A pod is what is known of one; a zero time is not known.
type pod struct {
	key       podKey
	owner     owner // nobody for a pod of which only events are known
	hash      string
	created   time.Time
	shown     times // by its object
	said      times // by its events, which are more exact
	ready     time.Time
	unready   time.Time // the last probe that failed, liveness probes aside
	succeeded time.Time
	deleted   time.Time
	ended     time.Time // its containers, after it was deleted
	pulls     time.Duration
	pulled    bool // pulls is known
	restarted bool // what is known of its start may be of a later one
}

// times are those of a pod's start.
type times struct {
	scheduled time.Time
	started   time.Time // its first container
}

func (t *times) start(at time.Time) {
	if t.started.IsZero() || at.Before(t.started) {
		t.started = at
	}
}

type owner struct{ kind, name string }

// New is a history of nothing.
func New() *History {
	return &History{pods: map[podKey]*pod{}, born: map[string][]time.Time{}}
}

// Add reads a file. It is an error at its place where the text is no YAML or
// something that should be a time is none, and an error where the file has
// neither pods nor events; objects of other kinds are left alone.
func (h *History) Add(file *manifest.File) error {
	for _, p := range file.Problems {
		if !p.Warning {
			return fmt.Errorf("%s:%d:%d: %s", file.Name, p.Range.Start.Line, p.Range.Start.Column, p.Message)
		}
	}
	before := h.seen
	for _, d := range file.Documents {
		r := &reader{doc: d}
		switch {
		case d.Kind == "Pod" && d.APIVersion == "v1":
			h.addPod(r)
		case d.Kind == "Event" && (d.APIVersion == "v1" || d.APIVersion == "events.k8s.io/v1"):
			h.addEvent(r)
		default:
			continue
		}
		if r.err != nil {
			return r.err
		}
		h.seen++
	}
	if h.seen == before {
		return fmt.Errorf("%s has neither pods nor events: write it with kubectl get pods,events -o yaml", file.Name)
	}
	return nil
}

// at is the pod of a key, also where only its name is known yet.
func (h *History) at(key podKey) *pod {
	p := h.pods[key]
	if p == nil {
		p = &pod{key: key}
		h.pods[key] = p
	}
	return p
}

// longest is the longest that is taken for a start. A condition Ready that
// changed later than that is a pod that stopped being ready in between.
const longest = time.Hour

// Of is what the pods of a workload took. A workload without a namespace is
// that of the one namespace in which it has pods, or of default.
func (h *History) Of(kind, namespace, name string) planner.Observed {
	var mine []*pod
	for _, p := range h.pods {
		if p.of(kind, name) && (namespace == "" || p.key.namespace == namespace) {
			mine = append(mine, p)
		}
	}
	if namespace == "" && slices.ContainsFunc(mine, func(p *pod) bool { return p.key.namespace != mine[0].key.namespace }) {
		mine = slices.DeleteFunc(mine, func(p *pod) bool { return p.key.namespace != "default" })
	}
	var o planner.Observed
	for _, p := range mine {
		scheduled, started := cmp.Or(p.said.scheduled, p.shown.scheduled), cmp.Or(p.said.started, p.shown.started)
		note(&o.Schedule, cmp.Or(p.created, h.birth(p.key, scheduled)), scheduled)
		note(&o.Shutdown, p.deleted, p.ended)
		if p.restarted {
			continue
		}
		if pull, ok := p.pull(scheduled, started); ok {
			add(&o.Pull, pull)
		}
		note(&o.Run, started, p.succeeded)
		if !p.ready.IsZero() {
			note(&o.Ready, started, p.ready)
		} else {
			note(&o.Unready, started, p.unready)
		}
	}
	if o.Ready != nil {
		o.Unready = nil
	}
	return o
}

// birth is when a controller said that it created the pod: the last time
// before the pod got its node.
func (h *History) birth(key podKey, scheduled time.Time) (at time.Time) {
	for _, t := range h.born[key.namespace+"/"+key.name] {
		if !t.After(scheduled) && t.After(at) {
			at = t
		}
	}
	return at
}

// pull is the time from the node to the first container, or what the events
// say of the images if that is longer: those of later containers are pulled
// only when it is their turn.
func (p *pod) pull(scheduled, started time.Time) (took time.Duration, ok bool) {
	if !scheduled.IsZero() && !started.IsZero() {
		took, ok = started.Sub(scheduled), true
	}
	if p.pulled {
		took, ok = max(took, p.pulls), true
	}
	return took, ok && took >= 0 && took <= longest
}

// note adds the time between two moments, if both are known and it is one.
func note(to **planner.Observation, from, until time.Time) {
	if took := until.Sub(from); !from.IsZero() && !until.IsZero() && took >= 0 && took <= longest {
		add(to, took)
	}
}

// add widens an observation by one pod.
func add(to **planner.Observation, took time.Duration) {
	took = took.Round(time.Millisecond)
	if *to == nil {
		*to = &planner.Observation{Took: planner.Span{Min: took, Max: took}}
	}
	o := *to
	o.Pods++
	o.Took.Min, o.Took.Max = min(o.Took.Min, took), max(o.Took.Max, took)
}
