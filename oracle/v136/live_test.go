package v136

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/oracle/apiserver"
	"github.com/rollcast/rollcast/oracle/golden"
	"github.com/rollcast/rollcast/oracle/play"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

// TestLive plays a rollout to its middle on the controllers, writes down the
// objects as kubectl get -o yaml prints them, and lets the planner go on from
// what it reads there: it has to come to the states that the controllers come
// to. ORACLE_COUNT says with how many scenarios of each kind, ORACLE_SEED the
// first of their seeds.
//
// With the pods, and for Deployments with the ReplicaSets alone, every state has
// to be equal. A status alone does not tell which pods are ready: how often the
// planner is right then is only counted.
func TestLive(t *testing.T) {
	count, seed := env(t, "ORACLE_COUNT", 60), env(t, "ORACLE_SEED", 1)
	for _, kind := range []string{"deployment", "statefulset", "daemonset"} {
		t.Run(kind, func(t *testing.T) {
			var n liveCount
			for i := range count {
				number := seed + i
				t.Run(fmt.Sprint(number), func(t *testing.T) {
					text, split := liveScenario(rand.New(rand.NewPCG(uint64(number), 23)), kind)
					var err error
					for again := range 8 { // a run may come to what few runs come to
						var one liveCount
						if err = compareLive(t, kind, text, split, number+again, &one); err == nil {
							one.rare = min(again, 1)
							n.add(one)
							return
						}
					}
					t.Errorf("%v\n%s", err, text)
				})
			}
			t.Logf("%s: %d scenarios, %d under way at the start; %d states after it are equal from the pods on, %d from the ReplicaSets on; "+
				"from the status alone %d of %d scenarios end in the same states; %d with a rare outcome, %d ended in a race",
				kind, n.scenarios, n.underWay, n.states, n.setStates, n.statusEqual, n.status, n.rare, n.races)
		})
	}
}

type liveCount struct{ scenarios, underWay, states, setStates, status, statusEqual, rare, races int }

func (n *liveCount) add(o liveCount) {
	n.scenarios += o.scenarios
	n.underWay += o.underWay
	n.states += o.states
	n.setStates += o.setStates
	n.status += o.status
	n.statusEqual += o.statusEqual
	n.races += o.races
	n.rare += o.rare
}

// liveScenario is a rollout that is cut in its middle, at the act with the
// index split, and what happens then.
func liveScenario(r *rand.Rand, kind string) (text trace.Text, split int) {
	add := func(name string, fields ...any) {
		var f trace.Fields
		for i := 0; i < len(fields); i += 2 {
			f.Add(fields[i].(string), fields[i+1])
		}
		text.Acts = append(text.Acts, trace.Act{Type: name, Fields: f})
	}
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	replicas := 1 + r.IntN(9)
	switch kind {
	case "deployment":
		text.Spec.Add("replicas", replicas)
		if r.IntN(6) == 0 {
			text.Spec.Add("strategy", "Recreate")
		} else {
			text.Spec.Add("maxSurge", pick("1", "2", "25%", "50%", "100%"))
			text.Spec.Add("maxUnavailable", pick("0", "1", "25%", "40%"))
		}
	case "statefulset":
		text.Spec.Add("kind", "StatefulSet")
		text.Spec.Add("replicas", replicas)
		if r.IntN(3) == 0 {
			text.Spec.Add("podManagementPolicy", "Parallel")
		}
		if r.IntN(4) == 0 {
			text.Spec.Add("partition", r.IntN(replicas+1))
		}
	default:
		text.Spec.Add("kind", "DaemonSet")
		text.Spec.Add("nodes", replicas)
		if r.IntN(2) == 0 {
			text.Spec.Add("maxUnavailable", "0")
			text.Spec.Add("maxSurge", pick("1", "2", "40%"))
		} else {
			text.Spec.Add("maxUnavailable", pick("1", "2", "30%"))
		}
	}
	if kind == "daemonset" { // on which node the next pod becomes ready is another question, see README.md
		text.Scenario.Add("readiness", "together")
	} else {
		text.Scenario.Add("readiness", pick("together", "one-by-one", "one-by-one"))
	}
	text.Scenario.Add("termination", pick("instant", "next"))
	add("update")
	add("run", "rounds", r.IntN(4))
	if text.Acts[1].Fields[0].Value == "0" {
		text.Acts = text.Acts[:1]
	}
	if kind != "daemonset" && r.IntN(4) == 0 {
		add("scale", "replicas", 1+r.IntN(9))
		add("run", "rounds", 1)
	}
	// With three revisions a DaemonSet's controller replaces old pods in no order.
	if kind != "daemonset" && r.IntN(4) == 0 { // a second version before the first is out
		add("update")
		add("run", "rounds", 1)
	}
	split = len(text.Acts)
	choices := 5
	if kind == "daemonset" {
		choices = 2
	}
	switch r.IntN(choices) {
	case 0: // the rollout goes on
	case 1:
		add("undo")
	case 2:
		add("scale", "replicas", 1+r.IntN(9))
	default:
		add("update")
	}
	add("run", "rounds", "end")
	return text, split
}

