package workload

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// parse reads manifests, which have to be sound YAML.
func parse(t testing.TB, text string) []*manifest.Document {
	t.Helper()
	file := manifest.Parse("test.yaml", []byte(text), manifest.Options{})
	for _, p := range file.Problems {
		t.Fatalf("line %d: %s", p.Range.Start.Line, p.Message)
	}
	return file.Documents
}

// one reads the only workload of a manifest.
func one(t testing.TB, text string) *Workload {
	t.Helper()
	set := Resolve(parse(t, text), nil)
	if len(set.Workloads) != 1 {
		t.Fatalf("%d workloads", len(set.Workloads))
	}
	return set.Workloads[0]
}

// deployment is a Deployment with further lines of its spec and its container.
func deployment(spec, container string) string {
	return `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
` + indent(spec, "  ") + `  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: web:1
` + indent(container, "        ")
}

func indent(text, by string) string {
	if text == "" {
		return ""
	}
	return by + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n"+by) + "\n"
}

func TestDeploymentDefaults(t *testing.T) {
	w := one(t, deployment("", ""))
	spec, ok := w.Spec(w.Replicas.Effective)
	if !ok {
		t.Fatal(w.Unreadable, w.Unplannable)
	}
	want := planner.Spec{
		Kind:                    planner.Deployment,
		Replicas:                1,
		Strategy:                planner.Strategy{Type: planner.RollingUpdate, MaxSurge: planner.Percent(25), MaxUnavailable: planner.Percent(25)},
		ProgressDeadlineSeconds: 600,
		RevisionHistoryLimit:    10,
		Pod: planner.Pod{
			Containers:                    []planner.Container{{Name: "web"}},
			TerminationGracePeriodSeconds: 30,
		},
	}
	if diff := cmp.Diff(want, spec); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if w.Replicas.Declared != nil || w.Selector.String() != "app=web" {
		t.Errorf("replicas %v, selector %v", w.Replicas, w.Selector)
	}
}

func TestStrategy(t *testing.T) {
	rolling := func(surge, unavailable planner.IntOrPercent) *planner.Strategy {
		return &planner.Strategy{Type: planner.RollingUpdate, MaxSurge: surge, MaxUnavailable: unavailable}
	}
	quarter := planner.Percent(25)
	for _, tc := range []struct {
		spec string
		want *planner.Strategy // nil where it cannot be read
	}{
		{"strategy: {}", rolling(quarter, quarter)},
		{"strategy:", rolling(quarter, quarter)},
		{`strategy: {type: ""}`, rolling(quarter, quarter)},
		{"strategy: {rollingUpdate: {maxSurge: 1}}", rolling(planner.Count(1), quarter)},
		{"strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 50%, maxUnavailable: 0}}", rolling(planner.Percent(50), planner.Count(0))},
		{"strategy: {rollingUpdate: {maxSurge: null}}", rolling(quarter, quarter)},
		{"strategy: {rollingUpdate: {maxSurge: 3.0}}", rolling(planner.Count(3), quarter)},
		{"strategy: {type: Recreate}", &planner.Strategy{Type: planner.Recreate}},
		{"strategy: {type: Recreate, rollingUpdate: null}", &planner.Strategy{Type: planner.Recreate}},
		{"strategy: {type: Recreate, rollingUpdate: {}}", nil},
		{"strategy: {type: Rolling}", nil},
		{"strategy: RollingUpdate", nil},
		{"strategy: {rollingUpdate: 1}", nil},
		{`strategy: {rollingUpdate: {maxSurge: "25"}}`, nil},
		{`strategy: {rollingUpdate: {maxSurge: "-25%"}}`, nil},
		{"strategy: {rollingUpdate: {maxSurge: -1}}", nil},
		{"strategy: {rollingUpdate: {maxSurge: 0.5}}", nil},
		{"strategy: {rollingUpdate: {maxUnavailable: true}}", nil},
		{"strategy: {rollingUpdate: {maxUnavailable: 99999999999}}", nil},
	} {
		w := one(t, deployment(tc.spec, ""))
		if tc.want == nil {
			if w.Unreadable != "spec.strategy cannot be read" {
				t.Errorf("%s: unreadable is %q", tc.spec, w.Unreadable)
			}
			if _, ok := w.Spec(1); ok {
				t.Errorf("%s: has a spec", tc.spec)
			}
			continue
		}
		if diff := cmp.Diff(tc.want, w.Strategy); w.Unreadable != "" || diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", tc.spec, w.Unreadable, diff)
		}
	}
}

