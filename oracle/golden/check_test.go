package golden

import (
	"strings"
	"testing"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/play"
)

// TestCheck lets the i-th run of a scenario come to the i-th of some states,
// again and again, and checks that against a recorded trace.
func TestCheck(t *testing.T) {
	const plain, daemonSet = "# x\nspec replicas=1\nscenario\n", "# x\nspec kind=DaemonSet\nscenario\n"
	const race = plain + "start -> a\nscale replicas=2 -> b\n or c\n"
	for _, tc := range []struct {
		name     string
		recorded string
		runs     string // the states of the runs, an event each
		thorough bool
		want     string
	}{
		{"the same", plain + "start -> a\nscale replicas=2 -> b\n", "a b", true, ""},
		{"another state", plain + "start -> a\nscale replicas=2 -> b\n", "a x", false, `event 1, round 0: recorded ["b"], now x in 3 of 3 runs`},
		{"another state in one run", plain + "start -> a\nscale replicas=2 -> b\n", "a b|a b|a x", false, `event 1, round 0: recorded ["b"], now x in 1 of 3 runs`},
		{"one round more", plain + "start -> a\n", "a,b", false, `event 0, round 1: recorded ["no more states"], now b in 3 of 3 runs`},
		{"one round less", plain + "start -> a\nrun -> b\n -> c\n", "a b", false, `event 1, round 1: recorded ["c"], now no more states in 3 of 3 runs`},
		{"a race, one outcome", race, "a b", false, ""},
		{"a race, an outcome that was not recorded", race, "a b|a c|a d", false, `event 1, round 0: recorded ["b" "c"], now d in 1 of 3 runs`},
		{"a race, both outcomes", race, "a b|a c", true, ""},
		{"a race, one outcome is missing", race, "a b", true, `event 1, round 0: none of 3 runs came to ["c"]`},
		{"an accident", daemonSet + "start -> a\nscale replicas=2 -> b\n", "a x|a b|a b|a b", false, ""},
		{"an accident that happens every time", daemonSet + "start -> a\nscale replicas=2 -> b\n", "a b|a x|a x|a x", false, `event 1, round 0: recorded ["b"], now x in 17 of 23 runs`},
		{"an accident that is known", daemonSet + "start -> a\nscale replicas=2 -> b\nrarely x\n", "a x|a b", false, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			texts, err := trace.ParseText([]byte(tc.recorded))
			if err != nil {
				t.Fatal(err)
			}
			runs := strings.Split(tc.runs, "|")
			do := func(_ *testing.T, _ trace.Text, o play.Options) (states [][]string, err error) {
				for _, event := range strings.Fields(runs[int(o.Seed)%len(runs)]) {
					states = append(states, strings.Split(event, ","))
				}
				return states, nil
			}
			got := ""
			if err := Check(t, do, texts[0], 3, tc.thorough); err != nil {
				got = err.Error()
			}
			if got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}
