package random

import (
	"fmt"
	"math/rand/v2"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/planner"
)

// StatefulSet makes up a scenario for a StatefulSet. Events are chosen to have
// a meaning in the state that the planner foresees: if it is wrong there, the
// comparison ends with an event that is refused, and that is a difference too.
func StatefulSet(r *rand.Rand) (trace.Text, error) {
	s := &statefulSet{r: r, replicas: int32(r.IntN(8)), rolling: true}
	s.text.Name = "random"
	s.text.Spec.Add("kind", planner.StatefulSet)
	s.text.Spec.Add("replicas", s.replicas)
	s.spec()
	s.text.Scenario.Add("readiness", pick(r, planner.Manual, planner.Manual, planner.Together, planner.OneByOne, planner.Never))
	s.text.Scenario.Add("termination", pick(r, planner.TerminateInstant, planner.TerminateInstant, planner.TerminateNext, planner.TerminateManual))
	for length := 3 + r.IntN(14); len(s.text.Acts) < length; {
		last, err := s.last()
		if err != nil {
			return s.text, err
		}
		act, ok := s.act(last)
		if !ok {
			continue
		}
		s.text.Acts = append(s.text.Acts, act)
		if _, err := s.last(); err != nil {
			s.text.Acts = s.text.Acts[:len(s.text.Acts)-1]
		} else {
			s.keep(act)
		}
	}
	return s.text, nil
}

type statefulSet struct {
	text     trace.Text
	r        *rand.Rand
	replicas int32 // as scaled so far
	rolling  bool  // the strategy
	minReady int32
}

// spec makes up the spec line.
func (s *statefulSet) spec() {
	r := s.r
	if r.IntN(2) == 0 {
		s.text.Spec.Add("podManagementPolicy", "Parallel")
	}
	if r.IntN(4) == 0 {
		s.text.Spec.Add("start", 1+r.IntN(5))
	}
	switch r.IntN(10) {
	case 0:
		s.text.Spec.Add("updateStrategy", planner.OnDelete)
		s.rolling = false
	case 1:
		s.text.Spec.Add("partition", "absent")
	case 2, 3:
		s.text.Spec.Add("partition", r.IntN(6))
	}
	if s.rolling && r.IntN(3) == 0 {
		s.text.Spec.Add("gate", "MaxUnavailableStatefulSet")
		s.text.Spec.Add("maxUnavailable", pick(r, "1", "2", "3", "25%", "50%", "100%"))
	}
	if r.IntN(3) == 0 {
		s.minReady = pick[int32](r, 1, 5, 10)
		s.text.Spec.Add("minReadySeconds", s.minReady)
	}
	if r.IntN(3) == 0 {
		s.text.Spec.Add("revisionHistoryLimit", r.IntN(3))
	}
	if r.IntN(3) == 0 {
		s.text.Spec.Add("claims", pick(r, "Retain", "Delete"))
	}
}

// last is the state that the planner foresees.
func (s *statefulSet) last() (planner.Step, error) {
	spec, sc, err := s.text.Script()
	if err != nil {
		return planner.Step{}, err
	}
	plan, err := planner.Simulate(spec, sc)
	if err != nil {
		return planner.Step{}, err
	}
	return plan.Steps[len(plan.Steps)-1], nil
}

// keep remembers what an event changed.
func (s *statefulSet) keep(a trace.Act) {
	for _, f := range a.Fields {
		switch f.Key {
		case "replicas":
			_, _ = fmt.Sscan(f.Value, &s.replicas)
		case "updateStrategy":
			s.rolling = f.Value == string(planner.RollingUpdate)
		case "minReadySeconds":
			_, _ = fmt.Sscan(f.Value, &s.minReady)
		}
	}
}

// act makes up an event, and reports false if it would have no meaning now.
func (s *statefulSet) act(last planner.Step) (trace.Act, bool) {
	if len(s.text.Acts) == 0 && s.r.IntN(4) != 0 {
		return trace.Act{Type: "update"}, true
	}
	do := func(kind planner.EventType, fields ...any) trace.Act {
		a := trace.Act{Type: string(kind)}
		for i := 0; i+1 < len(fields); i += 2 {
			a.Fields.Add(fields[i].(string), fields[i+1])
		}
		return a
	}
	switch n := s.r.IntN(100); {
	case n < 38:
		if mode, _ := s.text.Scenario.Get("readiness"); mode != string(planner.Manual) {
			return do(planner.EventRun, "rounds", pick(s.r, "1", "1", "2", "3", "end")), true
		}
		return s.onPods(last, planner.EventReady, func(r planner.Revision) int32 { return r.NotReady })
	case n < 50:
		if s.r.IntN(5) == 0 {
			return do(planner.EventUpdate, "replicas", s.r.IntN(8)), true
		}
		return do(planner.EventUpdate), true
	case n < 62:
		return do(planner.EventScale, "replicas", max(0, s.replicas+int32(s.r.IntN(7)-3))), true
	case n < 69:
		if r := last.Revisions[s.r.IntN(len(last.Revisions))]; s.r.IntN(2) == 0 {
			return do(planner.EventUndo, "to", r.Revision), true
		}
		return do(planner.EventUndo), true
	case n < 75:
		return s.onPods(last, planner.EventUnready, func(r planner.Revision) int32 { return r.Ready })
	case n < 84:
		if len(last.Ordinals) == 0 {
			return trace.Act{}, false
		}
		run := last.Ordinals[s.r.IntN(len(last.Ordinals))]
		return do(planner.EventDelete, "ordinal", run.First+s.r.Int64N(run.Last-run.First+1)), !run.Terminating
	case n < 91:
		return s.edit(do)
	case n < 96:
		return do(planner.EventWait, "time", fmt.Sprintf("%ds", pick(s.r, max(1, s.minReady), max(1, s.minReady-1), 3))), true
	default:
		mode, _ := s.text.Scenario.Get("termination")
		return do(planner.EventTerminated), mode == string(planner.TerminateManual)
	}
}

// onPods is an event on some of those pods of a revision that it has a meaning
// for.
func (s *statefulSet) onPods(last planner.Step, kind planner.EventType, have func(planner.Revision) int32) (trace.Act, bool) {
	r := last.Revisions[s.r.IntN(len(last.Revisions))]
	n := have(r)
	if n == 0 {
		return trace.Act{}, false
	}
	a := trace.Act{Type: string(kind)}
	a.Fields.Add("revision", r.Revision)
	a.Fields.Add("pods", 1+s.r.Int32N(n))
	return a, true
}

func (s *statefulSet) edit(do func(planner.EventType, ...any) trace.Act) (trace.Act, bool) {
	switch s.r.IntN(7) {
	case 0:
		return do(planner.EventEdit, "partition", s.r.IntN(6)), s.rolling
	case 1:
		return do(planner.EventEdit, "minReadySeconds", pick(s.r, 0, 2, 10)), true
	case 2:
		return do(planner.EventEdit, "revisionHistoryLimit", s.r.IntN(4)), true
	case 3:
		return do(planner.EventEdit, "start", s.r.IntN(6)), true
	case 4:
		_, given := s.text.Spec.Get("claims")
		return do(planner.EventEdit, "claims", pick(s.r, "Retain", "Delete")), given
	case 5:
		return do(planner.EventEdit, "maxUnavailable", pick(s.r, "1", "2", "4", "30%", "60%")), s.rolling
	default:
		to := planner.OnDelete
		if !s.rolling {
			to = planner.RollingUpdate
		}
		return do(planner.EventEdit, "updateStrategy", to), true
	}
}
