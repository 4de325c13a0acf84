package planner

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A docTable is a table of a page of docs, without its head.
type docTable struct {
	head []string
	rows [][]string
}

// docTables reads the tables of a page.
func docTables(t *testing.T, file string) (tables []docTable) {
	t.Helper()
	text, err := os.ReadFile("../docs/" + file)
	if err != nil {
		t.Fatal(err)
	}
	inside := false
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "|") {
			inside = false
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case !inside:
			tables, inside = append(tables, docTable{head: cells}), true
		case !strings.HasPrefix(cells[0], "---"):
			last := &tables[len(tables)-1]
			last.rows = append(last.rows, cells)
		}
	}
	return tables
}

// checkTables computes the last columns of each row from the first ones. A
// table that no function computes is one of words: it has to be named.
func checkTables(t *testing.T, file string, words []string, compute map[string]func(cells []string) []string) {
	t.Helper()
	left := len(compute) + len(words)
	for _, table := range docTables(t, file) {
		head := strings.Join(table.head, " ")
		if slices.Contains(words, head) {
			left--
			continue
		}
		f := compute[head]
		if f == nil {
			t.Errorf("%s: nothing computes the table %q", file, head)
			continue
		}
		left--
		for _, row := range table.rows {
			want := f(row)
			if got := row[len(row)-len(want):]; !slices.Equal(got, want) {
				t.Errorf("%s: %s\n row %v\nhas %v\nand is %v", file, head, row, got, want)
			}
		}
	}
	if left != 0 {
		t.Errorf("%s lacks %d tables", file, left)
	}
}

func cellNumber(cell string) int32 {
	if cell == "-" {
		return 0
	}
	n, err := strconv.ParseInt(cell, 10, 32)
	if err != nil {
		panic(err)
	}
	return int32(n)
}

func cellLimit(cell string) IntOrPercent {
	if number, ok := strings.CutSuffix(cell, "%"); ok {
		return Percent(cellNumber(number))
	}
	return Count(cellNumber(cell))
}

// cellSpan reads 2..30.
func cellSpan(cell string) Span {
	low, high, _ := strings.Cut(cell, "..")
	return span(int(cellNumber(low)), int(cellNumber(high)))
}

func texts(values ...any) (list []string) {
	for _, v := range values {
		list = append(list, fmt.Sprint(v))
	}
	return list
}

func cellRolling(cells []string) Spec {
	return rolling(cellNumber(cells[0]), cellLimit(cells[1]), cellLimit(cells[2]))
}

// twoSizes writes a step's old and new pods.
func twoSizes(revisions []Revision) string {
	sizes := map[bool]int32{}
	for _, r := range revisions {
		sizes[r.Revision > 1] += r.Desired
	}
	return fmt.Sprintf("%d and %d", sizes[false], sizes[true])
}

func TestRoundingPage(t *testing.T) {
	checkTables(t, "rounding.md", []string{"object field rounded besides"}, map[string]func([]string) []string{
		"replicas maxSurge maxUnavailable surge unavailable pods at most available at least": func(c []string) []string {
			spec := cellRolling(c)
			surge, unavailable := spec.Strategy.Resolve(spec.Replicas)
			return texts(surge, unavailable, spec.Replicas+surge, spec.Replicas-unavailable)
		},
		"replicas maxSurge maxUnavailable rounds pods at most with terminating not ready at most available at least a bad version stops at": func(c []string) []string {
			p := simulate(t, cellRolling(c), Scenario{Readiness: Together, Termination: TerminateNext, Events: []Event{update, toTheEnd}})
			bad := strings.Replace(twoSizes(p.IfBad.Revisions), " and", " old,", 1) + " new"
			return texts(len(p.Steps)-2, p.PeakPods, p.PeakPodsWithTerminating, p.MaxNotReady, p.MinAvailable, bad)
		},
		"replicas maxSurge maxUnavailable old and new scaled to may exist old and new after": func(c []string) []string {
			p := simulate(t, cellRolling(c), Scenario{Readiness: Never, Events: []Event{update, scale(cellNumber(c[4]))}})
			allowed := p.Bounds.MaxPods
			return texts(twoSizes(p.Steps[1].Revisions), c[4], allowed, twoSizes(p.Steps[2].Revisions))
		},
		"replicas maxUnavailable at a time": func(c []string) []string {
			spec := ordered(cellNumber(c[0]))
			spec.Set.MaxUnavailableWorks, spec.Strategy.MaxUnavailable = true, cellLimit(c[1])
			return texts(spec.unavailableOfSet())
		},
		"nodes maxUnavailable maxSurge unavailable surge rounds": func(c []string) []string {
			spec := nodes(cellNumber(c[0]), cellLimit(c[1]), cellLimit(c[2]))
			p := simulate(t, spec, Scenario{Readiness: Together, Events: []Event{update, toTheEnd}})
			return texts(p.Strategy.UnavailablePods, p.Strategy.SurgePods, len(p.Steps)-2)
		},
		"pods wanted two Deployments one, paused": func(c []string) []string {
			n, percent := cellNumber(c[0]), float64(cellLimit(c[1]).Value)
			two := SplitCanary(n, percent)
			one, err := PauseNear(rolling(n, Percent(25), Percent(25)), percent)
			if err != nil {
				t.Fatal(err)
			}
			return texts(fmt.Sprintf("%d and %d", two.Stable, two.Canary), fmt.Sprintf("%d and %d", one.Stable, one.Canary))
		},
	})
}

