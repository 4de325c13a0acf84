package planner

import "slices"

// Claims are what a StatefulSet's volumeClaimTemplates ask for: each pod has
// one claim for each template, with the name <template>-<set>-<ordinal>. A claim
// outlives its pod, and the next pod with the same ordinal finds it again.
//
// Only with whenScaled: Delete does a scale-down make the pod, which is about
// to go, the owner of its claims, so that they are deleted with it. Every pod
// above the limit becomes an owner as soon as the controller gets as far as the
// scale-down, and one that is wanted again stops being one, as all do when the
// policy is edited to Retain before they are gone.
//
// Mirrors UpdatePodClaimForRetentionPolicy and updateClaimOwnerRefForSetAndPod.

// A stretchOfOrdinals is the ordinals from lo up to, but without, hi.
type stretchOfOrdinals struct{ lo, hi int64 }

// claim makes the claims of new pods, where they do not exist yet.
func (s *statefulSet) claim(lo, hi int64) {
	if len(s.spec.Set.Claims) == 0 {
		return
	}
	i := 0
	for i < len(s.claims) && s.claims[i].hi < lo {
		i++
	}
	one := stretchOfOrdinals{lo, hi}
	j := i
	for j < len(s.claims) && s.claims[j].lo <= hi {
		one.lo, one.hi = min(one.lo, s.claims[j].lo), max(one.hi, s.claims[j].hi)
		j++
	}
	s.claims = slices.Replace(s.claims, i, j, one)
}

// unclaim deletes claims with their pods.
func (s *statefulSet) unclaim(lo, hi int64) {
	s.unclaimed += hi - lo // for the hazard
	var kept []stretchOfOrdinals
	for _, c := range s.claims {
		if below := (stretchOfOrdinals{c.lo, min(c.hi, lo)}); below.lo < below.hi {
			kept = append(kept, below)
		}
		if above := (stretchOfOrdinals{max(c.lo, hi), c.hi}); above.lo < above.hi {
			kept = append(kept, above)
		}
	}
	s.claims = kept
}

// bequeath makes the pods between two ordinals the owners of their claims, if
// they are surplus and the policy wants it.
func (s *statefulSet) bequeath(lo, hi int64, surplus bool) {
	if len(s.spec.Set.Claims) == 0 {
		return
	}
	owners := surplus && s.spec.Set.ClaimsFollowScale
	for _, r := range s.rows {
		if r.first < hi && r.end() > lo && r.doomed != owners {
			s.change(lo, hi, func(r row) (row, bool) { r.doomed = owners; return r, true })
			return
		}
	}
}
