package workload

import (
	"k8s.io/apimachinery/pkg/api/resource"
)

// joinAdmission finds what refuses the pods of each workload, and how much room
// the quotas leave.
func (s *Set) joinAdmission() {
	for _, w := range s.Workloads {
		if w.Unreadable != "" {
			continue
		}
		namespace := w.Document.Namespace
		w.Quotas, w.LimitRanges = s.quotas[namespace], s.ranges[namespace]
		for _, q := range s.quotas[namespace] {
			w.Refusals = append(w.Refusals, q.unspecified(w)...)
			for i := range q.Hard {
				if room, ok := s.room(q, &q.Hard[i], w); ok {
					w.Rooms = append(w.Rooms, room)
				}
			}
		}
		for _, b := range s.bounds[namespace] {
			w.Refusals = append(w.Refusals, b.broken(w)...)
		}
		if policy := s.policies[namespace]; policy != nil {
			w.Refusals = append(w.Refusals, policy.broken(w)...)
		}
	}
}

// room is how many more pods of the workload fit; ok is false where the quota
// counts something else, or the pods do not name the resource.
//
// Example: the quota requests.cpu: 4 and two workloads of 3 × 500m and 2 × 1.
// 3.5 are used, 500m are left, and one more pod of the first fits, none of the
// second.
func (s *Set) room(q *Quota, h *Hard, w *Workload) (Room, bool) {
	of := counted(h.Name)
	if of == nil {
		return Room{}, false
	}
	each := of(w)
	if each == nil || each.Sign() <= 0 {
		return Room{}, false
	}
	room := Room{Quota: q, Hard: *h, Used: s.used(w.Document.Namespace, h.Name, of)}
	left := h.Quantity.DeepCopy()
	left.Sub(room.Used)
	room.Pods = floor(left.MilliValue(), each.MilliValue())
	return room, true
}

// used is what all pods of a namespace take of a resource. It is summed once,
// or a namespace of n workloads would cost n².
func (s *Set) used(namespace, name string, of func(*Workload) *resource.Quantity) resource.Quantity {
	key := [2]string{namespace, name}
	if sum, ok := s.taken[key]; ok {
		return sum.DeepCopy()
	}
	var sum resource.Quantity
	for _, w := range s.byNamespace[namespace] {
		if v := of(w); v != nil {
			all := v.DeepCopy()
			all.Mul(int64(w.Replicas.Effective))
			sum.Add(all)
		}
	}
	s.taken[key] = sum
	return sum.DeepCopy()
}

// floor divides towards minus infinity: of −1 and 2 it is −1.
func floor(a, b int64) int64 {
	q := a / b
	if a%b != 0 && a < 0 {
		q--
	}
	return q
}

// counted is what a pod takes of the quota's resource, nil where the quota does
// not count pods.
func counted(name string) func(*Workload) *resource.Quantity {
	switch name {
	case "pods", "count/pods":
		return func(*Workload) *resource.Quantity { return resource.NewQuantity(1, resource.DecimalSI) }
	case "cpu", "requests.cpu":
		return func(w *Workload) *resource.Quantity { return w.Pod.Requests.CPU }
	case "memory", "requests.memory":
		return func(w *Workload) *resource.Quantity { return w.Pod.Requests.Memory }
	}
	return nil
}
