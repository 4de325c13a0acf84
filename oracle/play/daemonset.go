package play

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/apiserver"
	"github.com/rollcast/rollcast/oracle/cluster"
)

// DaemonSet plays the scenario of a trace on the DaemonSet controller.
//
//	spec kind=DaemonSet nodes=5 maxUnavailable=2 maxSurge=0
//	     updateStrategy=OnDelete minReadySeconds=10 revisionHistoryLimit=1
//
// A state has the revisions, then the number of nodes that are down. On these
// pods are not ready, and deleted ones terminate until the node is up again.
//
//	1:3/2/2 2:2/0/0 | down 1
func DaemonSet(t *testing.T, controllers cluster.Controllers, script trace.Text, options Options) (states [][]string, err error) {
	m, err := readMode(script.Scenario)
	if err != nil {
		return nil, err
	}
	o := cluster.Options{Second: cluster.LongSecond, Seed: options.Seed, Latency: options.Latency, Observe: options.observe(), Graceful: m.graceful()}
	err = cluster.Run(t, controllers, o, func(c *cluster.Cluster) error {
		d := &daemonSet{Cluster: c, mode: m, templates: 1, oldest: longestMinReady(script)}
		if err := d.start(script.Spec); err != nil {
			return err
		}
		states, err = perform[trace.Act, string](d, Script[trace.Act, string](script.Acts))
		return err
	})
	return states, err
}

// A daemonSet is one DaemonSet in a cluster of its own.
type daemonSet struct {
	*cluster.Cluster
	mode
	history
	templates int
	oldest    time.Duration // no pod counts as ready for longer
}

func (d *daemonSet) object(w apiserver.World) *appsv1.DaemonSet {
	return apiserver.List[*appsv1.DaemonSet](w, apiserver.DaemonSets)[0]
}

