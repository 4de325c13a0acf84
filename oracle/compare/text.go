package compare

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/golden"
	"github.com/rollcast/rollcast/oracle/play"
	"github.com/rollcast/rollcast/planner"
)

// A Count is what comparisons of texts found, in numbers.
type Count struct {
	States int
	Rare   int // scenarios that were played again, because the first run differed
	Races  int // scenarios that ended where the controller has several outcomes
	Chosen int // states for which the planner predicts several outcomes
	// Foreseen are the outcomes of these states, and Seen those of them that
	// happened in some run, as far as Repeat looked for them.
	Foreseen, Seen int
}

// Add adds another count.
func (c *Count) Add(other Count) {
	c.States += other.States
	c.Rare += other.Rare
	c.Races += other.Races
	c.Chosen += other.Chosen
	c.Foreseen += other.Foreseen
	c.Seen += other.Seen
}

// secondOpinion is how many more runs decide about one that differs: the
// controllers of other kinds than Deployments at times act on half of the
// news, and what four in five runs do is what counts.
const secondOpinion = 20

// Texts plays a scenario of a kind other than a Deployment on the planner and
// on its controller. The error is a difference, or says why there is no answer.
func Texts(t *testing.T, do golden.Play, text trace.Text, number int) (c Count, err error) {
	want, err := Planned(text)
	if err != nil {
		return c, err
	}
	c.States = len(want)
	for _, outcomes := range want {
		if len(outcomes) > 1 {
			c.Chosen++
		}
	}
	states, err := do(t, text, golden.Options(number))
	var refused *play.Refused
	if err != nil && !errors.As(err, &refused) {
		return c, err
	}
	if err == nil && agree(want, slices.Concat(states...)) {
		return c, nil
	}
	c.Rare++
	recorded, err := golden.Record(t, do, text, secondOpinion)
	if err != nil {
		return c, err
	}
	n := 0
	for _, states := range recorded.States {
		for _, state := range states {
			switch {
			case n >= len(want):
				return c, fmt.Errorf("state %d: the planner has no more, the controller %q\n%s", n, state.Outcomes, recorded)
			case len(want[n]) > 1:
				for _, outcome := range state.Outcomes {
					if !slices.Contains(want[n], outcome) {
						return c, fmt.Errorf("state %d: the planner has one of %q, the controller %q\n%s", n, want[n], outcome, recorded)
					}
				}
				return c, nil
			case !slices.Contains(state.Outcomes, want[n][0]):
				return c, fmt.Errorf("state %d: the planner has %q, the controller %q\n%s", n, want[n], state.Outcomes, recorded)
			case len(state.Outcomes) > 1:
				c.Races++
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

// Repeat plays the beginning of a scenario, up to the first state for which the
// planner predicts several outcomes, until each of them has happened, but not
// more often than said.
func Repeat(t *testing.T, do golden.Play, text trace.Text, most int) (c Count, err error) {
	want, err := Planned(text)
	if err != nil {
		return c, err
	}
	n := slices.IndexFunc(want, func(outcomes []string) bool { return len(outcomes) > 1 })
	if n < 0 {
		return c, nil
	}
	c.Foreseen = len(want[n])
	seen := map[string]bool{}
	for i := 0; i < most && len(seen) < c.Foreseen; i++ {
		states, err := do(t, text, golden.Options(i))
		if err != nil {
			return c, err
		}
		got := slices.Concat(states...)
		if i == 0 { // no run needs to go on behind that state
			for events, before := 0, 0; events < len(states); events++ {
				if before += len(states[events]); before > n {
					text.Acts = text.Acts[:events]
					break
				}
			}
		}
		if n >= len(got) || !agree(want[:n], got[:n]) || !slices.Contains(want[n], got[n]) {
			continue // it came to something else, by accident: Texts judges that
		}
		seen[got[n]] = true
		c.Seen = len(seen)
	}
	return c, nil
}

// agree tells whether a run came to the predicted states, up to the first one
// with several outcomes.
func agree(want [][]string, got []string) bool {
	for i, outcomes := range want {
		if i >= len(got) || !slices.Contains(outcomes, got[i]) {
			return false
		}
		if len(outcomes) > 1 {
			return true
		}
	}
	return len(got) == len(want)
}

// Planned are the states that the planner foresees, each with all outcomes.
func Planned(text trace.Text) (states [][]string, err error) {
	spec, sc, err := text.Script()
	if err != nil {
		return nil, err
	}
	plan, err := planner.Simulate(spec, sc)
	if err != nil {
		return nil, err
	}
	if spec.Kind == planner.StatefulSet {
		for _, state := range trace.StatefulSetWords(plan.Steps) {
			states = append(states, []string{state})
		}
		return states, nil
	}
	for _, step := range plan.Steps {
		outcomes := []string{trace.Words(spec.Kind, sc, step)}
		for _, a := range step.Alternatives {
			step.Revisions = a.Revisions
			outcomes = append(outcomes, trace.Words(spec.Kind, sc, step))
		}
		states = append(states, outcomes)
	}
	return states, nil
}

// ShrinkText leaves out events and fields of the spec as long as a scenario
// fails. fails is asked at most tries times.
func ShrinkText(text trace.Text, tries int, fails func(trace.Text) bool) trace.Text {
	for smaller := true; smaller; {
		smaller = false
		var candidates []trace.Text
		for i, a := range text.Acts {
			if a.Type == string(planner.EventCreate) {
				continue // nothing happens to what does not exist
			}
			c := text
			c.Acts = slices.Delete(slices.Clone(text.Acts), i, i+1)
			candidates = append(candidates, c)
		}
		slices.Reverse(candidates) // the last events first
		for i := 1; i < len(text.Spec); i++ {
			c := text
			c.Spec = slices.Delete(slices.Clone(text.Spec), i, i+1)
			candidates = append(candidates, c)
		}
		for _, c := range candidates {
			if tries--; tries < 0 {
				return text
			}
			if fails(c) {
				text, smaller = c, true
				break
			}
		}
	}
	return text
}
