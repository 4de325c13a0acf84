package trace

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rollcast/rollcast/planner"
)

// Parse reads traces. The error names the line.
func Parse(text []byte) ([]Trace, error) {
	p := parser{}
	for i, line := range bytes.Split(text, []byte("\n")) {
		if err := p.line(string(line)); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return p.traces, nil
}

type parser struct{ traces []Trace }

func (p *parser) line(line string) error {
	if name, ok := strings.CutPrefix(line, "# "); ok {
		p.traces = append(p.traces, Trace{Name: name, Spec: Default(), Scenario: planner.Scenario{Readiness: planner.Manual, Termination: planner.TerminateInstant}})
		return nil
	}
	if strings.TrimSpace(line) == "" {
		return nil
	}
	if len(p.traces) == 0 {
		return fmt.Errorf("a trace starts with # and its name")
	}
	t := &p.traces[len(p.traces)-1]
	if rest, ok := strings.CutPrefix(line, "spec "); ok {
		return parseFields(rest, func(key, value string) error { return t.specField(key, value) })
	}
	if rest, ok := strings.CutPrefix(line, "scenario "); ok {
		return parseFields(rest, func(key, value string) error { return t.scenarioField(key, value) })
	}
	event, state, arrow := strings.Cut(line, "-> ")
	if !arrow {
		if before, outcome, ok := strings.Cut(line, "or "); ok && strings.TrimSpace(before) == "" {
			return t.alternative(outcome)
		}
		event = line
	}
	if event = strings.TrimSpace(event); event != "" {
		if err := t.event(event); err != nil {
			return err
		}
	}
	if !arrow {
		return nil
	}
	if state == refused {
		t.Refused = true
		return nil
	}
	step, err := parseState(state)
	if err != nil {
		return err
	}
	last := len(t.Steps) - 1
	if last < 0 {
		return fmt.Errorf("a state without an event")
	}
	t.Steps[last] = append(t.Steps[last], step)
	return nil
}

// event adds an event; the states that follow are its own.
func (t *Trace) event(text string) error {
	t.Steps = append(t.Steps, nil)
	if text == eventStart {
		return nil
	}
	word, rest, _ := strings.Cut(text, " ")
	e := planner.Event{Type: planner.EventType(word)}
	err := parseFields(rest, func(key, value string) error { return eventField(&e, key, value) })
	t.Scenario.Events = append(t.Scenario.Events, e)
	return err
}

// alternative adds an outcome to the last step.
func (t *Trace) alternative(text string) error {
	s, err := parseState(text)
	if err != nil {
		return err
	}
	steps := t.Steps[len(t.Steps)-1]
	if len(steps) == 0 {
		return fmt.Errorf("an outcome without another")
	}
	last := &steps[len(steps)-1]
	last.Alternatives = append(last.Alternatives, planner.Alternative{Revisions: s.Revisions})
	return nil
}

func parseFields(text string, set func(key, value string) error) error {
	for _, field := range strings.Fields(text) {
		key, value, _ := strings.Cut(field, "=")
		if err := set(key, value); err != nil {
			return fmt.Errorf("%s: %w", field, err)
		}
	}
	return nil
}

func (t *Trace) scenarioField(key, value string) error {
	switch key {
	case "readiness":
		t.Scenario.Readiness = planner.Readiness(value)
	case "termination":
		t.Scenario.Termination = planner.Termination(value)
	default:
		return fmt.Errorf("no such field")
	}
	return nil
}

// specField sets a field of the spec by way of an edit, which has them all.
func (t *Trace) specField(key, value string) error {
	var e planner.Edit
	if err := editField(&e, key, value); err != nil {
		return err
	}
	s := &t.Spec
	set(&s.Replicas, e.Replicas)
	set(&s.Paused, e.Paused)
	set(&s.Strategy.Type, e.Strategy)
	set(&s.Strategy.MaxSurge, e.MaxSurge)
	set(&s.Strategy.MaxUnavailable, e.MaxUnavailable)
	set(&s.MinReadySeconds, e.MinReadySeconds)
	set(&s.ProgressDeadlineSeconds, e.ProgressDeadlineSeconds)
	set(&s.RevisionHistoryLimit, e.RevisionHistoryLimit)
	if s.Strategy.Type == planner.Recreate {
		s.Strategy.MaxSurge, s.Strategy.MaxUnavailable = planner.IntOrPercent{}, planner.IntOrPercent{}
	}
	return nil
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

func eventField(e *planner.Event, key, value string) (err error) {
	switch e.Type {
	case planner.EventReady, planner.EventUnready, planner.EventDelete:
		if key == "revision" {
			e.Revision, err = strconv.Atoi(value)
			return err
		}
		e.Pods, err = number(value)
	case planner.EventScale:
		e.Replicas, err = number(value)
	case planner.EventUndo:
		e.To, err = strconv.Atoi(value)
	case planner.EventWait:
		e.Wait, err = time.ParseDuration(value)
	case planner.EventRun:
		if value == "end" {
			e.Rounds = planner.RunToEnd
			return nil
		}
		e.Rounds, err = strconv.Atoi(value)
	case planner.EventEdit, planner.EventUpdate:
		if e.Edit == nil {
			e.Edit = &planner.Edit{}
		}
		return editField(e.Edit, key, value)
	default:
		return fmt.Errorf("%s has no fields", e.Type)
	}
	return err
}

func editField(e *planner.Edit, key, value string) (err error) {
	var n int32
	switch key {
	case "replicas", "minReadySeconds", "progressDeadlineSeconds", "revisionHistoryLimit":
		n, err = number(value)
	}
	switch key {
	case "replicas":
		e.Replicas = &n
	case "minReadySeconds":
		e.MinReadySeconds = &n
	case "progressDeadlineSeconds":
		e.ProgressDeadlineSeconds = &n
	case "revisionHistoryLimit":
		e.RevisionHistoryLimit = &n
	case "paused":
		paused := value == "true"
		e.Paused = &paused
	case "strategy":
		strategy := planner.StrategyType(value)
		e.Strategy = &strategy
	case "maxSurge":
		e.MaxSurge, err = intOrPercent(value)
	case "maxUnavailable":
		e.MaxUnavailable, err = intOrPercent(value)
	default:
		err = fmt.Errorf("no such field")
	}
	return err
}

func number(value string) (int32, error) {
	if value == "none" {
		return math.MaxInt32, nil
	}
	n, err := strconv.ParseInt(value, 10, 32)
	return int32(n), err
}

func intOrPercent(value string) (*planner.IntOrPercent, error) {
	digits, percent := strings.CutSuffix(value, "%")
	n, err := number(digits)
	return &planner.IntOrPercent{Value: n, Percent: percent}, err
}

var revisionForm = regexp.MustCompile(`^(\d+)(?:as(\d+))?:(\d+)/(\d+)/(\d+)(?:~(\d+))?(?:\+(\d+))?$`)

func parseState(text string) (planner.Step, error) {
	s := planner.Step{Conditions: planner.Conditions{Available: true, Progressing: true}}
	for _, word := range strings.Fields(text) {
		switch word {
		case "unavailable":
			s.Conditions.Available = false
			continue
		case "overdue":
			s.Conditions.Progressing = false
			continue
		}
		m := revisionForm.FindStringSubmatch(word)
		if m == nil {
			return s, fmt.Errorf("%q is no revision's pods", word)
		}
		var n [8]int
		for i, digits := range m[1:] {
			n[i], _ = strconv.Atoi(digits) // the form has digits only; none is 0
		}
		r := planner.Revision{Revision: n[0], As: n[1], Desired: int32(n[2]), Ready: int32(n[3]), Available: int32(n[4]), NotReady: int32(n[2] - n[3]), Terminating: int32(n[6])}
		if m[6] != "" {
			r.NotReady = int32(n[5])
		}
		s.Revisions = append(s.Revisions, r)
		s.Pods += int64(r.Ready + r.NotReady)
		s.Available += int64(r.Available)
		s.Terminating += int64(r.Terminating)
	}
	return s, nil
}
