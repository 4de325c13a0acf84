package v136

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rollcast/rollcast/oracle/compare"
	"github.com/rollcast/rollcast/oracle/golden"
	"github.com/rollcast/rollcast/oracle/play"
	"github.com/rollcast/rollcast/oracle/random"
	"github.com/rollcast/rollcast/planner"
)

// fewRuns are the runs that are made, unless ORACLE_REPEATS says otherwise, to
// see each outcome of a race. They are too few to miss one.
const fewRuns = 20

// TestRandomDeployments compares the planner with the controllers on random
// scenarios. ORACLE_COUNT says on how many (default 500), ORACLE_SEED the first
// of their seeds, ORACLE_REPEATS how often a race is run, and ORACLE_MISMATCHES
// names a folder for what differs.
//
// With few repeats an outcome that is predicted and does not happen is no
// difference; with compare.EnoughRuns it is.
func TestRandomDeployments(t *testing.T) {
	count, seed, repeats := env(t, "ORACLE_COUNT", 500), env(t, "ORACLE_SEED", 1), env(t, "ORACLE_REPEATS", fewRuns)
	var done, states, races, unsure, runs, unseen, faults int
	for i := range count {
		// One after the other: controllers that share the cores with those of
		// another scenario hardly ever race.
		t.Run(strconv.Itoa(seed+i), func(t *testing.T) {
			res, c, err := compareOne(t, uint64(seed+i), repeats)
			if err != nil {
				t.Fatal(err)
			}
			done, states, races, unsure, runs = done+1, states+res.States, races+res.Races, unsure+res.Unsure, runs+res.Runs
			if res.Unseen != "" {
				unseen++
				t.Log(res.Unseen)
			}
			if res.Fault != "" {
				faults++
				if res.Fault != res.Unseen { // what 400 runs do not show, a smaller one would not in 300 times 400
					c, res = shrink(t, c, res, repeats)
				}
				report(t, seed+i, c, res)
			}
		})
	}
	t.Logf("%d scenarios, %d states, %d of them with several outcomes (%.1f %%), %d runs, %d differences", done, states, races, 100*float64(races)/float64(max(states, 1)), runs, faults)
	t.Logf("in %d more states chance decided whether the progress deadline counts", unsure)
	t.Logf("%d scenarios have a predicted outcome that no run came to", unseen)
	// Of one seed that is played again, one state may well be more.
	if states >= 1000 && (races+unsure)*20 > states {
		t.Errorf("several outcomes are predicted for more than 5 %% of the states")
	}
}

func playDeployment(t *testing.T, spec planner.Spec, scenario planner.Scenario, next play.Source[planner.Event, planner.Step], o play.Options) ([][]planner.Step, error) {
	return play.Deployment(t, Deployment, spec, scenario, next, o)
}

func compareOne(t *testing.T, seed uint64, repeats int) (compare.Result, compare.Case, error) {
	d := random.NewDeployment(rand.New(rand.NewPCG(seed, 1)))
	number := int(seed % 4) // also the first run is one with latency at times
	steps, err := playDeployment(t, d.Spec, d.Scenario(), d.Next, golden.Options(number))
	c := compare.Case{Spec: d.Spec, Scenario: d.Scenario()}
	run, err := compare.NewRun(number, steps, err)
	if err != nil {
		return compare.Result{}, c, err
	}
	res, err := compareAgain(t, c, run, repeats)
	return res, c, err
}

// compareAgain is Compare; after enough runs an outcome that was not seen is a
// difference.
func compareAgain(t *testing.T, c compare.Case, first compare.Run, repeats int) (compare.Result, error) {
	res, err := compare.Compare(t, playDeployment, c, first, repeats)
	if res.Fault == "" && repeats >= compare.EnoughRuns {
		res.Fault = res.Unseen
	}
	return res, err
}

func shrink(t *testing.T, c compare.Case, res compare.Result, repeats int) (compare.Case, compare.Result) {
	c = compare.Shrink(c, 300, func(smaller compare.Case) bool {
		run, err := compare.Again(t, playDeployment, smaller, res.Runs%4)
		if err != nil {
			return false
		}
		r, err := compareAgain(t, smaller, run, repeats)
		if err != nil || r.Fault == "" {
			return false
		}
		res = r
		return true
	})
	return c, res
}

func report(t *testing.T, seed int, c compare.Case, res compare.Result) {
	text := fmt.Sprintf("seed %d: %s\n\nthe controllers:\n%s\nthe planner:\n%s", seed, res.Fault, res.Real, res.Plan)
	t.Error(text)
	if dir := os.Getenv("ORACLE_MISMATCHES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%06d.txt", seed)), []byte(text), 0o666); err != nil {
			t.Error(err)
		}
	}
}

func env(t *testing.T, name string, otherwise int) int {
	value := os.Getenv(name)
	if value == "" {
		return otherwise
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}