// nodes is a DaemonSet on a number of nodes.
func nodes(n int32, unavailable, surge IntOrPercent) Spec {
	return Spec{
		Kind: DaemonSet, Replicas: n, RevisionHistoryLimit: 10,
		Strategy: Strategy{Type: RollingUpdate, MaxUnavailable: unavailable, MaxSurge: surge},
	}
}

// cellProbe is the probe that begins at a cell, nil for a dash.
func cellProbe(delay, period, successes, failures string) *Probe {
	if delay == "-" {
		return nil
	}
	return probe(cellNumber(delay), cellNumber(period), max(1, cellNumber(successes)), max(1, cellNumber(failures)))
}

func TestTimingPage(t *testing.T) {
	checkTables(t, "timing.md", []string{"what earliest latest"}, map[string]func([]string) []string{
		"x startup D P F readiness D P S ready": func(c []string) []string {
			web := pod(Container{Startup: cellProbe(c[1], c[2], "1", c[3]), Readiness: cellProbe(c[4], c[5], c[6], "3")})
			a := Assumptions{Startup: span(int(cellNumber(c[0])), int(cellNumber(c[0])))}
			low, _ := a.readyAfter(web, shortest)
			high, _ := a.readyAfter(web, longest)
			if high >= never {
				return texts("never")
			}
			return texts(fmt.Sprintf("%d..%d", low/1000, high/1000))
		},
		"D P F at the earliest at the latest": func(c []string) []string {
			p := cellProbe(c[0], c[1], "1", c[2])
			return texts(int64(p.earliestKill()/1000), int64(p.budget()/1000))
		},
		"kind replicas maxSurge maxUnavailable minReadySeconds shutdown takes": func(c []string) []string {
			spec := rolling(cellNumber(c[1]), cellLimit(c[2]), cellLimit(c[3]))
			switch c[0] {
			case "Recreate":
				spec.Strategy = Strategy{Type: Recreate}
			case "StatefulSet":
				spec = ordered(spec.Replicas)
			case "DaemonSet":
				spec = nodes(spec.Replicas, spec.Strategy.MaxUnavailable, spec.Strategy.MaxSurge)
			}
			spec.MinReadySeconds = cellNumber(c[4])
			spec.Pod = pod(Container{Name: "web", Readiness: probe(11, 20, 1, 3)})
			p := simulate(t, spec, Scenario{Assumptions: Assumptions{Shutdown: cellSpan(c[5])}, Termination: TerminateNext, Events: []Event{update, toTheEnd}})
			return texts(fmt.Sprintf("%v..%v", p.DurationSeconds.Min, *p.DurationSeconds.Max))
		},
		"failures next pod after": func(c []string) []string {
			return texts(int64(delay(cellNumber(c[0])) / 1000))
		},
		"backoffLimit pods gives up after": func(c []string) []string {
			one := int32(1)
			spec := Spec{Kind: Job, Job: &JobSpec{Completions: &one, Parallelism: 1, BackoffLimit: cellNumber(c[0])}}
			bad := simulate(t, spec, spec.DefaultScenario()).IfBad
			return texts(bad.FailedPods, bad.DetectedAfterSeconds)
		},
	})
}
