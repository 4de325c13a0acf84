package play

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/apiserver"
	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/planner"
)

// StatefulSet plays the scenario of a trace on the StatefulSet controller.
//
//	spec kind=StatefulSet replicas=3 podManagementPolicy=Parallel
//	     updateStrategy=OnDelete partition=2 maxUnavailable=2 start=5
//	     minReadySeconds=10 revisionHistoryLimit=1 claims=Retain|Delete
//	     gate=MaxUnavailableStatefulSet
//
// partition=absent leaves updateStrategy.rollingUpdate out. claims gives the
// pods a volumeClaimTemplate and says what becomes of the claims on a
// scale-down. An edit may say all but kind, podManagementPolicy and gate.
//
// A state has the revisions, then the pods by ordinal with their revision:
// 3=2 is web-3 at revision 2, 3=2~ is not ready, 3=2+ terminates. Claims that
// exist follow.
//
//	1:3/3/3 2:1/0/0 | 0=1 1=1 2=1 3=2~ | claims 0 1 2 3
func StatefulSet(t *testing.T, controllers cluster.Controllers, script trace.Text, options Options) (states [][]string, err error) {
	m, err := readMode(script.Scenario)
	if err != nil {
		return nil, err
	}
	o := cluster.Options{Second: cluster.LongSecond, Seed: options.Seed, Latency: options.Latency, Observe: options.observe(), Graceful: m.graceful()}
	err = cluster.Run(t, controllers, o, func(c *cluster.Cluster) error {
		s := &statefulSet{Cluster: c, mode: m, templates: 1}
		if err := s.start(script); err != nil {
			return err
		}
		states, err = perform[trace.Act, string](s, Script[trace.Act, string](script.Acts))
		return err
	})
	return states, err
}

// A statefulSet is one StatefulSet in a cluster of its own.
type statefulSet struct {
	*cluster.Cluster
	mode
	history
	templates int
}

func (s *statefulSet) object(w apiserver.World) *appsv1.StatefulSet {
	return apiserver.List[*appsv1.StatefulSet](w, apiserver.StatefulSets)[0]
}

func (s *statefulSet) pods(w apiserver.World) []*corev1.Pod {
	return byOrdinal(apiserver.List[*corev1.Pod](w, apiserver.Pods))
}

// start creates the object and makes pods available until all of them are.
func (s *statefulSet) start(script trace.Text) error {
	object, err := statefulSetObject(script.Spec)
	if err != nil {
		return err
	}
	if err := s.Server.Do(func(w apiserver.World) error { return w.Create(apiserver.StatefulSets, object) }); err != nil {
		return err
	}
	for range 2 * (*object.Spec.Replicas + 1) {
		if err := s.Settle(); err != nil {
			return err
		}
		ready := 0
		err := s.Server.Do(func(w apiserver.World) error {
			pods := s.pods(w)
			for _, pod := range pods {
				if cluster.Ready(pod) {
					ready++
				}
			}
			return s.SetReady(w, pods, true, s.LongAgo())
		})
		if err != nil {
			return err
		}
		if ready == int(*object.Spec.Replicas) {
			// The scenario starts in an instant of its own, when the controller
			// has looked whether what became ready now is available.
			return s.Pass(time.Second + longestMinReady(script)/cluster.LongSeconds)
		}
	}
	return errors.New("the StatefulSet never starts")
}

