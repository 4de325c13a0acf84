package facts

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

func document(name string) *manifest.Document { return &manifest.Document{Name: name} }

const scaled = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, annotations: {rollcast/startup-seconds: "web=40"}}
spec:
  minReadySeconds: 30
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      initContainers:
      - {name: proxy, restartPolicy: Always, startupProbe: {tcpSocket: {port: 15001}, failureThreshold: 6}}
      containers:
      - name: web
        ports: [{name: http, containerPort: 8080}]
        startupProbe: {httpGet: {port: http}, failureThreshold: 12, periodSeconds: 5}
        livenessProbe: {httpGet: {port: htpp}}
        readinessProbe: {httpGet: {port: http}, initialDelaySeconds: 7}
      - name: worker
        livenessProbe: {exec: {command: [ok, -v]}}
        readinessProbe: {tcpSocket: {port: http}, initialDelaySeconds: 9}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 25%, selector: {matchLabels: {app: web}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 4, maxReplicas: 10}
`

// TestPlaces follows every id back to the manifest.
func TestPlaces(t *testing.T) {
	s := subjects(t, scaled)[0]
	for _, tc := range []struct {
		id         int
		kind, path string
	}{
		{s.ID, "Deployment", ""},
		{s.Replicas.ID, "Deployment", "spec.replicas"},
		{s.Strategy.ID, "Deployment", "spec.strategy"},
		{s.Strategy.MaxUnavailable.ID, "Deployment", "spec.strategy.rollingUpdate.maxUnavailable"},
		{s.ProgressDeadline.ID, "Deployment", "spec.progressDeadlineSeconds"},
		{s.Pod.ID, "Deployment", "spec.template.spec"},
		{s.Startup.ID, "Deployment", `metadata.annotations["rollcast/startup-seconds"]`},
		{s.Containers[0].ID, "Deployment", "spec.template.spec.initContainers[0]"},
		{s.Containers[1].Ports[0].ID, "Deployment", "spec.template.spec.containers[0].ports[0]"},
		{s.Containers[1].Probes.Readiness.ID, "Deployment", "spec.template.spec.containers[0].readinessProbe"},
		{s.Containers[1].ExpectedStart.ID, "Deployment", `metadata.annotations["rollcast/startup-seconds"]`},
		{s.Containers[2].ExpectedStart.ID, "Deployment", "spec.template.spec.containers[1].readinessProbe.initialDelaySeconds"},
		{s.Context.Budgets[0].ID, "PodDisruptionBudget", ""},
		{s.Context.Budgets[0].MaxUnavailable.ID, "PodDisruptionBudget", "spec.maxUnavailable"},
		{s.Context.Autoscalers[0].ID, "HorizontalPodAutoscaler", ""},
		{s.Plans.Lowest.Budgets[0].ID, "PodDisruptionBudget", ""},
	} {
		p, ok := s.Place(tc.id)
		if !ok || p.Document.Kind != tc.kind || p.Path.String() != tc.path {
			t.Errorf("id %d: %v %v %q, want %s %q", tc.id, ok, p.Document.Kind, p.Path, tc.kind, tc.path)
		}
	}
	for _, id := range []int{-1, len(s.places)} {
		if _, ok := s.Place(id); ok {
			t.Errorf("id %d has a place", id)
		}
	}
}

func TestProbes(t *testing.T) {
	s := subjects(t, scaled)[0]
	if len(s.Probes) != 6 || s.Containers[1].Probes.Liveness != s.Probes[2] {
		t.Fatalf("%d probes", len(s.Probes))
	}
	sidecar, startup, liveness, readiness := s.Probes[0], s.Probes[1], s.Probes[2], s.Probes[3]
	if *sidecar.BudgetSeconds != 60 || *sidecar.PodBudgetSeconds != 60 || !sidecar.Sidecar {
		t.Errorf("sidecar: %+v", sidecar)
	}
	if *startup.BudgetSeconds != 60 || *startup.PodBudgetSeconds != 120 ||
		startup.BudgetArithmetic != "failureThreshold 12 × periodSeconds 5 + 60 s of the sidecars before it" {
		t.Errorf("startup: %+v", startup)
	}
	if !liveness.Unresolvable || liveness.PortFault != `it declares "http"` || liveness.Question != "httpGet / on port htpp" ||
		*liveness.KillSeconds != (Window{20, 91}) || liveness.KillArithmetic != "" {
		t.Errorf("liveness: %+v", liveness)
	}
	if readiness.Unresolvable || readiness.Handler.Port != 8080 || *readiness.ReadySeconds != (Window{7, 70}) || readiness.Question != "httpGet / on port 8080" {
		t.Errorf("readiness: %+v", readiness)
	}
	if p := s.Probes[4]; p.Question != "exec ok" || p.KillArithmetic != "initialDelaySeconds 0 + 2 × periodSeconds 10" {
		t.Errorf("worker's liveness: %+v", p)
	}
	// The port is another container's.
	if p := s.Probes[5]; p.PortFault != `container "web" does, but a probe sees only its own container's ports` {
		t.Errorf("worker's readiness: %+v", p)
	}
	want := []*ExpectedStart{
		nil,
		{s.Startup.ID, 40, "declared", "needs up to 40 s", "declared here"},
		{s.Containers[2].ExpectedStart.ID, 9, "readiness", "is expected to need 9 s", "readiness first asks after 9 s"},
	}
	for i, c := range s.Containers {
		if diff := cmp.Diff(want[i], c.ExpectedStart); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.Name, diff)
		}
	}
}

