package planner

import (
	"math"
	"slices"
)

// Moments that are no real time: of pods that were ready before the story
// begins, and of what no clock brings about.
const (
	longAgo = ms(math.MinInt64 / 4)
	never   = ms(math.MaxInt64 / 4)
)

// A group is a number of pods that share one moment: of waiting pods the one
// at which they become ready, of ready pods the one at which they did. For
// terminating pods see leaving.go.
type group struct {
	at ms
	n  int32
}

// groups are pods of one condition, those that entered it first in front. Two
// billion pods that were created together are one group.
type groups []group

// count is the number of pods.
func (g groups) count() (n int32) {
	for i := range g {
		n += g[i].n
	}
	return n
}

// add puts n pods behind the others.
func (g *groups) add(at ms, n int32) {
	if n == 0 {
		return
	}
	if last := len(*g) - 1; last >= 0 && (*g)[last].at == at {
		(*g)[last].n += n
		return
	}
	*g = append(*g, group{at, n})
}

// takeFirst removes up to n pods from the front and returns how many.
func (g *groups) takeFirst(n int32) (taken int32) {
	for taken < n && len(*g) > 0 {
		first := &(*g)[0]
		part := min(first.n, n-taken)
		first.n -= part
		taken += part
		if first.n == 0 {
			*g = slices.Delete(*g, 0, 1)
		}
	}
	return taken
}

// takeLast removes up to n pods from the back and returns how many.
func (g *groups) takeLast(n int32) (taken int32) {
	for taken < n && len(*g) > 0 {
		last := &(*g)[len(*g)-1]
		part := min(last.n, n-taken)
		last.n -= part
		taken += part
		if last.n == 0 {
			*g = (*g)[:len(*g)-1]
		}
	}
	return taken
}

// takeDue removes the pods whose moment has come and returns how many.
func (g *groups) takeDue(now ms) (taken int32) {
	kept := (*g)[:0]
	for _, one := range *g {
		if one.at <= now {
			taken += one.n
		} else {
			kept = append(kept, one)
		}
	}
	*g = kept
	return taken
}

// next is the earliest moment, or never.
func (g groups) next() ms {
	at := never
	for i := range g {
		at = min(at, g[i].at)
	}
	return at
}

// maxGroups bounds the groups of ready pods. Only a scenario that raises
// minReadySeconds late in a rollout of more waves could tell the difference.
const maxGroups = 1024

// mergeBefore makes one group of all pods whose moment is so long past that
// nothing can tell them apart any more.
func (g *groups) mergeBefore(moment ms) {
	merged := 0
	for merged < len(*g) && (*g)[merged].at <= moment {
		merged++
	}
	if merged > 0 {
		(*g)[merged-1] = group{longAgo, (*g)[:merged].count()}
		*g = slices.Delete(*g, 0, merged-1)
	}
	if len(*g) > maxGroups {
		(*g)[2].n += (*g)[1].n
		*g = slices.Delete(*g, 1, 2)
	}
}
