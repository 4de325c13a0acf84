package trace

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/planner"
)

// StateOf is a step as a trace has it, without what a trace leaves out: the
// index, the event, the reason and the seconds. Two steps with equal states
// say the same of the world.
func StateOf(s planner.Step) string {
	words := make([]string, 0, len(s.Revisions)+2)
	for _, r := range s.Revisions {
		words = append(words, revision(r))
	}
	if !s.Conditions.Available {
		words = append(words, "unavailable")
	}
	if !s.Conditions.Progressing {
		words = append(words, "overdue")
	}
	return strings.Join(words, " ")
}

// Revisions is StateOf without the conditions, as an alternative has it.
func Revisions(revisions []planner.Revision) string {
	words := make([]string, len(revisions))
	for i, r := range revisions {
		words[i] = revision(r)
	}
	return strings.Join(words, " ")
}

func revision(r planner.Revision) string {
	var b strings.Builder
	fmt.Fprint(&b, r.Revision)
	if r.As != 0 {
		fmt.Fprintf(&b, "as%d", r.As)
	}
	fmt.Fprintf(&b, ":%d/%d/%d", r.Desired, r.Ready, r.Available)
	if r.NotReady != r.Desired-r.Ready {
		fmt.Fprintf(&b, "~%d", r.NotReady)
	}
	if r.Terminating != 0 {
		fmt.Fprintf(&b, "+%d", r.Terminating)
	}
	return b.String()
}

// Outcomes are the states that a step allows: its own and, where controllers
// race, the others, sorted. Conditions are not among them then, because an
// alternative has none.
func Outcomes(s planner.Step) []string {
	if len(s.Alternatives) == 0 {
		return []string{StateOf(s)}
	}
	outcomes := []string{Revisions(s.Revisions)}
	for _, a := range s.Alternatives {
		outcomes = append(outcomes, Revisions(a.Revisions))
	}
	slices.SortFunc(outcomes, func(a, b string) int { return cmp.Compare(b, a) })
	return slices.Compact(outcomes)
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
		r := planner.Revision{
			Revision: n[0], As: n[1],
			Desired: int32(n[2]), Ready: int32(n[3]), Available: int32(n[4]),
			NotReady: int32(n[2] - n[3]), Terminating: int32(n[6]),
		}
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