func TestPlans(t *testing.T) {
	p := subjects(t, scaled)[0].Plans
	if p.Timed != p.AtMin || p.Lowest != p.AtMin || len(p.Range) != 2 || p.Range[1] != p.AtMax {
		t.Error("the autoscaler's minimum is not the plan without declared replicas")
	}
	if p.AtMin.Replicas != 4 || p.AtMax.Replicas != 10 || p.AtMax.Surge.Pods != 3 || p.AtMax.Unavailable.Pods != 2 {
		t.Errorf("%+v\n%+v", p.AtMin, p.AtMax)
	}
	if p.AtMax.Unavailable.Arithmetic != "25% of the autoscaler's maximum of 10 is 2.5, rounded down to 2" {
		t.Error(p.AtMax.Unavailable.Arithmetic)
	}
	// 25% of 10 may be missing, rounded up to 3; 8 of 10 are ready.
	want := Slack{ID: p.AtMax.Budgets[0].ID, Name: "web", Field: "maxUnavailable", Pods: 10, DesiredHealthy: 7, Spare: 3, Ready: 8, Slack: 1,
		Arithmetic: "maxUnavailable 25% of 10 pods, so 7"}
	if diff := cmp.Diff(want, p.AtMax.Budgets[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestPlansOfKinds: every kind that makes pods has a plan.
func TestPlansOfKinds(t *testing.T) {
	const template = "template: {spec: {containers: [{name: a}]}}"
	for _, tc := range []struct{ text, outcome, unavailable string }{
		{"apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec: {selector: {}, updateStrategy: {rollingUpdate: {maxUnavailable: 30%}}, " + template + "}", "complete", "30% of 3 is 0.9, rounded up to 1"},
		{"apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: a}\nspec: {selector: {}, " + template + "}", "nothing", "no pod is replaced"},
		{"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a}]}", "nothing", "no pod is replaced"},
		{"apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {" + template + "}", "complete", "no pod is replaced"},
		{"apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {schedule: '@daily', jobTemplate: {spec: {" + template + "}}}", "complete", "no pod is replaced"},
	} {
		s := subjects(t, tc.text)[0]
		if s.Plans == nil || s.Plans.Timed.Outcome != tc.outcome || s.Plans.Timed.Unavailable.Arithmetic != tc.unavailable {
			t.Errorf("%s: %+v", s.Kind, s.Plans)
		}
	}
}

func TestWithoutPlan(t *testing.T) {
	s := subjects(t, "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {schedule: never, jobTemplate: {spec: {template: {spec: {containers: [{name: a}]}}}}}")[0]
	if s.Plans != nil || s.Strategy != nil || s.ProgressDeadline != nil {
		t.Errorf("%+v", s)
	}
	if s := subjects(t, "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\nspec: {selector: {}}")[0]; s != nil {
		t.Error("facts of what cannot be read")
	}
}

func TestWaves(t *testing.T) {
	revisions := func(desired ...int32) planner.Step {
		s := planner.Step{}
		for _, d := range desired {
			s.Revisions = append(s.Revisions, planner.Revision{Desired: d})
		}
		return s
	}
	steps := []planner.Step{revisions(10), revisions(8, 5), revisions(8, 5), revisions(3, 10), revisions(0, 10)}
	if got := waves(steps); got != 2 {
		t.Errorf("%d waves", got)
	}
}

func TestRefused(t *testing.T) {
	docs := manifest.Parse("a.yaml", []byte(scaled), manifest.Options{}).Documents
	probe := manifest.Keys("spec", "template", "spec", "containers").Append(manifest.Index(0), manifest.Key("livenessProbe"))
	w := workload.Resolve(docs, workload.Faults{docs[0]: {probe.Append(manifest.Key("periodSeconds"))}}).Workloads[0]
	s := Build(w, Plans{})
	if !s.Refused(probe) || s.Refused(manifest.Keys("spec", "strategy")) || len(s.Probes) != 5 {
		t.Errorf("%d probes", len(s.Probes))
	}
}

// TestDetails follows the ids of what is around probes and ports.
func TestDetails(t *testing.T) {
	s := subjects(t, `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  updateStrategy: {rollingUpdate: {partition: 2}}
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      volumes: [{name: cache, emptyDir: {medium: Memory}}]
      containers:
      - name: db
        image: gcr.io/distroless/db:1
        ports: [{containerPort: 80, hostPort: 80}]
        lifecycle: {preStop: {exec: {command: [sleep, "40"]}}}
        resources: {limits: {cpu: 20m}}
        securityContext: {runAsNonRoot: true, runAsUser: 0}
        env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: gone}}}]
---
apiVersion: v1
kind: Secret
metadata: {name: s}
stringData: {there: x}
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {selector: {app: db}, ports: [{port: 80, targetPort: sql}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: db}
spec: {minAvailable: 1, selector: {matchLabels: {app: db}}}
`)[0]
	c, v := s.Containers[0], s.Context.Services[0]
	for _, tc := range []struct {
		id         int
		kind, path string
	}{
		{c.PreStop.ID, "StatefulSet", "spec.template.spec.containers[0].lifecycle.preStop"},
		{c.CPULimit.ID, "StatefulSet", "spec.template.spec.containers[0].resources.limits.cpu"},
		{*c.AsRoot, "StatefulSet", "spec.template.spec.containers[0].securityContext.runAsUser"},
		{c.MissingKeys[0].ID, "StatefulSet", "spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key"},
		{c.MissingKeys[0].Source, "Secret", ""},
		{s.Pod.Volumes[0].ID, "StatefulSet", "spec.template.spec.volumes[0]"},
		{s.Pod.Exclusive[0].ID, "StatefulSet", "spec.template.spec.containers[0].ports[0]"},
		{s.Governing.ID, "StatefulSet", "spec.serviceName"},
		{*s.Governing.Found, "Service", ""},
		{v.Ports[0].ID, "Service", "spec.ports[0]"},
	} {
		p, ok := s.Place(tc.id)
		if !ok || p.Document.Kind != tc.kind || p.Path.String() != tc.path {
			t.Errorf("id %d: %v %v %q, want %s %q", tc.id, ok, p.Document.Kind, p.Path, tc.kind, tc.path)
		}
	}
	if c.PreStop.SleepSeconds != 40 || c.PreStop.Program != "sleep" || c.CPULimit.Milli != 20 || c.Tag != "1" || !c.Shellless {
		t.Errorf("%+v", c)
	}
	if !v.Ports[0].Unknown || v.Ports[0].Target != `"sql"` || v.Ports[0].Container != "" {
		t.Errorf("%+v", v)
	}
	if b := s.Context.Budgets[0]; *b.Fewest != 1 || *b.Spare != 0 {
		t.Errorf("%+v", b)
	}
	if s.Update.Partition != 2 || s.Update.Type != "RollingUpdate" || !s.Pod.Volumes[0].Unbounded || s.Pod.Volumes[0].Used {
		t.Errorf("%+v", s)
	}
}

func TestUnattaches(t *testing.T) {
	docs := manifest.Parse("a.yaml", []byte(scaled+"---\napiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {selector: {app: web, tier: front}}\n"), manifest.Options{}).Documents
	list := Unattaches(workload.Resolve(docs, nil))
	if len(list) != 1 || list[0].Kind != "Service" || list[0].Document() != docs[3] {
		t.Fatalf("%+v", list)
	}
	u := list[0].Unattached
	at, _ := list[0].Place(u.ID)
	meant, _ := list[0].Place(u.Meant)
	if at.Path.String() != "spec.selector" || meant.Document != docs[0] || u.Gap != "the pods of Deployment web do not fulfil tier=front" {
		t.Errorf("%+v %v %v", u, at, meant)
	}
}