// statefulSetObject is the object of a spec line.
func statefulSetObject(fields trace.Fields) (*appsv1.StatefulSet, error) {
	f := form{fields: fields}
	f.str("kind", "")
	f.str("gate", "") // for whoever makes the controllers
	replicas, limit := f.int("replicas", 1), f.int("revisionHistoryLimit", 10)
	set := &appsv1.StatefulSet{
		ObjectMeta: metav1.ObjectMeta{Name: "web"},
		Spec: appsv1.StatefulSetSpec{
			Replicas:             &replicas,
			ServiceName:          "web",
			Selector:             &metav1.LabelSelector{MatchLabels: appLabels},
			PodManagementPolicy:  appsv1.PodManagementPolicyType(f.str("podManagementPolicy", string(appsv1.OrderedReadyPodManagement))),
			RevisionHistoryLimit: &limit,
		},
	}
	if _, given := fields.Get("claims"); given {
		set.Spec.VolumeClaimTemplates = []corev1.PersistentVolumeClaim{{ObjectMeta: metav1.ObjectMeta{Name: "data"}}}
	}
	setTemplate(&set.Spec.Template, 1)
	editStatefulSet(&set.Spec, &f)
	if set.Spec.UpdateStrategy.Type == "" {
		set.Spec.UpdateStrategy.Type = appsv1.RollingUpdateStatefulSetStrategyType
		set.Spec.UpdateStrategy.RollingUpdate = &appsv1.RollingUpdateStatefulSetStrategy{Partition: new(int32)}
	}
	return set, f.done()
}

// editStatefulSet changes the fields that an edit may change.
func editStatefulSet(spec *appsv1.StatefulSetSpec, f *form) {
	if n := f.opt("replicas"); n != nil {
		spec.Replicas = n
	}
	if n := f.long("minReadySeconds"); n != nil {
		spec.MinReadySeconds = *n
	}
	if n := f.opt("revisionHistoryLimit"); n != nil {
		spec.RevisionHistoryLimit = n
	}
	if n := f.opt("start"); n != nil {
		spec.Ordinals = &appsv1.StatefulSetOrdinals{Start: *n}
	}
	if policy, given := f.read("claims"); given {
		spec.PersistentVolumeClaimRetentionPolicy = &appsv1.StatefulSetPersistentVolumeClaimRetentionPolicy{
			WhenDeleted: appsv1.RetainPersistentVolumeClaimRetentionPolicyType,
			WhenScaled:  appsv1.PersistentVolumeClaimRetentionPolicyType(policy),
		}
	}
	u := &spec.UpdateStrategy
	rolling := func() *appsv1.RollingUpdateStatefulSetStrategy {
		u.Type = appsv1.RollingUpdateStatefulSetStrategyType
		if u.RollingUpdate == nil {
			u.RollingUpdate = &appsv1.RollingUpdateStatefulSetStrategy{Partition: new(int32)}
		}
		return u.RollingUpdate
	}
	if kind, given := f.read("updateStrategy"); given {
		u.Type, u.RollingUpdate = appsv1.StatefulSetUpdateStrategyType(kind), nil
		if u.Type == appsv1.RollingUpdateStatefulSetStrategyType {
			rolling()
		}
	}
	if partition, given := f.read("partition"); partition == "absent" {
		u.Type, u.RollingUpdate = appsv1.RollingUpdateStatefulSetStrategyType, nil
	} else if given {
		f.fields = append(f.fields, trace.Field{Key: "partition", Value: partition})
		rolling().Partition = f.opt("partition")
	}
	if v := f.percent("maxUnavailable"); v != nil {
		rolling().MaxUnavailable = v
	}
}

// state implements player.
func (s *statefulSet) state() (state string, err error) {
	err = s.Server.Do(func(w apiserver.World) error {
		set, pods := s.object(w), s.pods(w)
		if set.Status.ObservedGeneration != set.Generation {
			return fmt.Errorf("the controller has seen generation %d of %d", set.Status.ObservedGeneration, set.Generation)
		}
		lines := s.lines(w, s.groups(w, pods))
		byNumber := map[int]*line{}
		for _, l := range lines {
			byNumber[l.revision] = l
			for _, pod := range l.ready {
				if s.Available(pod, set.Spec.MinReadySeconds) {
					l.available++
				}
			}
		}
		var ordinals []string
		there := map[int]bool{}
		for _, pod := range pods {
			mark := ""
			switch {
			case cluster.Terminating(pod):
				mark = "+"
			case !cluster.Ready(pod):
				mark = "~"
			}
			there[ordinal(pod)] = mark != "+"
			ordinals = append(ordinals, fmt.Sprintf("%d=%d%s", ordinal(pod), s.of(pod), mark))
		}
		start := startOrdinal(set)
		for i := start; i < start+int(*set.Spec.Replicas); i++ {
			if !there[i] {
				// A controller whose news is late may have deleted a
				// revision that its status still names.
				if l := byNumber[s.fill(set, i)]; l != nil {
					l.wanted++
				}
			}
		}
		state = text(lines)
		if len(ordinals) > 0 {
			state += " | " + strings.Join(ordinals, " ")
		}
		state += claims(w, set)
		return nil
	})
	return state, err
}

