package cli

import (
	"fmt"
	"os"
	"slices"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// A scenarioFile is what a file of --scenario says. readiness is "" where it says
// nothing of it.
type scenarioFile struct {
	name        string
	readiness   planner.Readiness
	termination planner.Termination
	events      []planner.Event
	places      []manifest.Pos // of each event
}

// at prefixes a fault of one event with its place.
func (f *scenarioFile) at(event int, err error) error {
	if event < 0 || event >= len(f.places) {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	return fmt.Errorf("%s:%d:%d: %w", f.name, f.places[event].Line, f.places[event].Column, err)
}

// readScenario reads a scenario file. It is strict: what it does not know is
// an error at its place, because a misspelt event would change the plan in
// silence. Every fault is said at once.
func readScenario(name string) (*scenarioFile, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("--scenario: %w", err)
	}
	return parseScenario(name, data)
}

func parseScenario(name string, data []byte) (*scenarioFile, error) {
	doc, err := manifest.ParseSettings(name, data)
	if err != nil {
		return nil, err
	}
	r := &nodeReader{doc: doc}
	f := r.scenario()
	f.name = name
	return f, r.err()
}

func (r *nodeReader) scenario() *scenarioFile {
	f := &scenarioFile{termination: planner.TerminateInstant}
	fields := r.fields(nil, "readiness", "termination", "events")
	if fields == nil {
		return f
	}
	if n := fields["readiness"]; n != nil {
		f.readiness = planner.Readiness(r.word(manifest.Keys("readiness"), n, append(slices.Clone(readinessNames), string(planner.Manual))))
	}
	if n := fields["termination"]; n != nil {
		f.termination = planner.Termination(r.word(manifest.Keys("termination"), n, terminationNames))
	}
	path := manifest.Keys("events")
	events := fields["events"]
	switch {
	case events == nil:
		r.faultf(nil, "a scenario needs events")
	case events.Kind != manifest.Sequence:
		r.faultf(path, "events must be a list")
	default:
		f.events = []planner.Event{} // none is a scenario too: the state before any event
		for i := range events.Items {
			p := path.Append(manifest.Index(i))
			if e, ok := r.event(p); ok {
				f.events = append(f.events, e)
				f.places = append(f.places, r.doc.Range(p).Start)
			}
		}
	}
	return f
}

// event reads one item of events: a map with the event's name as its only key.
func (r *nodeReader) event(p manifest.Path) (planner.Event, bool) {
	n := r.doc.Root.At(p)
	if n.Kind != manifest.Mapping || len(n.Pairs) != 1 {
		r.faultf(p, "an event is a map with one key, such as `update: {}`; the key is %s", orList(eventNames()))
		return planner.Event{}, false
	}
	name := n.Pairs[0].Key.Text
	for _, e := range eventReaders {
		if string(e.event) == name {
			event := planner.Event{Type: e.event}
			before := len(r.faults)
			e.read(r, p.Append(manifest.Key(name)), &event)
			return event, len(r.faults) == before
		}
	}
	r.faultf(p, "%s", unknownChoice("event", name, eventNames()))
	return planner.Event{}, false
}

// terminationNames are the values of termination in a scenario file.
var terminationNames = []string{string(planner.TerminateInstant), string(planner.TerminateNext), string(planner.TerminateManual)}
