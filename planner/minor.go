package planner

// What differs between minors of Kubernetes, as far as a plan shows it; the
// traces whose header names a minor are recorded from it. Features that are
// asked for by a gate, such as MaxUnavailableStatefulSet, are fields of a Spec
// instead.
//
//	before 1.34  the update of a StatefulSet goes on as soon as the last pod is
//	             ready, and a scale-down counts ready pods as healthy; now both
//	             wait for minReadySeconds. OrderedReady waited before, because
//	             it goes over all pods first.
//	before 1.36  a Job that is resumed is judged by the time at which it started
//	             before its suspension: if activeDeadlineSeconds have passed
//	             since then it fails at once. Now the time starts anew.
const (
	minorAvailableSets = 34
	minorDeadlineAnew  = 36
)

// before says that the workload runs on an older minor than 1.n. A Spec that
// names none is for the newest.
func (s Spec) before(n int) bool { return s.Minor != 0 && s.Minor < n }
