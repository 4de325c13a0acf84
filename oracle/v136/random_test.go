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

// TestRandomDeployments compares the planner with the controllers on random
// scenarios. ORACLE_COUNT says on how many (default 300), ORACLE_SEED the first
// of their seeds, and ORACLE_MISMATCHES a folder for what differs.
func TestRandomDeployments(t *testing.T) {
	count, seed := env(t, "ORACLE_COUNT", 300), env(t, "ORACLE_SEED", 1)
	var states, races, runs, faults int
	for i := range count {
		res, c, err := compareOne(t, uint64(seed+i))
		if err != nil {
			t.Errorf("seed %d: %v", seed+i, err)
			continue
		}
		states, races, runs = states+res.States, races+res.Races, runs+res.Runs
		if i%500 == 499 {
			t.Logf("%d scenarios, %d states so far", i+1, states)
		}
		if res.Fault == "" {
			continue
		}
		faults++
		c, res = shrink(t, c, res)
		report(t, seed+i, c, res)
	}
	t.Logf("%d scenarios, %d states, %d of them with several outcomes (%.1f %%), %d runs, %d differences", count, states, races, 100*float64(races)/float64(max(states, 1)), runs, faults)
	if races*20 > states {
		t.Errorf("several outcomes are predicted for more than 5 %% of the states")
	}
}

func playDeployment(t *testing.T, spec planner.Spec, scenario planner.Scenario, next play.Source[planner.Event, planner.Step], o play.Options) ([][]planner.Step, error) {
	return play.Deployment(t, Deployment, spec, scenario, next, o)
}

func compareOne(t *testing.T, seed uint64) (compare.Result, compare.Case, error) {
	d := random.NewDeployment(rand.New(rand.NewPCG(seed, 1)))
	number := int(seed % 4) // also the first run is one with latency at times
	steps, err := playDeployment(t, d.Spec, d.Scenario(), d.Next, golden.Options(number))
	c := compare.Case{Spec: d.Spec, Scenario: d.Scenario()}
	run, err := compare.NewRun(number, steps, err)
	if err != nil {
		return compare.Result{}, c, err
	}
	res, err := compare.Compare(t, playDeployment, c, run)
	return res, c, err
}

func shrink(t *testing.T, c compare.Case, res compare.Result) (compare.Case, compare.Result) {
	c = compare.Shrink(c, 300, func(smaller compare.Case) bool {
		run, err := compare.Again(t, playDeployment, smaller, res.Runs%4)
		if err != nil {
			return false
		}
		r, err := compare.Compare(t, playDeployment, smaller, run)
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
