package history

import (
	"fmt"
	"time"

	"github.com/rollcast/rollcast/manifest"
)

// A reader reads fields of one object, and keeps its first fault.
type reader struct {
	doc *manifest.Document
	err error
}

// text is a string at a path, "" where there is none.
func (r *reader) text(keys ...string) string { return text(r.doc.Root.At(manifest.Keys(keys...))) }

func text(n *manifest.Node) string {
	if n == nil || n.Kind != manifest.String {
		return ""
	}
	return n.Text
}

// time is the moment that a field holds, and zero where it is absent or null.
func (r *reader) time(n *manifest.Node) time.Time {
	if n == nil || n.Kind == manifest.Null {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339Nano, n.Text)
	if n.Kind != manifest.String || err != nil || t.Year() < 1970 || t.Year() > 9000 {
		if at := n.Pos(); r.err == nil {
			r.err = fmt.Errorf("%s:%d:%d: %q is no time such as 2026-01-05T10:00:00Z", r.doc.File.Name, at.Line, at.Column, shorten(n.Text))
		}
		return time.Time{}
	}
	return t
}

// shorten keeps a message short.
func shorten(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return s
}

// addPod reads a Pod.
func (h *History) addPod(r *reader) {
	meta, status := r.doc.Root.Get("metadata"), r.doc.Root.Get("status")
	p := h.at(podKey{r.doc.Namespace, r.doc.Name, text(meta.Get("uid"))})
	p.created = r.time(meta.Get("creationTimestamp"))
	p.hash = r.text("metadata", "labels", "pod-template-hash")
	if owners := meta.Get("ownerReferences"); owners != nil {
		for _, o := range owners.Items {
			if c := o.Get("controller"); c != nil && c.Text == "true" {
				p.owner = owner{text(o.Get("kind")), text(o.Get("name"))}
			}
		}
	}
	if conditions := status.Get("conditions"); conditions != nil {
		for _, c := range conditions.Items {
			if text(c.Get("status")) != "True" {
				continue
			}
			switch at := r.time(c.Get("lastTransitionTime")); text(c.Get("type")) {
			case "PodScheduled":
				p.shown.scheduled = at
			case "Ready":
				p.ready = at
			}
		}
	}
	ended := h.containers(r, p, status)
	if text(status.Get("phase")) == "Succeeded" {
		p.succeeded = ended
	}
	if deleted := r.time(meta.Get("deletionTimestamp")); !deleted.IsZero() {
		grace, _ := time.ParseDuration(number(meta.Get("deletionGracePeriodSeconds")) + "s")
		p.deleted, p.ended = deleted.Add(-grace), ended
	}
}

// containers reads when the first container started, and returns when the last
// one had ended, if all have.
func (h *History) containers(r *reader, p *pod, status *manifest.Node) (ended time.Time) {
	running := false
	for _, list := range []string{"initContainerStatuses", "containerStatuses"} {
		statuses := status.Get(list)
		if statuses == nil {
			continue
		}
		for _, c := range statuses.Items {
			if n := number(c.Get("restartCount")); n != "0" && n != "" {
				p.restarted = true
			}
			state := c.Get("state")
			at := r.time(state.Get("running").Get("startedAt"))
			if over := state.Get("terminated"); over != nil {
				at = r.time(over.Get("startedAt"))
				if end := r.time(over.Get("finishedAt")); end.After(ended) {
					ended = end
				}
			} else {
				running = true
			}
			if !at.IsZero() {
				p.shown.start(at)
			}
		}
	}
	if running {
		return time.Time{}
	}
	return ended
}

// number is the JSON form of a whole number, "" for anything else.
func number(n *manifest.Node) string {
	if n == nil || n.Kind != manifest.Int {
		return ""
	}
	return n.Text
}
