package trace

import (
	"bytes"
	"fmt"
	"math"
	"strings"

	"github.com/rollcast/rollcast/planner"
)

// Format writes traces as Parse reads them.
func Format(traces []Trace) []byte {
	var b bytes.Buffer
	for i, t := range traces {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(t.String())
	}
	return b.Bytes()
}

// String is the trace alone.
func (t Trace) String() string {
	names := []string{eventStart}
	width := len(eventStart)
	for i, e := range t.Scenario.Events {
		if i+1 >= len(t.Steps) {
			break
		}
		name := Event(e)
		names = append(names, name)
		width = max(width, len(name))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n%s\n%s\n", t.Name, Spec(t.Spec), scenario(t.Scenario))
	for i, name := range names[:len(t.Steps)] {
		lines := states(t.Steps[i])
		if t.Refused && i == len(t.Steps)-1 {
			lines = []string{"-> " + refused}
		}
		if len(lines) == 0 {
			fmt.Fprintln(&b, name) // a run without a round
		}
		for _, line := range lines {
			fmt.Fprintf(&b, "%-*s %s\n", width, name, line)
			name = ""
		}
	}
	return b.String()
}

const (
	eventStart = "start"
	refused    = "refused"
)

func states(steps []planner.Step) (lines []string) {
	for _, s := range steps {
		arrow := "->"
		for _, outcome := range Outcomes(s) {
			lines = append(lines, arrow+" "+outcome)
			arrow = "or"
		}
	}
	return lines
}

// fields are a word and key=value pairs in one line.
type fields struct{ strings.Builder }

func (f *fields) add(key string, value any, given bool) {
	if given {
		fmt.Fprintf(f, " %s=%v", key, value)
	}
}

// Spec is a trace's spec line.
func Spec(s planner.Spec) string {
	d := Default()
	var f fields
	f.WriteString("spec")
	f.add("replicas", s.Replicas, true)
	rolling := s.Strategy.Type == planner.RollingUpdate
	f.add("strategy", s.Strategy.Type, !rolling)
	f.add("maxSurge", s.Strategy.MaxSurge, rolling && s.Strategy.MaxSurge != d.Strategy.MaxSurge)
	f.add("maxUnavailable", s.Strategy.MaxUnavailable, rolling && s.Strategy.MaxUnavailable != d.Strategy.MaxUnavailable)
	f.add("minReadySeconds", s.MinReadySeconds, s.MinReadySeconds != d.MinReadySeconds)
	f.add("progressDeadlineSeconds", limit(s.ProgressDeadlineSeconds), s.ProgressDeadlineSeconds != d.ProgressDeadlineSeconds)
	f.add("revisionHistoryLimit", limit(s.RevisionHistoryLimit), s.RevisionHistoryLimit != d.RevisionHistoryLimit)
	f.add("paused", s.Paused, s.Paused)
	return f.String()
}

func scenario(s planner.Scenario) string {
	var f fields
	f.WriteString("scenario")
	f.add("readiness", s.Readiness, true)
	f.add("termination", s.Termination, s.Termination != planner.TerminateInstant)
	return f.String()
}

// Event is an event as a trace has it.
func Event(e planner.Event) string {
	var f fields
	f.WriteString(string(e.Type))
	switch e.Type {
	case planner.EventReady, planner.EventUnready, planner.EventDelete:
		f.add("revision", e.Revision, true)
		f.add("pods", e.Pods, true)
	case planner.EventScale:
		f.add("replicas", e.Replicas, true)
	case planner.EventUndo:
		f.add("to", e.To, e.To != 0)
	case planner.EventWait:
		f.add("time", e.Wait, true)
	case planner.EventRun:
		if e.Rounds == planner.RunToEnd {
			f.add("rounds", "end", true)
		} else {
			f.add("rounds", e.Rounds, true)
		}
	case planner.EventEdit, planner.EventUpdate:
		if e.Edit != nil {
			edit(&f, *e.Edit)
		}
	}
	return f.String()
}

func edit(f *fields, e planner.Edit) {
	add(f, "replicas", e.Replicas)
	add(f, "paused", e.Paused)
	add(f, "strategy", e.Strategy)
	add(f, "maxSurge", e.MaxSurge)
	add(f, "maxUnavailable", e.MaxUnavailable)
	add(f, "minReadySeconds", e.MinReadySeconds)
	if e.ProgressDeadlineSeconds != nil {
		f.add("progressDeadlineSeconds", limit(*e.ProgressDeadlineSeconds), true)
	}
	if e.RevisionHistoryLimit != nil {
		f.add("revisionHistoryLimit", limit(*e.RevisionHistoryLimit), true)
	}
}

func add[T any](f *fields, key string, value *T) {
	if value != nil {
		f.add(key, *value, true)
	}
}

// limit writes the number that means no limit as a word.
func limit(n int32) string {
	if n == math.MaxInt32 {
		return "none"
	}
	return fmt.Sprint(n)
}
