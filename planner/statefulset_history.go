package planner

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// adopt finds the revision of the present template, or creates it. An old one
// that comes back gets the highest number: after an undo from 2, revision 1 is
// number 3.
//
// Mirrors getStatefulSetRevisions.
func (s *statefulSet) adopt() {
	i := slices.IndexFunc(s.revisions, func(r controllerRevision) bool { return r.template == s.template })
	highest := s.byNumber(0)
	switch {
	case i < 0:
		s.created++
		r := controllerRevision{revision: s.created, template: s.template, number: 1, pace: s.kubelet.pace(*s.pods[s.template-1])}
		if highest != nil {
			r.number = highest.number + 1
		}
		s.revisions = append(s.revisions, r)
		i = len(s.revisions) - 1
		s.writes++
	case highest.template != s.template:
		s.revisions[i].number = highest.number + 1
		s.writes++
	}
	s.update = s.revisions[i].revision
}

// byNumber is the revision with the highest number but for n, or nil.
func (s *statefulSet) byNumber(n int) *controllerRevision {
	if n >= len(s.revisions) {
		return nil
	}
	sorted := make([]*controllerRevision, len(s.revisions))
	for i := range s.revisions {
		sorted[i] = &s.revisions[i]
	}
	slices.SortFunc(sorted, func(a, b *controllerRevision) int { return cmp.Compare(b.number, a.number) })
	return sorted[n]
}

// truncate deletes the revisions with the lowest numbers until no more than
// revisionHistoryLimit are left of those that nothing uses: neither the status
// nor a pod, terminating or not.
//
// Mirrors truncateHistory.
func (s *statefulSet) truncate() {
	limit := int(s.spec.RevisionHistoryLimit)
	if len(s.revisions) <= limit {
		return
	}
	var unused []controllerRevision
	for _, r := range s.revisions {
		used := slices.ContainsFunc(s.rows, func(pods row) bool { return pods.revision == r.revision })
		if !used && r.revision != s.current && r.revision != s.update {
			unused = append(unused, r)
		}
	}
	if len(unused) <= limit {
		return
	}
	slices.SortFunc(unused, func(a, b controllerRevision) int { return cmp.Compare(a.number, b.number) })
	for _, old := range unused[:len(unused)-limit] {
		s.revisions = slices.DeleteFunc(s.revisions, func(r controllerRevision) bool { return r.revision == old.revision })
		s.writes++
	}
}

// undo goes back to the template of a revision, or of the one with the
// second-highest number, as kubectl rollout undo does.
func (s *statefulSet) undo(to int) error {
	r := s.byNumber(1)
	if to != 0 {
		r = s.find(to)
	}
	switch {
	case r == nil && to != 0:
		return fmt.Errorf("there is no revision %d to go back to, only %s", to, s.revisionNames())
	case r == nil:
		return fmt.Errorf("there is no earlier revision to go back to")
	}
	s.template = r.template
	return nil
}

// newest is the revision that was created last and still exists.
func (s *statefulSet) newest() int { return s.revisions[len(s.revisions)-1].revision }

// revisionNames lists the revisions that exist: 1, 2, 4.
func (s *statefulSet) revisionNames() string {
	var names []string
	for _, r := range s.revisions {
		names = append(names, fmt.Sprint(r.revision))
	}
	return strings.Join(names, ", ")
}
