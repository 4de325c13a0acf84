package planner

import (
	"cmp"
	"math"
	"slices"
)

// shareOut scales several ReplicaSets at once, each in proportion to its size,
// so that a scale neither hurries nor delays the rollout. The documentation's
// case, 10 replicas in mid-rollout with 8 old and 5 new pods, scaled to 15:
//
//	surge 3 absolute: 18 allowed, 5 to add; old 8*18/13 = 11.08, new 5*18/13 = 6.92: 11 and 7
//	surge 30 %:       20 allowed, 7 to add; old 8*20/13 = 12.31, new 5*20/13 = 7.69: 12 and 8
//
// The largest ReplicaSet comes first; of two equal ones the newer when adding,
// the older when removing. What rounding leaves over goes to the first one.
//
// Mirrors the last part of (*DeploymentController).scale.
func (d *deployment) shareOut() {
	var allowed int32
	if d.spec.Replicas > 0 {
		allowed = d.spec.Replicas + d.surge
	}
	var active []*replicaSet
	for _, rs := range d.sets {
		if rs.replicas > 0 {
			active = append(active, rs)
		}
	}
	toAdd := allowed - d.wanted()
	if toAdd > 0 {
		slices.Reverse(active)
	}
	if toAdd != 0 {
		slices.SortStableFunc(active, func(a, b *replicaSet) int { return cmp.Compare(b.replicas, a.replicas) })
	}
	sizes := make([]int32, len(active))
	var added int32
	for i, rs := range active {
		share := d.share(rs, toAdd, added)
		sizes[i] = rs.replicas + share
		added += share
	}
	if toAdd != 0 {
		sizes[0] = max(sizes[0]+toAdd-added, 0)
	}
	for i, rs := range active {
		if d.resize(rs, sizes[i], true, becauseShare); d.refused {
			return
		}
	}
}

// share is what one ReplicaSet gets of toAdd, or loses if that is negative,
// when added has been given out before: its fair part, but never more than is
// left.
//
// Mirrors GetReplicaSetProportion.
func (d *deployment) share(rs *replicaSet, toAdd, added int32) int32 {
	if toAdd == 0 || toAdd == added {
		return 0
	}
	left := toAdd - added
	if toAdd > 0 {
		return min(d.fairPart(rs), left)
	}
	return max(d.fairPart(rs), left)
}

// fairPart is the change that keeps a ReplicaSet's part of the whole. The
// whole before is the maximum that was noted when the ReplicaSet was sized:
//
//	8 of at most 13, now at most 20: round(8*20/13 = 12.31) - 8 = 4 more
//
// Halves are rounded away from zero. The product is an int32 and overflows:
// 50000 pods of at most 62500, now at most 75000, would be 60000, but 50000*75000
// wraps to -544967296, and the ReplicaSet shrinks.
//
// Mirrors getReplicaSetFraction.
func (d *deployment) fairPart(rs *replicaSet) int32 {
	if d.spec.Replicas == 0 {
		return -rs.replicas
	}
	limit, before := d.spec.Replicas+d.surge, rs.maxNote
	if before <= 0 { // an overflow wrote it, and it is not read back
		if before = d.status.replicas; before == 0 {
			return 0
		}
	}
	return int32(math.Round(float64(rs.replicas*limit)/float64(before))) - rs.replicas
}
