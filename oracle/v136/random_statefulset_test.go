package v136

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/golden"
	"github.com/rollcast/rollcast/oracle/play"
	"github.com/rollcast/rollcast/oracle/random"
	"github.com/rollcast/rollcast/planner"
)

// TestRandomStatefulSets compares the planner with the controller on random
// scenarios; ORACLE_COUNT and ORACLE_SEED say on which. A run that differs is
// played again, because the controller at times acts on half of the news: what
// most runs do is what counts.
func TestRandomStatefulSets(t *testing.T) {
	count, seed := env(t, "ORACLE_COUNT", 500), env(t, "ORACLE_SEED", 1)
	var states, rare, races, faults int
	for i := range count {
		text, err := random.StatefulSet(rand.New(rand.NewPCG(uint64(seed+i), 7)))
		if err != nil {
			t.Errorf("seed %d: the planner fails: %v\n%s", seed+i, err, text)
			continue
		}
		t.Run(fmt.Sprint(seed+i), func(t *testing.T) {
			c, err := compareStatefulSet(t, text, seed+i)
			states += c.states
			rare += c.rare
			races += c.races
			if err != nil {
				faults++
				t.Error(err)
			}
		})
	}
	t.Logf("%d scenarios, %d states, %d differences; %d scenarios with a rare outcome, %d that ended in a race", count, states, faults, rare, races)
}

// A compared scenario in numbers.
type compared struct{ states, rare, races int }

func compareStatefulSet(t *testing.T, text trace.Text, seed int) (c compared, err error) {
	do := kinds["statefulset"]
	want, err := statefulSetPlan(text)
	if err != nil {
		return c, err
	}
	got, err := do(t, text, golden.Options(seed%4))
	var refused *play.Refused
	if err != nil && !errors.As(err, &refused) {
		return c, err
	}
	c.states = len(want)
	if err == nil && slices.Equal(slices.Concat(got...), want) {
		return c, nil
	}
	recorded, err := golden.Record(t, do, text, 20)
	if err != nil {
		return c, err
	}
	c.rare++
	n := 0
	for _, states := range recorded.States {
		for _, state := range states {
			switch {
			case n >= len(want) || !slices.Contains(state.Outcomes, want[n]):
				planned := "nothing"
				if n < len(want) {
					planned = want[n]
				}
				return c, fmt.Errorf("state %d: the planner has %q, the controller %q\n%s", n, planned, state.Outcomes, recorded)
			case len(state.Outcomes) > 1:
				c.races++
				return c, nil
			}
			n++
		}
	}
	if recorded.Refused || n != len(want) {
		return c, fmt.Errorf("the planner has %d states, the controller %d\n%s", len(want), n, recorded)
	}
	return c, nil
}

// statefulSetPlan is what the planner says of a trace.
func statefulSetPlan(text trace.Text) ([]string, error) {
	spec, sc, err := text.Script()
	if err != nil {
		return nil, err
	}
	plan, err := planner.Simulate(spec, sc)
	return trace.StatefulSetWords(plan.Steps), err
}
