package random

import (
	"fmt"
	"math/rand/v2"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/planner"
)

// DaemonSet makes up a scenario for a DaemonSet on up to 12 nodes.
func DaemonSet(r *rand.Rand) (trace.Text, error) {
	d := &daemonSet{script: newScript(r, planner.DaemonSet), nodes: 1 + r.IntN(12)}
	spec := &d.text.Spec
	spec.Add("nodes", d.nodes)
	switch r.IntN(8) {
	case 0:
		spec.Add("updateStrategy", planner.OnDelete)
	case 1, 2, 3:
		spec.Add("maxUnavailable", 0)
		spec.Add("maxSurge", pick(r, "1", "2", "3", "5", "1%", "30%", "50%", "100%"))
	default:
		spec.Add("maxUnavailable", pick(r, "1", "2", "3", "5", "1%", "30%", "50%", "100%"))
	}
	if r.IntN(3) == 0 {
		spec.Add("minReadySeconds", pick(r, 1, 5, 10))
	}
	if r.IntN(3) == 0 {
		spec.Add("revisionHistoryLimit", r.IntN(3))
	}
	d.modes()
	return d.grow(3+r.IntN(14), d.act)
}

type daemonSet struct {
	script
	nodes int
}

// act makes up an event, and reports false if it would have no meaning now.
func (d *daemonSet) act(last planner.Step) (trace.Act, bool) {
	if len(d.text.Acts) == 0 && d.r.IntN(4) != 0 {
		return event(planner.EventUpdate), true
	}
	switch n := d.r.IntN(100); {
	case n < 40:
		if !d.manual() {
			return event(planner.EventRun, "rounds", pick(d.r, "1", "1", "2", "3", "end")), true
		}
		return d.onPods(last, planner.EventReady, func(r planner.Revision) int32 { return r.NotReady })
	case n < 52:
		return event(planner.EventUpdate), true
	case n < 58:
		if d.r.IntN(2) == 0 {
			return event(planner.EventUndo, "to", 1+d.r.IntN(3)), true
		}
		return event(planner.EventUndo), true
	case n < 65:
		return d.onPods(last, planner.EventUnready, func(r planner.Revision) int32 { return r.Ready })
	case n < 72:
		return d.onPods(last, planner.EventDelete, func(r planner.Revision) int32 { return r.Ready + r.NotReady })
	case n < 82:
		return d.node(last)
	case n < 88:
		return d.edit()
	case n < 94:
		return event(planner.EventWait, "time", fmt.Sprintf("%ds", pick(d.r, 1, 4, 5, 9, 10, 20))), true
	default:
		mode, _ := d.text.Scenario.Get("termination")
		return event(planner.EventTerminated), mode == string(planner.TerminateManual)
	}
}

// onPods is an event on some of those pods of a revision that it has a meaning
// for.
func (d *daemonSet) onPods(last planner.Step, kind planner.EventType, have func(planner.Revision) int32) (trace.Act, bool) {
	if len(last.Revisions) == 0 {
		return trace.Act{}, false
	}
	r := last.Revisions[d.r.IntN(len(last.Revisions))]
	n := have(r)
	if n <= 0 {
		return trace.Act{}, false
	}
	return event(kind, "revision", r.Revision, "pods", 1+d.r.Int32N(n)), true
}

// node takes nodes down or brings some back.
func (d *daemonSet) node(last planner.Step) (trace.Act, bool) {
	down := int32(last.NodesDown)
	if down > 0 && d.r.IntN(3) != 0 {
		return event(planner.EventNode, "up", 1+d.r.Int32N(down)), true
	}
	left := int32(d.nodes) - down
	return event(planner.EventNode, "down", 1+d.r.Int32N(max(1, min(3, left)))), left > 0
}

func (d *daemonSet) edit() (trace.Act, bool) {
	switch d.r.IntN(5) {
	case 0:
		return event(planner.EventEdit, "maxUnavailable", pick(d.r, "1", "2", "40%"), "maxSurge", 0), d.rolling()
	case 1:
		return event(planner.EventEdit, "maxUnavailable", 0, "maxSurge", pick(d.r, "1", "2", "40%")), d.rolling()
	case 2:
		return event(planner.EventEdit, "minReadySeconds", pick(d.r, 0, 2, 10)), true
	case 3:
		return event(planner.EventEdit, "revisionHistoryLimit", d.r.IntN(4)), true
	default:
		return event(planner.EventEdit, "updateStrategy", pick(d.r, planner.OnDelete, planner.RollingUpdate)), true
	}
}

// rolling tells whether the strategy is RollingUpdate by now: only then are
// there limits to edit.
func (d *daemonSet) rolling() bool {
	strategy, given := d.text.Spec.Get("updateStrategy")
	for _, a := range d.text.Acts {
		if s, ok := a.Fields.Get("updateStrategy"); ok {
			strategy, given = s, true
		}
	}
	return !given || strategy == string(planner.RollingUpdate)
}