func TestUnreadable(t *testing.T) {
	const head = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
	const selector = "selector: {matchLabels: {app: web}}"
	for _, tc := range []struct{ text, want string }{
		{head, "spec.selector is missing"},
		{head + "spec: 3", "spec.selector is missing"},
		{head + "spec: {replicas: many, " + selector + "}", "spec.replicas cannot be read: it is no number of pods"},
		{head + "spec: {replicas: -1, " + selector + "}", "spec.replicas cannot be read: it is no number of pods"},
		{head + "spec: {replicas: 2147483648, " + selector + "}", "spec.replicas cannot be read: it is no number of pods"},
		{head + "spec: {selector: [app]}", "spec.selector cannot be read"},
		{head + "spec: {selector: {matchExpressions: [{key: app, operator: Is}]}}", "spec.selector cannot be read"},
		{head + "spec: {" + selector + "}", "spec.template.spec is missing"},
		{head + "spec: {" + selector + ", template: {spec: []}}", "spec.template.spec cannot be read: it is not a map"},
		{head + "spec: {" + selector + ", template: {spec: {}}}", "spec.template.spec.containers is missing"},
		{head + "spec: {" + selector + ", template: {spec: {containers: {name: web}}}}", "spec.template.spec.containers cannot be read: it is not a list"},
		{head + "spec: {" + selector + ", template: {spec: {containers: [{}], initContainers: {name: a}}}}", "spec.template.spec.initContainers cannot be read: it is not a list"},
		{head + "spec: {" + selector + ", template: {metadata: {labels: {app: 1}}, spec: {containers: [{}]}}}", "spec.template.metadata.labels cannot be read"},
		{deployment("", ""), ""},
	} {
		if w := one(t, tc.text); w.Unreadable != tc.want {
			t.Errorf("%s\ngot  %q\nwant %q", tc.text, w.Unreadable, tc.want)
		}
	}
}

// TestFaults shows what a refused place takes away, and what it leaves.
func TestFaults(t *testing.T) {
	text := deployment("", `
livenessProbe: {tcpSocket: {port: 80}}
readinessProbe: {tcpSocket: {port: 80}}
`)
	for _, tc := range []struct {
		fault       manifest.Path
		unreadable  bool
		unplannable string
		liveness    bool
	}{
		{manifest.Keys("spec", "selector"), true, "", false},
		{manifest.Keys("spec", "replicas"), true, "", false},
		{manifest.Keys("spec", "strategy", "rollingUpdate", "maxSurge"), true, "", false},
		{manifest.Keys("spec", "template", "spec", "containers").Append(manifest.Index(0), manifest.Key("livenessProbe")), false,
			"the API server would refuse spec.template.spec.containers[0].livenessProbe", false},
		{manifest.Keys("spec", "template", "spec", "containers").Append(manifest.Index(0)), false,
			"the API server would refuse spec.template.spec.containers[0]", true},
		{manifest.Path{}, false, "the API server would refuse the document", true},
	} {
		docs := parse(t, text)
		w := Resolve(docs, Faults{docs[0]: {tc.fault}}).Workloads[0]
		if (w.Unreadable != "") != tc.unreadable || w.Unplannable != tc.unplannable {
			t.Errorf("%v: unreadable %q, unplannable %q", tc.fault, w.Unreadable, w.Unplannable)
			continue
		}
		if tc.unreadable {
			continue
		}
		c := w.Pod.Containers[0]
		if (c.Liveness != nil) != tc.liveness || c.Readiness == nil {
			t.Errorf("%v: liveness %v, readiness %v", tc.fault, c.Liveness, c.Readiness)
		}
		if _, ok := w.Spec(1); ok {
			t.Errorf("%v: has a spec", tc.fault)
		}
	}
}

