package review

import (
	"fmt"

	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

// A Room is something that bounds how many pods a rollout may have: a quota, the
// nodes, or what refuses its pods altogether.
type Room struct {
	By    string // ResourceQuota team, the 3 nodes
	Of    string // requests.cpu; "" where pods are counted
	Needs int64  // pods beyond those that are wanted, at the peak
	// Fits is how many of them there is room for; below zero, how many of the
	// wanted ones there is none for.
	Fits int64
	// Stalls says that the rollout does not end.
	Stalls bool
	Text   string // one sentence
	// Rule is the rule that says the same, where one does.
	Rule string
}

// rooms lists what bounds the pods of the subject's plan.
func (s *subject) rooms(pool *workload.Pool) (list []Room) {
	w, plan := s.workload, s.plan
	switch w.Kind {
	case workload.Deployment, workload.StatefulSet, workload.DaemonSet:
	default:
		return nil
	}
	for _, r := range w.Refusals {
		list = append(list, refusedRoom(plan, r))
		break // one is enough to refuse them all
	}
	if w.Kind == workload.DaemonSet {
		return append(list, surgeOnNodes(w, plan)...)
	}
	needs := max(0, plan.PeakPods-int64(plan.Replicas.To))
	var tightest *workload.Room
	for i := range w.Rooms {
		if r := &w.Rooms[i]; tightest == nil || r.Pods < tightest.Pods {
			tightest = r
		}
	}
	if tightest != nil {
		left := tightest.Left()
		r := Room{By: "ResourceQuota " + tightest.Quota.Document.Name, Of: tightest.Hard.Name, Needs: needs, Rule: "quota-too-small",
			Fits: tightest.Pods + int64(w.Replicas.Effective) - int64(plan.Replicas.To)}
		r.bound(plan, fmt.Sprintf("%s is %s and %s are used", r.Of, tightest.Hard.Quantity.String(), tightest.Used.String()))
		if r.Text == "" && needs > 0 {
			r.Text = fmt.Sprintf("%s leaves %s of %s, enough for the surge of %d", r.By, left.String(), r.Of, needs)
		}
		list = append(list, r)
	}
	if pool != nil {
		at := pool.Places(w)
		r := Room{By: nodes(at), Needs: needs, Fits: at.Pods - int64(plan.Replicas.To)}
		r.bound(plan, at.Why)
		if r.Text == "" {
			r.Text = fmt.Sprintf("%s %s room for all %s of the peak, as far as requests and placement tell", r.By, verb(at.Of, "has", "have"), pods(plan.PeakPods))
		}
		list = append(list, r)
	}
	return list
}

func nodes(at workload.Places) string {
	if at.Of == 1 {
		return "the node"
	}
	return fmt.Sprintf("the %d nodes", at.Of)
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// bound says what too little room does to a rollout: without room for even one
// pod more it stalls if no pod may be missing, and else it takes longer.
//
//	40 replicas, surge 12, unavailable 2, room for 8 more: slower, and it ends
//	 3 replicas, surge 1, unavailable 0, room for none: 3 old pods and 1 that waits
//
// Wanted pods that fit nowhere stall any rollout: it is never complete.
func (r *Room) bound(plan *planner.Plan, why string) {
	if why != "" {
		why = " (" + why + ")"
	}
	rolls := plan.Outcome != planner.Nothing
	switch {
	case r.Fits < 0:
		r.Stalls = rolls
		r.Text = fmt.Sprintf("%d of %s find no room in %s%s", -r.Fits, pods(int64(plan.Replicas.To)), r.By, why)
	case r.Fits < r.Needs && r.Fits == 0 && plan.Strategy.UnavailablePods == 0 && plan.Strategy.Type == planner.RollingUpdate:
		r.Stalls = rolls
		r.Text = fmt.Sprintf("not one more pod finds room in %s%s, and none of the old ones may be missing: the rollout stops at %s", r.By, why, plateau(plan))
	case r.Fits < r.Needs:
		r.Text = fmt.Sprintf("%d of %d surge pods find room in %s%s: the rollout takes longer", r.Fits, r.Needs, r.By, why)
	}
}

// plateau is where a rollout stops whose new pods never become ready.
func plateau(plan *planner.Plan) string {
	if plan.IfBad == nil {
		return "its first new pod"
	}
	return fmt.Sprintf("%s available", pods(plan.IfBad.Available))
}

// refusedRoom says of pods that the API server refuses where that leaves the
// rollout.
func refusedRoom(plan *planner.Plan, r workload.Refusal) Room {
	by := r.By.Kind + " " + r.By.Name
	room := Room{By: by, Fits: -int64(plan.Replicas.To), Stalls: plan.Outcome != planner.Nothing, Rule: map[string]string{
		"LimitRange": "limit-range-refuses-pods", "ResourceQuota": "quota-refuses-pods", "Namespace": "pod-security-refuses-pods"}[r.By.Kind]}
	room.Text = fmt.Sprintf("%s refuses the new pods: %s; the rollout stops at %s and makes no new pod", by, r.Text, plateau(plan))
	return room
}

// surgeOnNodes says of a DaemonSet that wants two pods on a node where one fits.
func surgeOnNodes(w *workload.Workload, plan *planner.Plan) []Room {
	for _, e := range w.Pod.Placement.Exclusive {
		if plan.Strategy.SurgePods > 0 && e.HostPort > 0 {
			return []Room{{By: "each node", Needs: int64(plan.Strategy.SurgePods), Stalls: plan.Outcome != planner.Nothing, Rule: "daemon-surge-needs-port-twice",
				Text: fmt.Sprintf("maxSurge starts the new pod beside the old one, and %s lets one run on a node: the rollout stops at %s", e.Text, plateau(plan))}}
		}
	}
	return nil
}