func compareLive(t *testing.T, kind string, text trace.Text, split, number int, n *liveCount) error {
	// The objects as the first acts leave them.
	first := text
	first.Acts = text.Acts[:split]
	seen := map[types.UID]apiserver.Object{}
	o := golden.Options(number % 4)
	o.Watch = func(e watch.EventType, object apiserver.Object) {
		if e == watch.Deleted {
			delete(seen, object.GetUID())
		} else {
			seen[object.GetUID()] = object
		}
	}
	begun, err := kinds[kind](t, first, o)
	if err != nil {
		return fmt.Errorf("to the middle: %w", err)
	}
	objects := make([]apiserver.Object, 0, len(seen))
	for _, object := range seen {
		objects = append(objects, object)
	}
	slices.SortFunc(objects, func(a, b apiserver.Object) int { return strings.Compare(string(a.GetUID()), string(b.GetUID())) })
	// What the controllers come to from there.
	all, err := kinds[kind](t, text, golden.Options(number%4))
	var refused *play.Refused
	if err != nil && !errors.As(err, &refused) {
		return err
	}
	if refused != nil {
		return nil // nothing to go back to
	}
	before := slices.Concat(all[:split+1]...)
	if !slices.EqualFunc(begun, all[:split+1], slices.Equal) {
		n.races++ // nobody knows what the first run would have come to
		return nil
	}
	want := append([]string{before[len(before)-1]}, slices.Concat(all[split+1:]...)...)

	n.scenarios++
	for _, with := range []string{"pods", "sets", "status"} {
		live, spec, err := readLive(objects, with)
		if err != nil {
			return err
		}
		if live.UnderWay && with == "pods" {
			n.underWay++
		}
		sc, err := liveEvents(text, split)
		if err != nil {
			return err
		}
		sc.Start = &live.Start
		got, race, err := liveStates(kind, spec, sc, want)
		if with == "status" || with == "sets" && kind != "deployment" {
			if with == "status" {
				n.status++
				if err == nil && slices.Equal(got, want) {
					n.statusEqual++
				}
			}
			continue
		}
		if err != nil {
			return fmt.Errorf("from the %s: %w", with, err)
		}
		if race {
			n.races++
			continue
		}
		if kind == "daemonset" && len(got) > 0 {
			// The last round before the middle may have ended pods and been none.
			got[0], want[0] = leaving.ReplaceAllString(got[0], ""), leaving.ReplaceAllString(want[0], "")
		}
		if !slices.Equal(got, want) {
			if termination, _ := text.Scenario.Get("termination"); with == "sets" && termination == "next" {
				continue // a ReplicaSet does not tell of the pods that terminate
			}
			return fmt.Errorf("from the %s:\nthe controllers %q\nthe planner     %q", with, want, got)
		}
		if with == "pods" {
			n.states += len(got)
		} else {
			n.setStates += len(got)
		}
	}
	return nil
}

