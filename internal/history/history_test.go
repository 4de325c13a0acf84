package history_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/internal/history"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

func read(t *testing.T, names ...string) *history.History {
	t.Helper()
	h := history.New()
	for _, name := range names {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Add(manifest.Parse(name, data, manifest.Options{})); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

func took(pods int, least, most time.Duration) *planner.Observation {
	return &planner.Observation{Pods: pods, Took: planner.Span{Min: least, Max: most}}
}

// TestOf: the times stand in testdata/*.yaml; each pod's comment is its line
// in the list.
func TestOf(t *testing.T) {
	const s, ms = time.Second, time.Millisecond
	for _, tc := range []struct {
		about, files, kind, namespace, name string
		want                                planner.Observed
	}{
		{"a pod that restarted says only how long it waited for a node", "pods.yaml", "Deployment", "shop", "web", planner.Observed{
			Schedule: took(4, 1*s, 4*s),  // 2, 1, 3, 4
			Pull:     took(3, 9*s, 31*s), // 14-2, 10-1, 94-63
			Ready:    took(3, 6*s, 35*s), // 40-14, 45-10, 100-94
		}},
		{"not web's, although its name begins so", "pods.yaml", "Deployment", "shop", "web-api", planner.Observed{
			Schedule: took(1, 30*s, 30*s), Pull: took(1, 10*s, 10*s), Ready: took(1, 10*s, 10*s),
		}},
		{"two namespaces, and none of them default", "pods.yaml", "Deployment", "", "web", planner.Observed{}},
		{"no namespace, and pods in one", "pods.yaml", "Deployment", "", "web-api", planner.Observed{
			Schedule: took(1, 30*s, 30*s), Pull: took(1, 10*s, 10*s), Ready: took(1, 10*s, 10*s),
		}},
		{"init containers are part of getting ready", "pods.yaml", "StatefulSet", "shop", "db", planner.Observed{
			Schedule: took(1, 1*s, 1*s), Pull: took(1, 4*s, 4*s), Ready: took(1, 45*s, 45*s),
		}},
		{"a Job's pod runs", "pods.yaml", "Job", "shop", "migrate", planner.Observed{
			Schedule: took(1, 1*s, 1*s), Pull: took(1, 4*s, 4*s), Run: took(1, 60*s, 60*s),
		}},
		{"a CronJob's Job", "pods.yaml", "CronJob", "shop", "report", planner.Observed{
			Schedule: took(1, 1*s, 1*s), Pull: took(1, 4*s, 4*s), Run: took(1, 300*s, 300*s),
		}},
		{"a deletion at 130 s - 30 s of grace, over at 108 s", "pods.yaml", "DaemonSet", "shop", "agent", planner.Observed{
			Schedule: took(1, 1*s, 1*s), Pull: took(1, 4*s, 4*s), Ready: took(1, 4*s, 4*s), Shutdown: took(1, 8*s, 8*s),
		}},
		{"nobody's", "pods.yaml", "Deployment", "shop", "none", planner.Observed{}},
		{"events: the longer of pull and way to the start; no start of a pod that crashes", "events.yaml", "Deployment", "shop", "web", planner.Observed{
			Schedule: took(2, 750*ms, 3500*ms),
			Pull:     took(2, 1500*ms, 8250*ms), // 5-3.5, and 9-0.75 which is more than 7.25
			Unready:  took(1, 35*s, 35*s),       // 44-9
		}},
		{"events: a StatefulSet names its pod otherwise", "events.yaml", "StatefulSet", "shop", "db", planner.Observed{
			Schedule: took(1, 4*s, 4*s),
		}},
		{"both", "events.yaml pods.yaml", "Deployment", "shop", "web", planner.Observed{
			Schedule: took(6, 750*ms, 4*s), Pull: took(5, 1500*ms, 31*s), Ready: took(3, 6*s, 35*s),
		}},
	} {
		got := read(t, strings.Fields(tc.files)...).Of(tc.kind, tc.namespace, tc.name)
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s: %s %s (-want +got):\n%s", tc.about, tc.kind, tc.name, diff)
		}
	}
}

func add(text string) (*history.History, error) {
	h := history.New()
	return h, h.Add(manifest.Parse("h.yaml", []byte(text), manifest.Options{}))
}

// TestPulled: what kubelets of several minors say of a pull.
func TestPulled(t *testing.T) {
	const s, ms = time.Second, time.Millisecond
	for _, tc := range []struct {
		message string
		want    *planner.Observation
	}{
		{`Successfully pulled image "web:2" in 3.2s (5.1s including waiting). Image size: 70 bytes.`, took(1, 5100*ms, 5100*ms)},
		{`Successfully pulled image "web:2" in 845.4ms (845.4ms including waiting)`, took(1, 845*ms, 845*ms)},
		{`Successfully pulled image "web:2" in 1m3.5s`, took(1, 63500*ms, 63500*ms)},
		{`Container image "web:2" already present on machine`, took(1, 0*s, 0*s)},
		{`Container image "web:2" already present on machine and can be accessed by the pod`, took(1, 0, 0)},
		{`Successfully pulled image "web:2"`, nil},
		{`Successfully pulled image "web:2" in 99h`, nil},
		{`Successfully pulled image "web:2" in -3s`, nil},
	} {
		h, err := add("apiVersion: v1\nkind: Event\ninvolvedObject: {kind: Pod, namespace: shop, name: db-0}\nreason: Pulled\nmessage: '" + tc.message + "'\nfirstTimestamp: \"2026-03-02T09:00:00Z\"\n")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(planner.Observed{Pull: tc.want}, h.Of("StatefulSet", "shop", "db")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.message, diff)
		}
	}
}

