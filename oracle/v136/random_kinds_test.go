package v136

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/compare"
	"github.com/rollcast/rollcast/oracle/golden"
	"github.com/rollcast/rollcast/oracle/play"
	"github.com/rollcast/rollcast/oracle/random"
)

// shrinkTries bounds the shrinking; each try costs up to 21 runs.
const shrinkTries = 40

// fewScenarios are what an ordinary run compares of each kind.
const fewScenarios = 60

func TestRandomDaemonSets(t *testing.T) {
	randomKind(t, kinds["daemonset"], random.DaemonSet)
}

func TestRandomJobs(t *testing.T) { randomKind(t, kinds["job"], random.Job) }

func TestRandomCronJobs(t *testing.T) { randomKind(t, lastRuns, random.CronJob) }

// runsListed is how many of the last runs a CronJob's step has.
const runsListed = 20

// lastRuns plays a CronJob and keeps of its states what a step has.
func lastRuns(t *testing.T, text trace.Text, o play.Options) ([][]string, error) {
	states, err := kinds["cronjob"](t, text, o)
	for _, group := range states {
		for i, state := range group {
			words := strings.Fields(state)
			group[i] = strings.Join(words[max(0, len(words)-runsListed):], " ")
		}
	}
	return states, err
}

// randomKind compares the planner with the controller of a kind on random
// scenarios; ORACLE_COUNT and ORACLE_SEED say on which.
func randomKind(t *testing.T, do golden.Play, next func(*rand.Rand) (trace.Text, error)) {
	count, seed := env(t, "ORACLE_COUNT", fewScenarios), env(t, "ORACLE_SEED", 1)
	var all compare.Count
	faults := 0
	for i := range count {
		number := seed + i
		text, err := next(rand.New(rand.NewPCG(uint64(number), 11)))
		if err != nil {
			t.Errorf("seed %d: the planner fails: %v\n%s", number, err, text)
			continue
		}
		t.Run(fmt.Sprint(number), func(t *testing.T) {
			found, err := compare.Texts(t, do, text, number%4)
			all.Add(found)
			if repeats := env(t, "ORACLE_REPEATS", 0); err == nil && repeats > 0 {
				found, err = compare.Repeat(t, do, text, repeats)
				all.Add(found)
			}
			if err == nil {
				return
			}
			faults++
			compare.ShrinkText(text, shrinkTries, func(smaller trace.Text) bool {
				if _, refused := compare.Planned(smaller); refused != nil {
					return false
				}
				_, fault := compare.Texts(t, do, smaller, number%4)
				if fault != nil {
					err = fault
				}
				return fault != nil
			})
			reportText(t, number, err)
		})
	}
	if all.Foreseen > 0 {
		t.Logf("of %d outcomes that are predicted for states with several, %d happened", all.Foreseen, all.Seen)
	}
	t.Logf("%d scenarios, %d states, %d differences; %d states with several outcomes, %d scenarios with a rare outcome, %d that ended in a race",
		count, all.States, faults, all.Chosen, all.Rare, all.Races)
}

func reportText(t *testing.T, seed int, fault error) {
	text := fmt.Sprintf("seed %d: %v", seed, fault)
	t.Error(text)
	if dir := os.Getenv("ORACLE_MISMATCHES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(t.Name(), "/", "-")+".txt"), []byte(text), 0o666); err != nil {
			t.Error(err)
		}
	}
}
