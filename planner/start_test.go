package planner

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestStart: a story that begins at any state of a rollout goes on as the rollout
// did.
func TestStart(t *testing.T) {
	deployment := func(replicas int32, strategy Strategy) Spec {
		return Spec{Kind: Deployment, Replicas: replicas, Strategy: strategy, ProgressDeadlineSeconds: 600, RevisionHistoryLimit: 10}
	}
	set := func(parallel bool) Spec {
		return Spec{Kind: StatefulSet, Replicas: 5, Strategy: Strategy{Type: RollingUpdate}, RevisionHistoryLimit: 10, Set: SetSpec{Name: "db", Parallel: parallel}}
	}
	for _, tc := range []struct {
		name string
		spec Spec
	}{
		{"rolling", deployment(10, Strategy{RollingUpdate, Percent(30), Percent(20)})},
		{"surge only", deployment(3, Strategy{RollingUpdate, Count(1), Count(0)})},
		{"recreate", deployment(4, Strategy{Type: Recreate})},
		{"set", set(false)},
		{"parallel", set(true)},
		{"nodes", Spec{Kind: DaemonSet, Replicas: 5, Strategy: Strategy{RollingUpdate, Count(0), Count(2)}, RevisionHistoryLimit: 10}},
		{"nodes with surge", Spec{Kind: DaemonSet, Replicas: 5, Strategy: Strategy{RollingUpdate, Count(2), Count(0)}, RevisionHistoryLimit: 10}},
	} {
		for _, mode := range []Readiness{Together, OneByOne} {
			for _, termination := range []Termination{TerminateInstant, TerminateNext} {
				t.Run(fmt.Sprint(tc.name, " ", mode, " ", termination), func(t *testing.T) {
					sc := Scenario{Readiness: mode, Termination: termination, Events: []Event{{Type: EventUpdate}, {Type: EventRun, Rounds: RunToEnd}}}
					whole, err := Simulate(tc.spec, sc)
					if err != nil {
						t.Fatal(err)
					}
					for i := 1; i < len(whole.Steps)-1; i++ {
						start := startAt(tc.spec, whole.Steps[i])
						rest, err := Simulate(tc.spec, Scenario{Readiness: mode, Termination: termination, Start: start, Events: sc.Events[1:]})
						if err != nil {
							t.Fatal(err)
						}
						if d := cmp.Diff(states(whole.Steps[i:]), states(rest.Steps)); d != "" {
							t.Fatalf("from step %d:\n%s", i, d)
						}
						if rest.Outcome != whole.Outcome {
							t.Errorf("from step %d: %s, not %s", i, rest.Outcome, whole.Outcome)
						}
					}
				})
			}
		}
	}
}

func states(steps []Step) (list []string) {
	for _, s := range steps {
		list = append(list, fmt.Sprint(s.Revisions, s.Ordinals))
	}
	return list
}

// startAt is a step as the start of a story.
func startAt(spec Spec, step Step) *Start {
	s := &Start{Template: 2, Progress: "ReplicaSetUpdated", Current: 1, Update: 2}
	limit := spec.Replicas
	if spec.Strategy.Type == RollingUpdate && spec.Kind == Deployment {
		surge, _ := spec.Strategy.Resolve(spec.Replicas)
		limit += surge
	}
	for n := 1; n <= 2; n++ {
		s.Revisions = append(s.Revisions, StartRevision{Number: int64(n), DesiredNote: spec.Replicas, MaxNote: limit})
	}
	if len(step.Revisions) == 1 && step.Revisions[0].Revision == 1 { // a Recreate makes the new one last
		s.Revisions, s.Template = s.Revisions[:1], 0
	}
	for _, r := range step.Revisions {
		to := &s.Revisions[r.Revision-1]
		to.Desired, to.Available, to.Waiting, to.Terminating = r.Desired, r.Ready, r.NotReady, r.Terminating
	}
	for _, o := range step.Ordinals {
		state := PodWaiting
		switch {
		case o.Terminating:
			state = PodTerminating
		case o.Ready:
			state = PodAvailable
		}
		s.Ordinals = append(s.Ordinals, StartOrdinals{o.First, o.Last - o.First + 1, o.Revision, state})
		if o.Revision == 1 {
			s.CurrentReplicas += o.Last - o.First + 1
		}
	}
	if spec.Kind != DaemonSet {
		return s
	}
	// One node for each old pod, then those of the new ones: the first of the
	// nodes with a new pod that waits have an old one too where there is a surge.
	old, fresh := step.Revisions[0], Revision{}
	if len(step.Revisions) == 2 {
		fresh = step.Revisions[1]
	} else if old.Revision == 2 {
		old, fresh = Revision{}, old
	}
	left := int64(spec.Replicas)
	add := func(n int32, pods ...StartPod) {
		if n > 0 {
			s.Nodes = append(s.Nodes, StartNodes{int64(n), pods})
			left -= int64(n)
		}
	}
	both := int32(0)
	if spec.Strategy.MaxSurge.Value > 0 {
		both = min(fresh.NotReady, old.Ready)
	}
	add(old.Ready-both, StartPod{1, PodAvailable})
	add(both, StartPod{1, PodAvailable}, StartPod{2, PodWaiting})
	add(fresh.Ready, StartPod{2, PodAvailable})
	// What terminates does so where nothing else is, or beside a new pod.
	beside := min(old.Terminating, int32(left))
	if spec.Strategy.MaxSurge.Value > 0 {
		beside = 0
	}
	add(fresh.NotReady - both)
	add(beside, StartPod{1, PodTerminating})
	if fresh.NotReady > both {
		s.Nodes[len(s.Nodes)-1].Pods = append(s.Nodes[len(s.Nodes)-1].Pods, StartPod{2, PodWaiting})
	}
	if beside < old.Terminating && len(s.Nodes) > 0 {
		last := &s.Nodes[len(s.Nodes)-1]
		n := int64(old.Terminating - beside)
		if last.N > n {
			rest := *last
			rest.N -= n
			last.N = n
			last.Pods = append([]StartPod{{1, PodTerminating}}, last.Pods...)
			s.Nodes = append(s.Nodes, rest)
		} else {
			last.Pods = append([]StartPod{{1, PodTerminating}}, last.Pods...)
		}
	}
	return s
}

