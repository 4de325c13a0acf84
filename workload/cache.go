package workload

import (
	"slices"
	"sync"

	"github.com/rollcast/rollcast/manifest"
)

// A Cache keeps what was read of workloads: sets that share documents, such as
// both sides of a change, read each once. Its zero value is ready.
type Cache struct {
	mu   sync.Mutex
	read map[*manifest.Document]*Workload
}

// Resolve is the function Resolve with what was read before.
func (c *Cache) Resolve(docs []*manifest.Document, faults Faults) *Set {
	return resolve(docs, faults, c.workload)
}

// workload is one that nothing has been joined to yet. What is read depends on
// the faults, so only a document without any is kept.
func (c *Cache) workload(doc *manifest.Document, kind Kind, faults []manifest.Path) *Workload {
	if len(faults) > 0 {
		return read(doc, kind, faults)
	}
	c.mu.Lock()
	w := c.read[doc]
	c.mu.Unlock()
	if w == nil {
		w = read(doc, kind, nil)
		c.mu.Lock()
		if c.read == nil {
			c.read = map[*manifest.Document]*Workload{}
		}
		c.read[doc] = w
		c.mu.Unlock()
	}
	return w.apart()
}

// apart is a copy of a workload that was read, which shares with it only what
// joins do not write.
func (w *Workload) apart() *Workload {
	apart := *w
	if w.Governing != nil {
		governing := *w.Governing
		apart.Governing = &governing
	}
	for i, c := range w.Pod.Containers {
		if len(c.KeyRefs) == 0 {
			continue
		}
		if &apart.Pod.Containers[0] == &w.Pod.Containers[0] {
			apart.Pod.Containers = slices.Clone(w.Pod.Containers)
		}
		container := *c
		container.KeyRefs = nil
		for _, ref := range c.KeyRefs {
			copied := *ref
			container.KeyRefs = append(container.KeyRefs, &copied)
		}
		apart.Pod.Containers[i] = &container
	}
	return &apart
}
