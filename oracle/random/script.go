package random

import (
	"math/rand/v2"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/planner"
)

// A script is a scenario in the making. Events are chosen to have a meaning in
// the state that the planner foresees: if it is wrong there, the comparison
// ends with an event that is refused, and that is a difference too.
type script struct {
	text trace.Text
	r    *rand.Rand
}

// newScript is a scenario of a kind without events.
func newScript(r *rand.Rand, kind planner.Kind) script {
	s := script{r: r}
	s.text.Name = "random"
	s.text.Spec.Add("kind", kind)
	return s
}

// grow adds up to so many of the events that act makes up. It ends at a step
// with several outcomes: what follows depends on which it is.
func (s *script) grow(length int, act func(planner.Step) (trace.Act, bool)) (trace.Text, error) {
	steps, err := s.steps()
	for tries := 0; err == nil && len(s.text.Acts) < length && tries < 50*length; tries++ {
		a, ok := act(steps[len(steps)-1])
		if !ok {
			continue
		}
		s.text.Acts = append(s.text.Acts, a)
		more, err := s.steps()
		if err != nil {
			s.text.Acts = s.text.Acts[:len(s.text.Acts)-1]
			continue
		}
		for _, step := range more {
			if len(step.Alternatives) > 0 {
				return s.text, nil
			}
		}
		steps = more
	}
	return s.text, err
}

// steps are those that the planner foresees.
func (s *script) steps() ([]planner.Step, error) {
	spec, sc, err := s.text.Script()
	if err != nil {
		return nil, err
	}
	plan, err := planner.Simulate(spec, sc)
	return plan.Steps, err
}

// manual tells whether pods become ready, or succeed, by hand.
func (s *script) manual() bool {
	mode, _ := s.text.Scenario.Get("readiness")
	return mode == string(planner.Manual)
}

// modes makes up the scenario line.
func (s *script) modes() {
	s.text.Scenario.Add("readiness", pick(s.r, planner.Manual, planner.Manual, planner.Together, planner.OneByOne, planner.Never))
	s.text.Scenario.Add("termination", pick(s.r, planner.TerminateInstant, planner.TerminateInstant, planner.TerminateNext, planner.TerminateManual))
}

// event is one with its fields, key and value in turn.
func event(kind planner.EventType, fields ...any) trace.Act {
	a := trace.Act{Type: string(kind)}
	for i := 0; i+1 < len(fields); i += 2 {
		a.Fields.Add(fields[i].(string), fields[i+1])
	}
	return a
}
