package workload

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

const shop = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      containers: [{name: web}]
      volumes:
      - {name: data, persistentVolumeClaim: {claimName: data}}
      - {name: gone, persistentVolumeClaim: {claimName: gone}}
`

func names[T any](list []T, name func(T) string) []string {
	got := []string{}
	for _, v := range list {
		got = append(got, name(v))
	}
	return got
}

func TestJoins(t *testing.T) {
	object := func(version, kind, name, namespace, spec string) string {
		if namespace != "" {
			namespace = ", namespace: " + namespace
		}
		return "---\napiVersion: " + version + "\nkind: " + kind + "\nmetadata: {name: " + name + namespace + "}\nspec: " + spec + "\n"
	}
	service := func(name, namespace, spec string) string { return object("v1", "Service", name, namespace, spec) }
	budget := func(name, version, spec string) string {
		return object("policy/"+version, "PodDisruptionBudget", name, "shop", spec)
	}
	hpa := func(name, target, spec string) string {
		return object("autoscaling/v2", "HorizontalPodAutoscaler", name, "shop", "{scaleTargetRef: "+target+spec+"}")
	}
	set := Resolve(parse(t, shop+
		service("one-label", "shop", "{selector: {app: web}}")+
		service("both-labels", "shop", "{selector: {tier: front, app: web}}")+
		service("other-value", "shop", "{selector: {app: api}}")+
		service("more-labels", "shop", "{selector: {app: web, colour: blue}}")+
		service("other-namespace", "prod", "{selector: {app: web}}")+
		service("no-namespace", "", "{selector: {app: web}}")+
		service("external", "shop", "{type: ExternalName, selector: {app: web}}")+
		service("empty", "shop", "{selector: {}}")+
		service("broken", "shop", "{selector: {app: 1}}")+
		budget("labels", "v1", "{selector: {matchLabels: {app: web}}}")+
		budget("expression", "v1", "{selector: {matchExpressions: [{key: app, operator: In, values: [api, web]}, {key: debug, operator: DoesNotExist}]}}")+
		budget("exists", "v1", "{selector: {matchExpressions: [{key: tier, operator: Exists}]}}")+
		budget("not-in", "v1", "{selector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}}")+
		budget("all", "v1", "{selector: {}}")+
		budget("old-all", "v1beta1", "{selector: {}}")+
		budget("none", "v1", "{}")+
		budget("both-numbers", "v1", "{selector: {}, minAvailable: 1, maxUnavailable: 1}")+
		hpa("web", "{apiVersion: apps/v1, kind: Deployment, name: web}", ", minReplicas: 3, maxReplicas: 9")+
		hpa("old-group", "{apiVersion: extensions/v1beta1, kind: Deployment, name: web}", ", maxReplicas: 5")+
		hpa("other-kind", "{apiVersion: apps/v1, kind: StatefulSet, name: web}", ", maxReplicas: 5")+
		hpa("no-group", "{kind: Deployment, name: web}", ", maxReplicas: 5")+
		hpa("backwards", "{apiVersion: apps/v1, kind: Deployment, name: web}", ", minReplicas: 9, maxReplicas: 3")+
		object("v1", "PersistentVolumeClaim", "data", "shop", "{accessModes: [ReadWriteOnce]}")+
		object("v1", "PersistentVolumeClaim", "data", "prod", "{accessModes: [ReadWriteMany]}"),
	), nil)
	w := set.Workloads[0]
	got := map[string][]string{
		"services":    names(w.Services, func(v *Service) string { return v.Document.Name }),
		"budgets":     names(w.Budgets, func(v *Budget) string { return v.Document.Name }),
		"autoscalers": names(w.Autoscalers, func(v *Autoscaler) string { return v.Document.Name }),
		"claims":      names(w.Claims, func(v *Claim) string { return v.Document.Namespace }),
	}
	want := map[string][]string{
		"services":    {"one-label", "both-labels"},
		"budgets":     {"labels", "expression", "exists", "all"},
		"autoscalers": {"web", "old-group"},
		"claims":      {"shop"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if w.Replicas != (Replicas{Effective: 1, Min: 1, Max: 9}) {
		t.Errorf("replicas %+v", w.Replicas)
	}
	if !w.Claims[0].SingleNode() {
		t.Error("ReadWriteOnce is not single-node")
	}
}

func TestReplicas(t *testing.T) {
	const hpa = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 3, maxReplicas: 12}
`
	five := int32(5)
	for _, tc := range []struct {
		text string
		want Replicas
	}{
		{deployment("", ""), Replicas{Effective: 1, Min: 1, Max: 1}},
		{deployment("replicas: 5\n", ""), Replicas{Declared: &five, Effective: 5, Min: 5, Max: 5}},
		{deployment("", "") + hpa, Replicas{Effective: 3, Min: 3, Max: 12}},
		{deployment("replicas: 5\n", "") + hpa, Replicas{Declared: &five, Effective: 5, Min: 3, Max: 12}},
	} {
		if diff := cmp.Diff(tc.want, one(t, tc.text).Replicas); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestBudget(t *testing.T) {
	count, percent := planner.Count, planner.Percent
	for _, tc := range []struct {
		min, max *planner.IntOrPercent
		fixed    bool // its pods have no scale
		pods     int64
		want     int64 // −1 where it cannot be known
	}{
		{min: ptr(count(2)), pods: 3, want: 2},
		{min: ptr(count(9)), pods: 3, want: 9},
		{min: ptr(percent(50)), pods: 7, want: 4},
		{min: ptr(percent(90)), pods: 8, want: 8},
		{min: ptr(percent(100)), pods: 2147483647, want: 2147483647},
		{max: ptr(count(1)), pods: 3, want: 2},
		{max: ptr(count(5)), pods: 3, want: 0},
		{max: ptr(percent(30)), pods: 10, want: 7},
		{max: ptr(percent(25)), pods: 3, want: 2},
		{max: ptr(percent(50)), pods: 7, want: 3},
		{min: ptr(count(2)), fixed: true, pods: 3, want: 2},
		{max: ptr(count(1)), fixed: true, pods: 3, want: -1},
		{min: ptr(percent(50)), fixed: true, pods: 3, want: -1},
		{pods: 3, want: -1},
	} {
		b := &Budget{MinAvailable: tc.min, MaxUnavailable: tc.max, Scalable: !tc.fixed}
		got, ok := b.DesiredHealthy(tc.pods)
		if !ok {
			got = -1
		}
		if got != tc.want {
			t.Errorf("min %v, max %v of %d: %d, want %d", tc.min, tc.max, tc.pods, got, tc.want)
		}
	}
}

func ptr[T any](v T) *T { return &v }

// TestBudgetOfTwo is a budget over a Deployment and a DaemonSet.
func TestBudgetOfTwo(t *testing.T) {
	set := Resolve(parse(t, deployment("replicas: 5\n", "")+`---
apiVersion: apps/v1
kind: Deployment
metadata: {name: canary}
spec: {replicas: 2, selector: {}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a}]}}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
`), nil)
	b := set.Budgets[0]
	if b.Workloads != 2 || b.Pods != 7 || !b.Scalable {
		t.Errorf("%+v", b)
	}
}

// TestRefusedDoesNotCount: of two Deployments under one budget and one
// autoscaler's name, the API server rejects one. It gets no pods, so the budget
// is about the 5 of the other.
func TestRefusedDoesNotCount(t *testing.T) {
	docs := parse(t, deployment("replicas: 5\n", "")+`---
apiVersion: apps/v1
kind: Deployment
metadata: {name: canary}
spec: {replicas: 20, paused: 1, selector: {}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a}]}}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 80%, selector: {matchLabels: {app: web}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: canary}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: canary}, minReplicas: 3, maxReplicas: 30}
`)
	set := Resolve(docs, Faults{docs[1]: {manifest.Keys("spec", "paused")}})
	b := set.Budgets[0]
	if b.Workloads != 1 || b.Pods != 5 {
		t.Errorf("%d workloads with %d pods, want 1 with 5", b.Workloads, b.Pods)
	}
	// 80 % of 5 is 4, of 25 it would be 20.
	if healthy, ok := b.DesiredHealthy(b.Pods); healthy != 4 || !ok {
		t.Errorf("the budget asks for %d, want 4", healthy)
	}
	if a, b := b.Others(set.Workloads[0]), b.Others(set.Workloads[1]); a != 0 || b != 5 {
		t.Errorf("others: %d and %d, want 0 and 5", a, b)
	}
	if n := set.Autoscalers[0].Workloads; n != 0 {
		t.Errorf("the autoscaler counts %d workloads", n)
	}
	if list := set.Unattached(); len(list) != 0 {
		t.Errorf("what is meant for a rejected workload is called unattached: %v", list)
	}
}

// TestIndexIsLinear tries, over 20,000 objects, no more selectors than there
// are matches, although all of them share a label; and joins a bounded number
// where everything matches everything.
func TestIndexIsLinear(t *testing.T) {
	const n = 10000
	x := newIndex()
	for i := range n {
		x.add("shop", labels.SelectorFromSet(labels.Set{"app": fmt.Sprint("app-", i), "part-of": "shop"}))
	}
	tried := 0
	for i := range n {
		set := map[string]string{"app": fmt.Sprint("app-", i), "part-of": "shop", "version": "1"}
		if found := x.match("shop", set); len(found) != 1 || found[0] != i {
			t.Fatalf("pod %d: matches %v", i, found)
		}
		tried += len(x.candidates("shop", set))
	}
	if tried != n {
		t.Errorf("%d selectors are tried for %d pods", tried, n)
	}

	same := newIndex()
	for range n {
		same.add("shop", labels.SelectorFromSet(labels.Set{"app": "web"}))
		same.add("shop", labels.Everything())
	}
	for range n {
		if found := same.match("shop", map[string]string{"app": "web"}); len(found) != maxJoined {
			t.Fatalf("%d matches", len(found))
		}
	}
}

func BenchmarkResolve(b *testing.B) {
	var text strings.Builder
	for i := range 1000 {
		text.WriteString(strings.ReplaceAll(shop, "web", fmt.Sprint("web", i)) + "---\n")
		fmt.Fprintf(&text, "apiVersion: v1\nkind: Service\nmetadata: {name: web%d, namespace: shop}\nspec: {selector: {app: web%d}}\n---\n", i, i)
	}
	docs := parse(b, text.String())
	b.ReportAllocs()
	for b.Loop() {
		if set := Resolve(docs, nil); len(set.Workloads[999].Services) != 1 {
			b.Fatal("not joined")
		}
	}
}
