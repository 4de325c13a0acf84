package report

import (
	"slices"
	"strconv"

	"github.com/rollcast/rollcast/planner"
)

// A cast is how the revisions of one plan are shown: as columns of a table,
// stretches of a bar, and names in a sentence.
type cast struct {
	roles []role
	of    map[int]int // revision -> index into roles
}

// A role is one column: a revision, or the older ones together.
type role struct {
	name string // of the column: old, new, rev 3
	long string // in a sentence: "8 old", "8 of revision 3"
	fill string
	st   style
}

// The roles that a table has room for.
const (
	mostRoles   = 3
	narrowRoles = 2 // on a screen below narrow columns
	narrow      = 72
)

// fills are the shades of up to three roles, the newest last.
var fills = [mostRoles]role{
	{fill: "▒", st: blue},
	{fill: "▓", st: cyan},
	{fill: "█", st: green},
}

// newCast looks at every revision that the plan ever shows, and gives roles to
// at most so many. Two revisions, the
// ordinary rollout, are called old and new; after an undo these words would
// mislead, and with more than two they would not be enough.
func newCast(p *planner.Plan, most int) cast {
	var seen []int
	undone := false
	for _, s := range p.Steps {
		for _, r := range s.Revisions {
			undone = undone || r.As != 0
			if !slices.Contains(seen, r.Revision) {
				seen = append(seen, r.Revision)
			}
		}
	}
	slices.Sort(seen)
	c := cast{of: map[int]int{}}
	shown := min(len(seen), most)
	c.roles = slices.Clone(fills[mostRoles-shown:])
	if shown == 2 {
		c.roles[0] = fills[0] // the strongest contrast
	}
	for i, revision := range seen {
		j := max(0, i-(len(seen)-shown))
		c.of[revision] = j
		n := strconv.Itoa(revision)
		c.roles[j].name, c.roles[j].long = "rev "+n, " of revision "+n
	}
	switch {
	case len(seen) > shown:
		c.roles[0].name, c.roles[0].long = "older", " of older revisions"
	case len(seen) == 2 && !undone:
		c.roles[0].name, c.roles[0].long = "old", " old"
		c.roles[1].name, c.roles[1].long = "new", " new"
	case len(seen) == 1:
		c.roles[0].name, c.roles[0].long = "pods", ""
	}
	return c
}

// A share is what one role has in one state.
type share struct{ pods, ready, available, terminating int64 }

// shares are the pods of each role.
func (c cast) shares(revisions []planner.Revision) []share {
	out := make([]share, len(c.roles))
	for _, r := range revisions {
		i, ok := c.of[r.Revision]
		if !ok {
			continue
		}
		out[i].pods += int64(r.Ready) + int64(r.NotReady)
		out[i].ready += int64(r.Ready)
		out[i].available += int64(r.Available)
		out[i].terminating += int64(r.Terminating)
	}
	return out
}

// String is the number of pods, with the available ones before it where they
// are fewer: 8, 0/5.
func (s share) String() string {
	if s.available == s.pods {
		return thousands(s.pods)
	}
	return thousands(s.available) + "/" + thousands(s.pods)
}

// sentence is the pods of a state in words: 8 old + 5 new.
func (c cast) sentence(revisions []planner.Revision) string {
	text := ""
	for i, s := range c.shares(revisions) {
		if s.pods == 0 {
			continue
		}
		if text != "" {
			text += " + "
		}
		text += thousands(s.pods) + c.roles[i].long
	}
	if text == "" {
		return "no pods"
	}
	return text
}
