package planner

// A train is a number of equal groups of terminating pods that follow each
// other at equal distances. A rollout whose pods take a second to become ready
// and an hour to terminate deletes 3,600 groups before the first one is gone:
// one train, not 3,600 groups.
type train struct {
	at     ms // when the first group is gone, or never
	every  ms // from one group to the next
	pods   int64
	groups int64
}

// last is when the last group of a train is gone.
func (t train) last() ms { return t.at + t.every*ms(t.groups-1) }

// leaving are terminating pods in the order in which they will be gone.
type leaving []train

// maxTrains bounds a queue that has no order in it at all. Beyond, the pods
// behind are gone with the very last one.
const maxTrains = 256

// add puts n pods behind the others.
func (q *leaving) add(at ms, n int32) {
	if n == 0 {
		return
	}
	one := train{at: at, pods: int64(n), groups: 1}
	if i := len(*q) - 1; i >= 0 && (*q)[i].last() == at { // the same moment, one group
		one.pods += (*q)[i].pods
		if (*q)[i].groups--; (*q)[i].groups == 0 {
			*q = (*q)[:i]
		}
	}
	*q = append(*q, one)
	q.couple()
}

// couple makes one train of the last two if they go together.
func (q *leaving) couple() {
	i := len(*q) - 2
	if i < 0 {
		return
	}
	a, b := &(*q)[i], (*q)[i+1]
	switch {
	case a.pods == b.pods && b.groups == 1 && a.groups == 1:
		a.every, a.groups = b.at-a.at, 2
	case a.pods == b.pods && b.groups == 1 && a.at+a.every*ms(a.groups) == b.at:
		a.groups++
	case i+2 > maxTrains:
		*a = train{at: b.last(), pods: a.pods*a.groups + b.pods*b.groups, groups: 1}
	default:
		return
	}
	*q = (*q)[:i+1]
}

// count is the number of pods.
func (q leaving) count() (n int64) {
	for i := range q {
		n += q[i].pods * q[i].groups
	}
	return n
}

// nextGone is when the next terminating pod is gone.
func (d *deployment) nextGone() ms {
	at := never
	for _, rs := range d.sets {
		if len(rs.leaving) > 0 {
			at = d.earlier(at, rs.leaving[0].at)
		}
	}
	return at
}

// letGo removes the terminating pods of a set whose moment has come.
func (d *deployment) letGo(rs *replicaSet) {
	gone := 0
	for gone < len(rs.leaving) {
		t := &rs.leaving[gone]
		if d.fork(t.at > d.now) {
			break
		}
		t.at += t.every
		if t.groups--; d.fork(t.groups == 0) {
			gone++
		}
	}
	if gone > 0 {
		rs.leaving = append(rs.leaving[:0], rs.leaving[gone:]...)
	}
}