// leaving is how many pods of a revision terminate, and a revision with nothing
// but these.
var leaving = regexp.MustCompile(`\b\d+:0/0/0\+\d+ |\+\d+`)

// liveEvents are the events from the middle on.
func liveEvents(text trace.Text, split int) (planner.Scenario, error) {
	if _, has := text.Spec.Get("kind"); has {
		_, sc, err := text.Script()
		sc.Events = sc.Events[split:]
		return sc, err
	}
	whole, err := text.Trace()
	sc := whole.Scenario
	if err == nil {
		sc.Events = sc.Events[split:]
	}
	return sc, err
}

// liveStates are what the planner comes to; race says that one of its states is
// another of several outcomes that it names.
func liveStates(kind string, spec planner.Spec, sc planner.Scenario, want []string) (got []string, race bool, err error) {
	plan, err := planner.Simulate(spec, sc)
	if err != nil {
		return nil, false, err
	}
	if kind == "statefulset" {
		return trace.StatefulSetWords(plan.Steps), false, nil
	}
	for i, s := range plan.Steps {
		words := trace.Words(spec.Kind, sc, s)
		if i < len(want) && words != want[i] && len(s.Alternatives) > 0 {
			return got, true, nil
		}
		got = append(got, words)
	}
	return got, false, nil
}

// readLive writes the objects as kubectl get -o yaml does and reads the workload
// out of them: with its pods, with what owns these, or alone.
func readLive(objects []apiserver.Object, with string) (*workload.Live, planner.Spec, error) {
	var list struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
		Items      []any  `json:"items"`
	}
	list.APIVersion, list.Kind = "v1", "List"
	for _, object := range objects {
		object = object.DeepCopyObject().(apiserver.Object)
		apps := appsv1.SchemeGroupVersion.WithKind
		switch o := object.(type) {
		case *appsv1.Deployment:
			o.SetGroupVersionKind(apps("Deployment"))
		case *appsv1.StatefulSet:
			o.SetGroupVersionKind(apps("StatefulSet"))
		case *appsv1.DaemonSet:
			o.SetGroupVersionKind(apps("DaemonSet"))
		case *appsv1.ReplicaSet:
			o.SetGroupVersionKind(apps("ReplicaSet"))
		case *appsv1.ControllerRevision:
			o.SetGroupVersionKind(apps("ControllerRevision"))
		case *corev1.Pod:
			o.SetGroupVersionKind(corev1.SchemeGroupVersion.WithKind("Pod"))
			if with != "pods" {
				continue
			}
		default:
			continue
		}
		if k := object.GetObjectKind().GroupVersionKind().Kind; with == "status" && (k == "ReplicaSet" || k == "ControllerRevision") {
			continue
		}
		list.Items = append(list.Items, object)
	}
	data, err := json.Marshal(list)
	if err != nil {
		return nil, planner.Spec{}, err
	}
	f := manifest.Parse("live.json", data, manifest.Options{})
	owned := workload.Owned{}
	for _, d := range f.Documents {
		owned.Add(d)
	}
	for _, w := range workload.Resolve(f.Documents, nil).Workloads {
		live := workload.ReadLive(w.Document, owned)
		if live == nil {
			continue
		}
		spec, ok := w.Spec(w.Replicas.Effective)
		if !ok {
			return nil, spec, fmt.Errorf("%s: %s%s", w.Document.Label(), w.Unreadable, w.Unplannable)
		}
		if spec.Kind == planner.DaemonSet {
			spec.Replicas = live.Nodes
		}
		return live, spec, nil
	}
	return nil, planner.Spec{}, fmt.Errorf("no workload among %d objects", len(objects))
}