// TestStartBack: a template that an older ReplicaSet has brings that one back.
func TestStartBack(t *testing.T) {
	spec := Spec{Kind: Deployment, Replicas: 4, Strategy: Strategy{RollingUpdate, Count(1), Count(1)}, ProgressDeadlineSeconds: 600, RevisionHistoryLimit: 10}
	start := &Start{Template: 2, Progress: "ReplicaSetUpdated", Revisions: []StartRevision{
		{Number: 7, Desired: 3, DesiredNote: 4, MaxNote: 5, Available: 3},
		{Number: 8, Desired: 2, DesiredNote: 4, MaxNote: 5, Stuck: 2},
	}}
	p, err := Simulate(spec, Scenario{Readiness: Together, Start: start, Events: []Event{{Type: EventUpdate, To: 1}, {Type: EventRun, Rounds: RunToEnd}}})
	if err != nil {
		t.Fatal(err)
	}
	last := p.Steps[len(p.Steps)-1]
	if p.Outcome != Complete || len(last.Revisions) != 2 || last.Revisions[0] != (Revision{Revision: 1, As: 9, Desired: 4, Ready: 4, Available: 4}) {
		t.Errorf("%s: %+v", p.Outcome, last.Revisions)
	}
}

// TestStartStuck: pods that cannot start hold a timed rollout; pods that are not
// ready yet do not, and both are said.
func TestStartStuck(t *testing.T) {
	spec := Spec{Kind: Deployment, Replicas: 4, Strategy: Strategy{RollingUpdate, Count(1), Count(0)}, ProgressDeadlineSeconds: 600, RevisionHistoryLimit: 10}
	for _, tc := range []struct {
		stuck int32
		want  Outcome
		said  string
	}{
		{0, Complete, "pods that are not ready at the start take as long from then on as new ones"},
		{1, Stalled, "pods that cannot start now never become ready"},
	} {
		p, err := Simulate(spec, Scenario{Start: &Start{Template: 2, Progress: "ReplicaSetUpdated", Revisions: []StartRevision{
			{Number: 1, Desired: 4, DesiredNote: 4, MaxNote: 5, Available: 4},
			{Number: 2, Desired: 1, DesiredNote: 4, MaxNote: 5, Stuck: tc.stuck, Waiting: 1 - tc.stuck},
		}}, Events: []Event{{Type: EventRun, Rounds: RunToEnd}}})
		if err != nil {
			t.Fatal(err)
		}
		if p.Outcome != tc.want || p.Assumptions[len(p.Assumptions)-1] != tc.said {
			t.Errorf("%d stuck: %s, %q", tc.stuck, p.Outcome, p.Assumptions)
		}
	}
}

// TestStartRefused: what is no state of the workload is an error, never a panic.
func TestStartRefused(t *testing.T) {
	spec := Spec{Kind: DaemonSet, Replicas: 2, Strategy: Strategy{RollingUpdate, Count(0), Count(1)}}
	for _, s := range []Start{
		{Template: 2},
		{Revisions: []StartRevision{{}}, Template: 1, Nodes: []StartNodes{{N: 3}}},
		{Revisions: []StartRevision{{}}, Template: 1, Nodes: []StartNodes{{N: 2, Pods: []StartPod{{Revision: 2}}}}},
	} {
		if _, err := Simulate(spec, Scenario{Start: &s}); err == nil {
			t.Errorf("%+v is taken", s)
		}
	}
	if _, err := Simulate(Spec{Kind: Job}, Scenario{Start: &Start{}}); err == nil {
		t.Error("a Job begins in the middle")
	}
}
