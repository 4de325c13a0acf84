package planner

import "fmt"

// Observed is what past pods of a workload took. What was not seen is nil.
type Observed struct {
	Schedule *Observation // from creation to a node
	Pull     *Observation // from there to the start of the first container, or what its pulls took together if that is longer
	Ready    *Observation // from there until the pod was ready: init containers, start and probes
	Unready  *Observation // where no pod was seen to become ready: from there until a probe failed for the last time
	Run      *Observation // from there until the pod had succeeded; a Job's
	Shutdown *Observation // from deletion until its containers had ended
}

// An Observation is one duration as some pods had it.
type Observation struct {
	Pods    int
	Took    Span // from the shortest to the longest
	Assumed Span // what would have been assumed; Observe fills it in
}

// Observe puts what was seen in the place of what was assumed. Where pods were
// seen to become ready, their probes and init containers are part of that, and
// so are readiness gates.
//
//	assumed 0s..20s for images, and 3 pods took 12 s, 15 s and 31 s: 12s..31s,
//	and the assumption would have been 11 s too short
func (a Assumptions) Observe(pod Pod, o Observed) Assumptions {
	seen := func(from *Observation, to *Span) *Observation {
		if from == nil {
			return nil
		}
		o := *from
		o.Assumed, *to = *to, o.Took
		return &o
	}
	from := a
	a.Observed.Schedule = seen(o.Schedule, &a.Schedule)
	a.Observed.Pull = seen(o.Pull, &a.Pull)
	a.Observed.Shutdown = seen(o.Shutdown, &a.Shutdown)
	ready, run := from.readyOnce(pod), from.runs()
	a.Observed.Ready, a.Observed.Run = seen(o.Ready, &ready), seen(o.Run, &run)
	a.Observed.Unready = o.Unready
	return a
}

// readyOnce is how long a pod takes to get ready once its first container
// starts.
func (a Assumptions) readyOnce(pod Pod) Span {
	a.Schedule, a.Pull = Span{}, Span{}
	low, _ := a.readyAfter(pod, shortest)
	high, open := a.readyAfter(pod, longest)
	return Span{Min: low.duration(), Max: high.duration(), Open: open}
}

// text is a sentence with where its span comes from, and how wrong the
// assumption would have been.
func (o *Observation) text(assumed string, span Span) string {
	text := fmt.Sprintf(assumed, span)
	if o == nil {
		return text
	}
	return fmt.Sprintf("observed of %s: %s, where %s", o.pods(), text, o.miss())
}

func (o *Observation) pods() string {
	if o.Pods == 1 {
		return "1 pod"
	}
	return fmt.Sprintf("%d pods", o.Pods)
}

// miss says how wrong the assumption would have been.
func (o *Observation) miss() string {
	less, more := o.Took.Max-o.Assumed.Max, o.Assumed.Min-o.Took.Min
	text := fmt.Sprintf("%s was assumed, ", o.Assumed)
	switch {
	case o.Assumed.Open:
		return text + "which bounds nothing"
	case less > 0:
		return text + "up to " + short(less) + " too short"
	case more > 0:
		return text + "up to " + short(more) + " too long"
	case less < 0:
		return text + "at its end " + short(-less) + " too long"
	default:
		return text + "which was right"
	}
}