// start creates nodes and object, and makes all pods available.
func (d *daemonSet) start(fields trace.Fields) error {
	object, nodes, err := daemonSetObject(fields)
	if err != nil {
		return err
	}
	err = d.Server.Do(func(w apiserver.World) error {
		for i := range nodes {
			node := &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprintf("node-%03d", i)}}
			if err := w.Create(apiserver.Nodes, node); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := d.Settle(); err != nil { // the controller has to know the nodes
		return err
	}
	if err := d.Server.Do(func(w apiserver.World) error { return w.Create(apiserver.DaemonSets, object) }); err != nil {
		return err
	}
	if err := d.Settle(); err != nil {
		return err
	}
	err = d.Server.Do(func(w apiserver.World) error {
		return d.SetReady(w, apiserver.List[*corev1.Pod](w, apiserver.Pods), true, d.LongAgo())
	})
	if err != nil {
		return err
	}
	// The scenario starts in an instant of its own, when the controller has
	// looked at what it takes to become available now for long ago.
	return d.Pass(time.Second + d.oldest/cluster.LongSeconds)
}

// daemonSetObject is the object of a spec line, and its number of nodes.
func daemonSetObject(fields trace.Fields) (*appsv1.DaemonSet, int, error) {
	f := form{fields: fields}
	f.str("kind", "")
	nodes := int(f.int("nodes", 3))
	limit := f.int("revisionHistoryLimit", 10)
	d := &appsv1.DaemonSet{
		ObjectMeta: metav1.ObjectMeta{Name: "web"},
		Spec: appsv1.DaemonSetSpec{
			Selector:             &metav1.LabelSelector{MatchLabels: appLabels},
			RevisionHistoryLimit: &limit,
		},
	}
	setTemplate(&d.Spec.Template, 1)
	d.Spec.UpdateStrategy.Type = appsv1.RollingUpdateDaemonSetStrategyType
	editDaemonSet(&d.Spec, &f)
	return d, nodes, f.done()
}

// editDaemonSet changes the fields that an edit may change. The API server
// fills in maxUnavailable 1 and maxSurge 0.
func editDaemonSet(spec *appsv1.DaemonSetSpec, f *form) {
	if n := f.long("minReadySeconds"); n != nil {
		spec.MinReadySeconds = *n
	}
	if n := f.opt("revisionHistoryLimit"); n != nil {
		spec.RevisionHistoryLimit = n
	}
	u := &spec.UpdateStrategy
	u.Type = appsv1.DaemonSetUpdateStrategyType(f.str("updateStrategy", string(u.Type)))
	if u.Type != appsv1.RollingUpdateDaemonSetStrategyType {
		u.RollingUpdate = nil
		return
	}
	if u.RollingUpdate == nil {
		one, zero := intstr.FromInt32(1), intstr.FromInt32(0)
		u.RollingUpdate = &appsv1.RollingUpdateDaemonSet{MaxUnavailable: &one, MaxSurge: &zero}
	}
	if v := f.percent("maxUnavailable"); v != nil {
		u.RollingUpdate.MaxUnavailable = v
	}
	if v := f.percent("maxSurge"); v != nil {
		u.RollingUpdate.MaxSurge = v
	}
}

// state implements player.
func (d *daemonSet) state() (state string, err error) {
	err = d.Server.Do(func(w apiserver.World) error {
		object, pods := d.object(w), apiserver.List[*corev1.Pod](w, apiserver.Pods)
		if object.Status.ObservedGeneration != object.Generation {
			return fmt.Errorf("the controller has seen generation %d of %d", object.Status.ObservedGeneration, object.Generation)
		}
		lines := d.lines(w, d.groups(w, pods))
		newest := lines[0] // the revision of the template
		for _, l := range lines {
			for _, pod := range l.ready {
				if d.Available(pod, object.Spec.MinReadySeconds) {
					l.available++
				}
			}
			if d.number(w, l.revision) > d.number(w, newest.revision) {
				newest = l
			}
		}
		taken := map[string]bool{}
		for _, pod := range pods {
			if !cluster.Terminating(pod) {
				taken[pod.Spec.NodeName] = true
			}
		}
		down := 0
		for _, node := range apiserver.List[*corev1.Node](w, apiserver.Nodes) {
			if !taken[node.Name] {
				newest.wanted++
			}
			if apiserver.Unreachable(node) {
				down++
			}
		}
		state = text(lines)
		if down > 0 {
			state += fmt.Sprintf(" | down %d", down)
		}
		return nil
	})
	return state, err
}

// number is the number that Kubernetes shows for a revision as created, or 0
// for one that was deleted.
func (d *daemonSet) number(w apiserver.World, as int) int64 {
	for _, r := range d.revisions(w) {
		if r.number == as {
			return r.object.Revision
		}
	}
	return 0
}

// rounds implements player.
func (d *daemonSet) rounds(a trace.Act) (int, bool) { return runRounds(a) }

// round implements player. A node gets its new pod when the old one is gone.
func (d *daemonSet) round() (bool, error) {
	return d.roundOf(d.Cluster, func(w apiserver.World) ([]*group, int, int32) {
		groups := d.groups(w, apiserver.List[*corev1.Pod](w, apiserver.Pods))
		newest := groups[len(groups)-1].revision
		return d.reachable(w, groups), newest, d.object(w).Spec.MinReadySeconds
	}, d.state)
}

// reachable leaves out the pods on nodes that are down, on which nothing
// happens, and puts those of each group into the order of their nodes.
func (d *daemonSet) reachable(w apiserver.World, groups []*group) []*group {
	place := map[string]int{}
	for i, name := range d.inOrder(w) {
		place[name] = i
	}
	down := map[string]bool{}
	for _, node := range apiserver.List[*corev1.Node](w, apiserver.Nodes) {
		down[node.Name] = apiserver.Unreachable(node)
	}
	onUp := func(pods []*corev1.Pod) []*corev1.Pod {
		some := slices.DeleteFunc(slices.Clone(pods), func(pod *corev1.Pod) bool { return down[pod.Spec.NodeName] })
		slices.SortStableFunc(some, func(a, b *corev1.Pod) int {
			return cmp.Compare(place[a.Spec.NodeName], place[b.Spec.NodeName])
		})
		return some
	}
	var all []*group
	for _, g := range groups {
		all = append(all, &group{revision: g.revision, waiting: onUp(g.waiting), ready: onUp(g.ready), terminating: onUp(g.terminating)})
	}
	return all
}
