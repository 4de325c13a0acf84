package planner

import (
	"slices"
	"strconv"
	"strings"
)

// indexSet is a set of completion indexes: ranges that neither touch nor
// overlap, lowest first.
type indexSet []IndexRange

// add puts indexes into the set.
//
//	0-2 and 4, 3 added: 0-4
func (s *indexSet) add(first, last int64) {
	from := slices.IndexFunc(*s, func(r IndexRange) bool { return r.Last+1 >= first })
	if from < 0 {
		*s = append(*s, IndexRange{first, last})
		return
	}
	to := from
	for ; to < len(*s) && (*s)[to].First <= last+1; to++ {
		first, last = min(first, (*s)[to].First), max(last, (*s)[to].Last)
	}
	*s = slices.Replace(*s, from, to, IndexRange{first, last})
}

// total is how many indexes below a limit the set has.
func (s indexSet) total(limit int64) (n int64) {
	for _, r := range s {
		if r.First < limit {
			n += min(r.Last, limit-1) - r.First + 1
		}
	}
	return n
}

// below leaves out what is at or above a limit.
func (s indexSet) below(limit int64) (kept indexSet) {
	for _, r := range s {
		if r.First < limit {
			kept = append(kept, IndexRange{r.First, min(r.Last, limit-1)})
		}
	}
	return kept
}

// common is how many indexes the set and some ranges have in common.
func (s indexSet) common(ranges []IndexRange) (n int64) {
	for _, a := range s {
		for _, b := range ranges {
			n += max(0, min(a.Last, b.Last)-max(a.First, b.First)+1)
		}
	}
	return n
}

// gaps are the first n indexes below a limit that are not in the set.
func (s indexSet) gaps(n, limit int64) (free []IndexRange) {
	next := int64(0)
	take := func(to int64) {
		if last := min(to, next+n-1); n > 0 && last >= next {
			free = append(free, IndexRange{next, last})
			n -= last - next + 1
		}
	}
	for _, r := range s {
		take(min(r.First, limit) - 1)
		next = r.Last + 1
	}
	take(limit - 1)
	return free
}

// String is the set as a Job's status has it: 0,1 and 0-2,4.
func (s indexSet) String() string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(r.First, 10))
		switch {
		case r.Last == r.First+1:
			b.WriteByte(',')
		case r.Last > r.First:
			b.WriteByte('-')
		}
		if r.Last > r.First {
			b.WriteString(strconv.FormatInt(r.Last, 10))
		}
	}
	return b.String()
}
