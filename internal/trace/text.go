package trace

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Text is a trace of any workload kind, with words instead of types.
type Text struct {
	Name string // one line
	// Kubernetes are the minors for which it holds, as 1.33: all of them if it
	// names none.
	Kubernetes []string
	Spec       Fields // kind=… first, unless it is a Deployment
	Scenario   Fields
	Acts       []Act
	// States holds the states of each event: [0] the start, [i+1] those of
	// event i.
	States  [][]State
	Refused bool // the last event was refused
}

// An Act is an event: its type and what it says.
type Act struct {
	Type   string
	Fields Fields
}

// String is the act as a trace has it.
func (a Act) String() string { return a.Type + a.Fields.String() }

// A State is what the workload looks like after an event.
type State struct {
	// Outcomes is one state, or all of them where the controllers race.
	Outcomes []string
	// Rare are outcomes that a few runs had and that nobody has to predict:
	// controllers other than a Deployment's at times act on half of the news.
	// The trace goes on with the outcome of the others.
	Rare []string
}

// Fields are key=value pairs in their order.
type Fields []Field

// A Field has a key and a value without blanks.
type Field struct{ Key, Value string }

// Add appends a pair.
func (f *Fields) Add(key string, value any) {
	*f = append(*f, Field{key, fmt.Sprint(value)})
}

// Get is the value of a key.
func (f Fields) Get(key string) (string, bool) {
	for _, field := range f {
		if field.Key == key {
			return field.Value, true
		}
	}
	return "", false
}

// String writes each pair with a blank before it.
func (f Fields) String() string {
	var b strings.Builder
	for _, field := range f {
		fmt.Fprintf(&b, " %s=%s", field.Key, field.Value)
	}
	return b.String()
}

const (
	start   = "start"
	refused = "refused"
	rarely  = "rarely"
)

// HoldsFor tells whether the trace is one of a minor, as 1.33.
func (t Text) HoldsFor(minor string) bool {
	return len(t.Kubernetes) == 0 || slices.Contains(t.Kubernetes, minor)
}

// minor is what a planner.Spec has for the first minor of the header.
func (t Text) minor() (int, error) {
	if len(t.Kubernetes) == 0 {
		return 0, nil
	}
	digits, ok := strings.CutPrefix(t.Kubernetes[0], "1.")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil {
		return 0, fmt.Errorf("%q is no minor of Kubernetes", t.Kubernetes[0])
	}
	return n, nil
}

// String is the trace as ParseText reads it.
func (t Text) String() string {
	names := []string{start}
	for _, a := range t.Acts[:max(0, min(len(t.Acts), len(t.States)-1))] {
		names = append(names, a.String())
	}
	width := 0
	for _, name := range names {
		width = max(width, len(name))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", t.Name)
	if len(t.Kubernetes) > 0 {
		fmt.Fprintf(&b, "kubernetes %s\n", strings.Join(t.Kubernetes, " "))
	}
	fmt.Fprintf(&b, "spec%s\nscenario%s\n", t.Spec, t.Scenario)
	for i, name := range names {
		for _, line := range t.lines(i) {
			fmt.Fprintln(&b, strings.TrimRight(fmt.Sprintf("%-*s %s", width, name, line), " "))
			name = ""
		}
	}
	return b.String()
}

// lines are what stands beside the event of a group of states.
func (t Text) lines(i int) (lines []string) {
	if i >= len(t.States) {
		return []string{""} // not recorded yet
	}
	if t.Refused && i == len(t.States)-1 {
		return []string{"-> " + refused}
	}
	for _, state := range t.States[i] {
		arrow := "->"
		for _, outcome := range state.Outcomes {
			lines = append(lines, arrow+" "+outcome)
			arrow = "or"
		}
		for _, outcome := range state.Rare {
			lines = append(lines, rarely+" "+outcome)
		}
	}
	if lines == nil {
		return []string{""} // a run without a round
	}
	return lines
}

// FormatText writes traces as ParseText reads them.
func FormatText(texts []Text) []byte {
	var b bytes.Buffer
	for i, t := range texts {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(t.String())
	}
	return b.Bytes()
}

// ParseText reads traces of any kind. The error names the line.
func ParseText(text []byte) ([]Text, error) {
	var texts []Text
	for i, line := range strings.Split(string(text), "\n") {
		if name, ok := strings.CutPrefix(line, "# "); ok {
			texts = append(texts, Text{Name: name})
			continue
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		err := errors.New("a trace starts with # and its name")
		if len(texts) > 0 {
			err = texts[len(texts)-1].parse(line)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return texts, nil
}

// parse adds a line to the trace.
func (t *Text) parse(line string) error {
	switch word, rest, _ := strings.Cut(line, " "); word {
	case "kubernetes":
		t.Kubernetes = strings.Fields(rest)
		return nil
	case "spec":
		t.Spec = parseFields(rest)
		return nil
	case "scenario":
		t.Scenario = parseFields(rest)
		return nil
	}
	event, outcome, arrow := strings.Cut(line, "-> ")
	if !arrow {
		switch word, other, _ := strings.Cut(strings.TrimSpace(line), " "); word {
		case "or", rarely:
			return t.alternative(other, word == rarely)
		}
	}
	if word, rest, _ := strings.Cut(strings.TrimSpace(event), " "); word != "" {
		t.States = append(t.States, nil)
		if word != start {
			t.Acts = append(t.Acts, Act{word, parseFields(rest)})
		}
	}
	last := len(t.States) - 1
	switch {
	case last < 0:
		return errors.New("a state without an event")
	case !arrow:
	case outcome == refused:
		t.Refused = true
	default:
		t.States[last] = append(t.States[last], State{Outcomes: []string{outcome}})
	}
	return nil
}

// alternative adds an outcome to the last state.
func (t *Text) alternative(outcome string, rare bool) error {
	if len(t.States) == 0 || len(t.States[len(t.States)-1]) == 0 {
		return errors.New("an outcome without another")
	}
	states := t.States[len(t.States)-1]
	state := &states[len(states)-1]
	if rare {
		state.Rare = append(state.Rare, outcome)
	} else {
		state.Outcomes = append(state.Outcomes, outcome)
	}
	return nil
}

func parseFields(text string) (fields Fields) {
	for _, word := range strings.Fields(text) {
		key, value, _ := strings.Cut(word, "=")
		fields = append(fields, Field{key, value})
	}
	return fields
}