// fill is the revision that a missing ordinal will have.
func (s *statefulSet) fill(set *appsv1.StatefulSet, i int) int {
	old := 0
	if u := set.Spec.UpdateStrategy; u.Type == appsv1.RollingUpdateStatefulSetStrategyType {
		if old = int(set.Status.CurrentReplicas); u.RollingUpdate != nil {
			old = int(*u.RollingUpdate.Partition)
		}
	}
	if i < startOrdinal(set)+old {
		return s.hash[set.Status.CurrentRevision]
	}
	return s.hash[set.Status.UpdateRevision]
}

func startOrdinal(set *appsv1.StatefulSet) int {
	if set.Spec.Ordinals == nil {
		return 0
	}
	return int(set.Spec.Ordinals.Start)
}

// claims lists the claims that exist by ordinal, if there can be any.
func claims(w apiserver.World, set *appsv1.StatefulSet) string {
	if set.Spec.VolumeClaimTemplates == nil {
		return ""
	}
	b := strings.Builder{}
	b.WriteString(" | claims")
	var ordinals []int
	for _, claim := range apiserver.List[*corev1.PersistentVolumeClaim](w, apiserver.Claims) {
		ordinals = append(ordinals, numberAtEnd(claim.Name))
	}
	slices.Sort(ordinals)
	for _, i := range ordinals {
		fmt.Fprintf(&b, " %d", i)
	}
	return b.String()
}

// rounds implements player.
func (s *statefulSet) rounds(a trace.Act) (int, bool) { return runRounds(a) }

// round implements player. Pods that terminate hold the controller back: their
// successors have the same names. So a round that ends them takes place, if it
// lets the controller go on.
func (s *statefulSet) round() (bool, error) {
	return s.roundOf(s.Cluster, func(w apiserver.World) ([]*group, int, int32) {
		groups, newest := s.groups(w, s.pods(w)), 0
		if last := len(groups) - 1; last >= 0 { // else the history limit took the last one
			newest = groups[last].revision
		}
		return groups, newest, s.object(w).Spec.MinReadySeconds
	}, s.state)
}

// roundOf is a round of a workload whose controller waits for terminating
// pods.
func (m mode) roundOf(c *cluster.Cluster, look func(apiserver.World) (groups []*group, newest int, minReady int32), state func() (string, error)) (bool, error) {
	var minReady int32
	began, held := false, false
	before, err := state()
	if err != nil {
		return false, err
	}
	err = c.Server.Do(func(w apiserver.World) error {
		groups, newest, seconds := look(w)
		minReady = seconds / cluster.LongSeconds
		pods, err := due(m.readiness, groups, newest)
		if err != nil {
			return err
		}
		began = len(pods) > 0
		if m.termination == planner.TerminateNext {
			for _, g := range groups {
				held = held || len(g.terminating) > 0
			}
			if err := reap(w, groups); err != nil {
				return err
			}
		}
		return c.SetReady(w, pods, true, c.Now())
	})
	if err != nil || !began && !held {
		return false, err
	}
	if err := c.Elapse(minReady); err != nil {
		return false, err
	}
	after, err := state()
	return began || withoutTerminating(before) != withoutTerminating(after), err
}

// withoutTerminating is a state in which terminating pods are left out.
func withoutTerminating(state string) string {
	var words []string
	for _, word := range strings.Fields(state) {
		before, _, terminating := strings.Cut(word, "+")
		switch {
		case word == "|": // stands before pods, which may all terminate
		case strings.Contains(word, ":0/"): // has no others
		case !terminating:
			words = append(words, word)
		case strings.Contains(word, "/"):
			words = append(words, before)
		}
	}
	return strings.Join(words, " ")
}
