package workload

import (
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
)

// A Sum is what pods of several workloads request together, as far as it is
// known.
type Sum struct{ cpu, memory resource.Quantity }

// Add adds n pods of a workload.
//
// Example: 3 pods of 500m and 128Mi are 1500m CPU and 384Mi memory.
func (s *Sum) Add(w *Workload, n int64) {
	for _, part := range []struct{ to, each *resource.Quantity }{{&s.cpu, w.Pod.Requests.CPU}, {&s.memory, w.Pod.Requests.Memory}} {
		if part.each != nil {
			sum := part.each.DeepCopy()
			sum.Mul(n)
			part.to.Add(sum)
		}
	}
}

// String is 1300m CPU and 2600Mi memory, "" for nothing.
func (s *Sum) String() string {
	var words []string
	if s.cpu.Sign() > 0 {
		words = append(words, s.cpu.String()+" CPU")
	}
	if s.memory.Sign() > 0 {
		words = append(words, s.memory.String()+" memory")
	}
	return strings.Join(words, " and ")
}

// Exceeds reports whether it is more of something than there is; what the other
// has nothing of is unknown.
func (s *Sum) Exceeds(have *Sum) bool {
	return have.cpu.Sign() > 0 && s.cpu.Cmp(have.cpu) > 0 || have.memory.Sign() > 0 && s.memory.Cmp(have.memory) > 0
}

// Allocatable is what all nodes of the pool have together.
func (p *Pool) Allocatable() (s Sum) {
	for i := range p.Nodes {
		if n := &p.Nodes[i]; n.CPU != nil {
			s.cpu.Add(*n.CPU)
		}
		if n := &p.Nodes[i]; n.Memory != nil {
			s.memory.Add(*n.Memory)
		}
	}
	return s
}

// Left is what the quota has beyond what all pods of the namespace want; below
// zero where they want more.
func (r *Room) Left() resource.Quantity {
	left := r.Hard.Quantity.DeepCopy()
	left.Sub(r.Used)
	return left
}

// A Share is so many pods of a workload.
type Share struct {
	Workload *Workload
	Pods     int64
}

// Asked is what pods of several workloads take of one limit of a quota together,
// and what is left of it; short says that it is not enough for all of them
// although it is for each.
//
// Example: requests.cpu 4, of which 3 are used; two surges of 2 × 400m ask for
// 1600m and 1 is left: each fits, both do not.
func (r *Room) Asked(shares []Share) (asked, left string, short bool) {
	var sum resource.Quantity
	have := r.Left()
	each := true
	of := counted(r.Hard.Name)
	for _, s := range shares {
		one := of(s.Workload)
		if one == nil {
			continue
		}
		part := one.DeepCopy()
		part.Mul(s.Pods)
		each = each && part.Cmp(have) <= 0
		sum.Add(part)
	}
	if sum.Sign() <= 0 {
		return "", have.String(), false
	}
	return sum.String(), have.String(), each && sum.Cmp(have) > 0
}
