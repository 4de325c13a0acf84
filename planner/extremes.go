package planner

// extremes are the totals over all states of a run.
type extremes struct {
	peakPods, peakPhysical int64 // most pods, without and with terminating ones
	minAvailable, minReady int64
	maxNotReady            int64
}

// observe widens the extremes by a state.
func (e *extremes) observe(s Step, ready int64, first bool) {
	if first {
		e.minAvailable, e.minReady = s.Available, ready
	}
	e.peakPods = max(e.peakPods, s.Pods)
	e.peakPhysical = max(e.peakPhysical, s.Pods+s.Terminating)
	e.minAvailable = min(e.minAvailable, s.Available)
	e.minReady = min(e.minReady, ready)
	e.maxNotReady = max(e.maxNotReady, s.Pods-ready)
}

// widen covers the extremes of another run too.
func (e *extremes) widen(o extremes) {
	e.peakPods = max(e.peakPods, o.peakPods)
	e.peakPhysical = max(e.peakPhysical, o.peakPhysical)
	e.minAvailable = min(e.minAvailable, o.minAvailable)
	e.minReady = min(e.minReady, o.minReady)
	e.maxNotReady = max(e.maxNotReady, o.maxNotReady)
}
