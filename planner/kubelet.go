package planner

// A bound says which end of every span a run of timed mode takes.
type bound bool

const (
	shortest bound = false
	longest  bound = true
)

// A kubelet is how pods get ready and go in one run.
type kubelet struct {
	readiness   Readiness
	termination Termination
	assumptions Assumptions
	bound       bound
}

// A pace is how long the pods of a template take. Without timed mode no clock
// makes them ready: rounds and events do.
type pace struct {
	ready ms   // from creation until ready, or never
	leave ms   // from deletion until gone, or never
	open  bool // ready is only the largest known value
	// instant says that a deleted pod is gone within the same step. With a
	// leave of 0 s it is still seen terminating once.
	instant bool
}

// pace is how long the pods of a template take.
func (k kubelet) pace(pod Pod) pace {
	p := pace{ready: never, leave: never, instant: k.termination == TerminateInstant}
	if k.readiness != Timed {
		return p
	}
	p.ready, p.open = k.assumptions.readyAfter(pod, k.bound)
	if k.termination == TerminateNext {
		p.leave = k.assumptions.Shutdown.end(k.bound)
	}
	return p
}
