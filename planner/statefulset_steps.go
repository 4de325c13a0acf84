package planner

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Ordinals are the pods of a StatefulSet in a step, the lowest first.
type Ordinals []OrdinalRun

// An OrdinalRun is pods with consecutive ordinals that are alike.
type OrdinalRun struct {
	First, Last int64
	Revision    int // as created
	Ready       bool
	Terminating bool
}

// listedPods is how many pods a step lists one by one. Of more, it lists runs.
const listedPods = 256

// MarshalJSON writes one object for each pod; of sets with more than 256 pods
// one for each run of pods that are alike, whose last ordinal is "to".
//
//	{"ordinal": 3, "revision": 2, "ready": true}
//	{"ordinal": 3, "to": 9999, "revision": 2, "ready": true}
func (o Ordinals) MarshalJSON() ([]byte, error) {
	type pod struct {
		Ordinal     int64  `json:"ordinal"`
		To          *int64 `json:"to,omitempty"`
		Revision    int    `json:"revision"`
		Ready       bool   `json:"ready"`
		Terminating bool   `json:"terminating,omitempty"`
	}
	var pods int64
	for _, r := range o {
		pods += r.Last - r.First + 1
	}
	list := []pod{}
	for _, r := range o {
		if pods > listedPods {
			one := pod{Ordinal: r.First, Revision: r.Revision, Ready: r.Ready, Terminating: r.Terminating}
			if r.Last > r.First {
				one.To = &r.Last
			}
			list = append(list, one)
			continue
		}
		for i := r.First; i <= r.Last; i++ {
			list = append(list, pod{Ordinal: i, Revision: r.Revision, Ready: r.Ready, Terminating: r.Terminating})
		}
	}
	return json.Marshal(list)
}

// A paper is memory that many steps share: small pieces of their own would take
// longer than the simulation.
type paper struct {
	counts    []Revision
	revisions []Revision
	ordinals  []OrdinalRun
	reason    []byte
}

// room cuts an empty list for n items off a sheet of memory.
func room[T any](sheet *[]T, n int) []T {
	if cap(*sheet)-len(*sheet) < n {
		*sheet = make([]T, 0, max(n, min(max(16, 4*cap(*sheet)), 4096)))
	}
	from := len(*sheet)
	*sheet = (*sheet)[:from+n]
	return (*sheet)[from : from : from+n]
}

// look implements controller.
func (s *statefulSet) look() (step Step, ready int64) {
	from, to := s.ordinals()
	boundary := s.boundary()
	counts := append(s.paper.counts[:0], make([]Revision, len(s.revisions))...)
	s.paper.counts = counts
	of := func(revision int) *Revision {
		for i := range s.revisions {
			if s.revisions[i].revision == revision {
				return &counts[i]
			}
		}
		return &Revision{} // a revision with pods is never deleted
	}
	// A StatefulSet asks for pods as a whole, so what a revision is asked for
	// is its pods and the missing ones that will be of it.
	current, update := of(s.current), of(s.update)
	current.Desired += int32(max(0, min(to, boundary)-from))
	update.Desired += int32(to - max(from, min(to, boundary)))
	step.Ordinals = room(&s.paper.ordinals, len(s.rows))
	for _, r := range s.rows {
		c, n := of(r.revision), int32(r.n)
		step.Ordinals = append(step.Ordinals, OrdinalRun{
			First: r.first, Last: r.end() - 1, Revision: r.revision,
			Ready: r.phase == podReady, Terminating: r.phase == podLeaving,
		})
		if r.phase == podLeaving {
			c.Terminating += n
			step.Terminating += r.n
			continue
		}
		c.Desired += n
		current.Desired -= int32(max(0, min(r.end(), to, boundary)-max(r.first, from)))
		update.Desired -= int32(max(0, min(r.end(), to)-max(r.first, from, boundary)))
		step.Pods += r.n
		if r.phase == podWaiting {
			c.NotReady += n
			continue
		}
		c.Ready += n
		ready += r.n
		if s.available(r) {
			c.Available += n
			step.Available += r.n
		}
	}
	step.Revisions = room(&s.paper.revisions, len(counts))
	for i, c := range counts {
		r := s.revisions[i]
		if c.Desired == 0 && c.Terminating == 0 && i < len(counts)-1 {
			continue
		}
		c.Revision = r.revision
		if r.number != int64(r.revision) {
			c.As = int(r.number)
		}
		step.Revisions = append(step.Revisions, c)
	}
	step.Conditions = Conditions{Available: true, Progressing: true, None: true}
	step.Claims = s.claimNames()
	return step, ready
}

// claimNames lists the claims that exist, if they are not those of the last
// time.
func (s *statefulSet) claimNames() (names []string) {
	if len(s.spec.Set.Claims) == 0 || s.shown != nil && slices.Equal(s.shown, s.claims) {
		return nil
	}
	s.shown, names = append([]stretchOfOrdinals{}, s.claims...), []string{}
	for _, template := range s.spec.Set.Claims {
		name := func(ordinal int64) string { return fmt.Sprintf("%s-%s", template, s.name(ordinal)) }
		for _, c := range s.claims {
			if c.hi-c.lo > listedPods {
				names = append(names, name(c.lo)+".."+name(c.hi-1))
				continue
			}
			for i := c.lo; i < c.hi; i++ {
				names = append(names, name(i))
			}
		}
	}
	return names
}

// name is what a pod is called.
func (s *statefulSet) name(ordinal int64) string {
	return fmt.Sprintf("%s-%d", s.spec.Set.Name, ordinal)
}

// clock implements controller.
func (s *statefulSet) clock() moment { return moment{s.now, s.skipped, s.opened} }