func TestKinds(t *testing.T) {
	const pod = "{containers: [{name: a, livenessProbe: {exec: {command: [ok]}}}]}"
	const template = "template: {spec: " + pod + "}"
	for _, tc := range []struct {
		version, kind, spec string
		path                string
	}{
		{"v1", "Pod", pod, "spec"},
		{"v1", "ReplicationController", "{selector: {app: a}, " + template + "}", "spec.template.spec"},
		{"apps/v1", "ReplicaSet", "{replicas: 2, selector: {}, " + template + "}", "spec.template.spec"},
		{"apps/v1", "StatefulSet", "{selector: {}, " + template + "}", "spec.template.spec"},
		{"apps/v1", "DaemonSet", "{selector: {}, " + template + "}", "spec.template.spec"},
		{"extensions/v1beta1", "DaemonSet", "{selector: {}, " + template + "}", "spec.template.spec"},
		{"batch/v1", "Job", "{" + template + "}", "spec.template.spec"},
		{"batch/v1", "CronJob", "{schedule: '* * * * *', jobTemplate: {spec: {" + template + "}}}", "spec.jobTemplate.spec.template.spec"},
	} {
		w := one(t, "apiVersion: "+tc.version+"\nkind: "+tc.kind+"\nmetadata: {name: a}\nspec: "+tc.spec)
		if w.Unreadable != "" || w.Pod.Path.String() != tc.path || len(w.Pod.Containers) != 1 || w.Pod.Containers[0].Liveness == nil {
			t.Errorf("%s: %q %v %v", tc.kind, w.Unreadable, w.Pod.Path, w.Pod.Containers)
		}
		if spec, ok := w.Spec(2); !ok || string(spec.Kind) != tc.kind {
			t.Errorf("%s: %q, spec %+v", tc.kind, w.Unplannable, spec)
		}
	}
	// A kind of the same name in another group makes no pods that we know of.
	set := Resolve(parse(t, "apiVersion: serving.knative.dev/v1\nkind: Deployment\nmetadata: {name: a}"), nil)
	if len(set.Workloads) != 0 {
		t.Error("a Deployment of another group is read")
	}
}

func TestNumbers(t *testing.T) {
	w := one(t, deployment("replicas: 3\nminReadySeconds: 30\nprogressDeadlineSeconds: 2147483647\nrevisionHistoryLimit: 0\npaused: yes\n", ""))
	if *w.Replicas.Declared != 3 || w.MinReadySeconds != 30 || w.ProgressDeadlineSeconds != math.MaxInt32 || w.RevisionHistoryLimit != 0 || !w.Paused {
		t.Errorf("%+v", w)
	}
}

func FuzzResolve(f *testing.F) {
	f.Add(deployment("replicas: 3\n", "livenessProbe: {httpGet: {port: http}}\nports: [{name: http, containerPort: 80}]\n"))
	f.Add("apiVersion: v1\nkind: Service\nspec: {selector: {a: b}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {labels: {a: b}}\nspec: {containers: [{name: a}]}")
	f.Add("apiVersion: policy/v1\nkind: PodDisruptionBudget\nspec: {selector: {matchExpressions: [{key: a, operator: In, values: [b]}]}}")
	f.Fuzz(func(t *testing.T, text string) {
		docs := manifest.Parse("fuzz.yaml", []byte(text), manifest.Options{}).Documents
		for _, w := range Resolve(docs, nil).Workloads {
			if spec, ok := w.Spec(w.Replicas.Effective); ok && (w.Unreadable != "" || len(spec.Pod.Containers) == 0) {
				t.Errorf("a spec of an unreadable workload: %q", w.Unreadable)
			}
			w.Pod.Requests.Times(math.MaxInt32)
		}
	})
}
