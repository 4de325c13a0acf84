package facts

import (
	"fmt"
	"math"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

// Build makes the subject of a workload, or nil where the workload is
// unreadable: no rule may judge it then. plans may be empty.
func Build(w *workload.Workload, plans Plans) *Subject {
	if w.Unreadable != "" {
		return nil
	}
	doc := w.Document
	s := &Subject{
		Version:         Version,
		APIVersion:      doc.APIVersion,
		Kind:            doc.Kind,
		Namespace:       doc.Namespace,
		Name:            doc.Name,
		Object:          Raw{doc.Root},
		MinReadySeconds: w.MinReadySeconds,
		Paused:          w.Paused,
		Containers:      make([]*Container, 0, len(w.Pod.Containers)),
		Probes:          []*Probe{},
		document:        doc,
		faults:          w.Faults,
		places:          make([]Place, 0, 32),
	}
	s.ID = s.place(nil)
	s.Replicas = Replicas{
		ID:        s.place(manifest.Keys("spec", "replicas")),
		Declared:  w.Replicas.Declared,
		Effective: w.Replicas.Effective,
		Min:       w.Replicas.Min,
		Max:       w.Replicas.Max,
	}
	if w.Strategy != nil {
		s.addStrategy(w)
	}
	s.addOthers(w)
	s.addPod(&w.Pod)
	s.addContainers(&w.Pod)
	s.addContext(w)
	s.addAdmission(w)
	if plans.Timed != nil {
		s.addPlans(w, plans)
	}
	return s
}

func (s *Subject) addStrategy(w *workload.Workload) {
	path := manifest.Keys("spec", "strategy")
	block := path.Append(manifest.Key("rollingUpdate"))
	s.Strategy = &Strategy{ID: s.place(path), Type: string(w.Strategy.Type)}
	if w.Strategy.Type == planner.RollingUpdate {
		s.Strategy.MaxSurge = s.share(s.document, block.Append(manifest.Key("maxSurge")), w.Strategy.MaxSurge)
		s.Strategy.MaxUnavailable = s.share(s.document, block.Append(manifest.Key("maxUnavailable")), w.Strategy.MaxUnavailable)
	}
	if deadline := manifest.Keys("spec", "progressDeadlineSeconds"); w.ProgressDeadlineSeconds != math.MaxInt32 {
		text := fmt.Sprintf("progressDeadlineSeconds %d", w.ProgressDeadlineSeconds)
		if s.document.Root.At(deadline) == nil {
			text = "the default " + text
		}
		s.ProgressDeadline = &Deadline{ID: s.place(deadline), Seconds: w.ProgressDeadlineSeconds, Text: text}
	}
}

func (s *Subject) addPod(p *workload.Pod) {
	s.Pod = s.podOf(p)
	if d := p.Startup; d != nil {
		s.Startup = &Startup{ID: s.place(d.Path), Fault: d.Fault}
	}
}