// TestNewEvents: events.k8s.io/v1 has the same under other names.
func TestNewEvents(t *testing.T) {
	h, err := add(`apiVersion: events.k8s.io/v1
kind: Event
regarding: {kind: StatefulSet, namespace: shop, name: db}
reason: SuccessfulCreate
note: create Pod db-0 in StatefulSet db successful
deprecatedFirstTimestamp: "2026-03-02T09:00:00Z"
---
apiVersion: events.k8s.io/v1
kind: Event
regarding: {kind: Pod, namespace: shop, name: db-0}
reason: Scheduled
note: Successfully assigned shop/db-0 to node-1
eventTime: "2026-03-02T09:00:02.250000Z"
deprecatedFirstTimestamp: null
`)
	if err != nil {
		t.Fatal(err)
	}
	want := planner.Observed{Schedule: took(1, 2250*time.Millisecond, 2250*time.Millisecond)}
	if diff := cmp.Diff(want, h.Of("StatefulSet", "shop", "db")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestNames: pods of which only events are known belong to a workload by the
// form of their name.
func TestNames(t *testing.T) {
	for _, tc := range []struct {
		kind, name, pod string
		want            bool
	}{
		{"Deployment", "web", "web-5d4f8c7b9-x2x7q", true},
		{"Deployment", "web", "web-api-5d4f8c7b9-x2x7q", false},
		{"Deployment", "web-api", "web-api-5d4f8c7b9-x2x7q", true},
		{"Deployment", "web", "web-api-x2x7q", false}, // a DaemonSet's: no hash has vowels
		{"Deployment", "web", "web-x2x7q", false},
		{"DaemonSet", "web", "web-x2x7q", true},
		{"DaemonSet", "web", "web-extra", false},
		{"ReplicaSet", "web", "web-x2x7q", true},
		{"StatefulSet", "db", "db-10", true},
		{"StatefulSet", "db", "db-10a", false},
		{"Job", "migrate", "migrate-x2x7q", true},
		{"Job", "migrate", "migrate-3-x2x7q", true},
		{"CronJob", "report", "report-29458105-x2x7q", true},
		{"CronJob", "report", "report-x2x7q", false},
		{"Job", "report", "report-29458105-x2x7q", false},
		{"Pod", "bare", "bare", true},
		{"Service", "web", "web-x2x7q", false},
	} {
		h, err := add("apiVersion: v1\nkind: Event\ninvolvedObject: {kind: Pod, namespace: shop, name: " + tc.pod + "}\nreason: Pulled\nmessage: image in 1s\nfirstTimestamp: \"2026-03-02T09:00:00Z\"\n")
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Of(tc.kind, "shop", tc.name).Pull != nil; got != tc.want {
			t.Errorf("%s belongs to %s %s: %t", tc.pod, tc.kind, tc.name, got)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"apiVersion: v1\nkind: Service\nmetadata: {name: web}\n", "h.yaml has neither pods nor events: write it with kubectl get pods,events -o yaml"},
		{"", "h.yaml has neither pods nor events"},
		{"apiVersion: v1\nkind: Pod\nmetadata: [", "h.yaml:3:"},
		{"apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  creationTimestamp: yesterday\n", `h.yaml:5:22: "yesterday" is no time such as 2026-01-05T10:00:00Z`},
		{"apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  creationTimestamp: 7\n", `h.yaml:5:22: "7" is no time`},
		{"apiVersion: v1\nkind: Event\nmetadata: {name: a}\ninvolvedObject: 7\nfirstTimestamp: [1]\n", `h.yaml:5:17: "" is no time`},
	} {
		if _, err := add(tc.text); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%q: %v\nwant %s", tc.text, err, tc.want)
		}
	}
}

// TestImplausible: clocks that run backwards, and a pod that became ready anew
// days later, are not observations.
func TestImplausible(t *testing.T) {
	h, err := add(`apiVersion: v1
kind: Pod
metadata:
  name: db-0
  namespace: shop
  creationTimestamp: "2026-03-02T09:00:05Z"
  ownerReferences: [{kind: StatefulSet, name: db, controller: true}]
status:
  conditions:
  - {type: PodScheduled, status: "True", lastTransitionTime: "2026-03-02T09:00:00Z"}
  - {type: Ready, status: "True", lastTransitionTime: "2026-03-09T09:00:00Z"}
  containerStatuses:
  - {name: db, restartCount: 0, state: {running: {startedAt: "2026-03-02T09:00:03Z"}}}
`)
	if err != nil {
		t.Fatal(err)
	}
	want := planner.Observed{Pull: took(1, 3*time.Second, 3*time.Second)}
	if diff := cmp.Diff(want, h.Of("StatefulSet", "shop", "db")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// FuzzAdd: whatever the file holds, no duration is negative or longer than an
// hour, and none is of no pod.
func FuzzAdd(f *testing.F) {
	f.Add(`{apiVersion: v1, kind: Pod, metadata: {name: web-0, namespace: a, creationTimestamp: "2026-03-02T09:00:00Z", deletionTimestamp: "2026-03-02T09:01:00Z", deletionGracePeriodSeconds: 30}, ` +
		`status: {phase: Succeeded, conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-03-02T09:00:09Z"}], containerStatuses: [{restartCount: 0, state: {terminated: {startedAt: "2026-03-02T09:00:04Z", finishedAt: "2026-03-02T09:00:44Z"}}}]}}`)
	f.Add("kind: Event\napiVersion: v1\ninvolvedObject: null\nreason: Pulled\nmessage: in 9999999999h\n")
	f.Add("kind: Pod\napiVersion: v1\nstatus: {conditions: {a: b}, containerStatuses: [1, null, {state: {terminated: 1}}]}\n")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := add(text)
		if err != nil {
			return
		}
		for _, kind := range []string{"Deployment", "StatefulSet", "Job", "CronJob", "Pod"} {
			o := h.Of(kind, "", "web")
			for _, seen := range []*planner.Observation{o.Schedule, o.Pull, o.Ready, o.Unready, o.Run, o.Shutdown} {
				if seen != nil && (seen.Pods < 1 || seen.Took.Min < 0 || seen.Took.Min > seen.Took.Max || seen.Took.Max > time.Hour) {
					t.Errorf("%s: %+v", kind, *seen)
				}
			}
		}
	})
}
