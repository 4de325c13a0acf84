package review

import (
	"context"
	"fmt"
	"slices"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

// A subject is one workload to report, as one set sees it.
type subject struct {
	set      string
	workload *workload.Workload
	facts    *facts.Subject // nil where the workload cannot be read
	plan     *planner.Plan  // what is shown; nil where noPlan says why
	noPlan   string
	refused  bool       // noPlan is that the API server would reject the workload
	playErr  error      // the scenario has no meaning for this workload
	variants []*subject // the same with other numbers of replicas
}

// many is how many workloads of a run are worth compiling every rule for their
// kinds while they are read; fewer seldom need more than half of the rules,
// which the engine tells once it has seen them.
const many = 16

// warm starts compiling the rules for the kinds that a large run holds, so that
// they are ready when the first subject is.
func (r *run) warm() {
	seen := map[string]bool{}
	var kinds []string
	workloads := 0
	for _, s := range r.sets {
		for _, d := range s.Documents {
			if !r.reported[d.File] || !r.chosen.wants(d.Kind) {
				continue
			}
			if !seen[d.Kind] {
				seen[d.Kind] = true
				kinds = append(kinds, d.Kind)
			}
			// Every other kind is judged by the workloads beside it.
			if _, ok := workload.KindOf(d.APIVersion, d.Kind); ok {
				workloads++
			}
		}
	}
	if workloads >= many {
		r.chosen.engine.Warm(kinds...)
	}
}

// resolve reads and joins every set, and makes a subject of each workload that
// is reported or joined with something that is. A workload that several sets
// reach is a subject in each: its Services and autoscalers may differ.
func (r *run) resolve() {
	faults := workload.Faults{}
	for d, c := range r.checked {
		if len(c.faults) > 0 {
			faults[d] = c.faults
		}
	}
	joined := make([]*workload.Set, len(r.sets))
	parallel(len(r.sets), func(i int) { joined[i] = r.memory.workloads.Resolve(r.sets[i].Documents, faults) })
	r.subjects = make([][]*subject, len(r.sets))
	r.unattached = make([][]*facts.Subject, len(r.sets))
	for i, set := range joined {
		for _, w := range set.Workloads {
			if r.concerns(w) {
				r.subjects[i] = append(r.subjects[i], &subject{set: r.sets[i].Name, workload: w})
			}
		}
		for _, s := range facts.Unattaches(set) {
			if r.reported[s.Document().File] && !r.in.Incomplete {
				r.unattached[i] = append(r.unattached[i], s)
			}
		}
	}
}

// concerns reports whether findings about the workload can be in a reported
// file: its own, or that of an object it is joined with.
func (r *run) concerns(w *workload.Workload) bool {
	if r.reported[w.Document.File] {
		return true
	}
	for _, d := range joinedWith(w) {
		if r.reported[d.File] {
			return true
		}
	}
	return false
}

// predict simulates every subject and gathers what rules see of it.
func (r *run) predict() {
	all := slices.Concat(r.subjects...)
	parallel(len(all), func(i int) {
		s := all[i]
		s.predict(r.checked[s.workload.Document], r.options.Play)
		if s.facts != nil && r.in.Incomplete {
			s.facts.Context.Complete = false
		}
		if s.plan != nil && r.options.WithoutSteps {
			s.plan.Steps = nil
		}
	})
}

// predict fills the subject's plan and facts. Rules always judge the default
// rollout; play is what the reader wants to see instead.
func (s *subject) predict(c *checked, play *Play) {
	w := s.workload
	if c != nil && c.rejection != "" {
		s.noPlan, s.refused = c.rejection, true
	} else if s.noPlan = w.Unreadable; s.noPlan == "" {
		s.noPlan = w.Unplannable
	}
	var plans facts.Plans
	if spec, ok := w.Spec(w.Replicas.Effective); ok && s.noPlan == "" {
		if play == nil {
			var err error
			if plans, err = facts.Predict(w, spec.DefaultScenario()); err != nil {
				s.noPlan = err.Error()
			}
			s.plan = plans.Timed
		} else {
			s.play(play, spec)
		}
	}
	if s.plan == nil && s.noPlan == "" {
		s.noPlan = "the rollout is not predicted"
	}
	s.facts = facts.Build(w, plans)
}

// checkRules runs the rules on the subjects, set by set. A finding that several
// sets agree on is reported once, for the first of them.
func (r *run) checkRules(ctx context.Context) {
	if r.chosen.engine == nil {
		return
	}
	found := make([][]finding.Finding, len(r.sets))
	errs := make([]error, len(r.sets))
	parallel(len(r.sets), func(i int) {
		list := make([]*facts.Subject, len(r.subjects[i]))
		for j, s := range r.subjects[i] {
			list[j] = s.facts
		}
		found[i], errs[i] = r.chosen.engine.Check(ctx, append(list, r.unattached[i]...))
	})
	type place struct {
		file       *manifest.File
		start      int
		rule, path string
	}
	seen := map[place]bool{}
	for i := range r.sets {
		if errs[i] != nil {
			r.failures = append(r.failures, fmt.Errorf("rules on set %s: %w", r.sets[i].Name, errs[i]))
		}
		for _, f := range found[i] {
			p := place{f.File, f.Range.Start.Byte, f.Rule, f.Path.String()}
			if !seen[p] {
				seen[p] = true
				f.Set = r.sets[i].Name
				r.add(f)
			}
		}
	}
}
