package workload

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestProbe(t *testing.T) {
	const ports = "ports: [{name: http, containerPort: 8080}, {containerPort: 9090}]\n"
	defaults := Probe{Role: Liveness, PeriodSeconds: 10, TimeoutSeconds: 1, SuccessThreshold: 1, FailureThreshold: 3}
	with := func(h Handler) *Probe {
		p := defaults
		p.Handler = h
		return &p
	}
	for _, tc := range []struct {
		probe string
		want  *Probe
	}{
		{"{httpGet: {port: http}}", with(Handler{Mechanism: HTTPGet, Port: 8080, PortName: "http", HTTPPath: "/", Scheme: "HTTP"})},
		{"{httpGet: {port: 8080, path: /x, scheme: HTTPS, host: h, httpHeaders: [{name: A, value: b}]}}",
			with(Handler{Mechanism: HTTPGet, Port: 8080, HTTPPath: "/x", Scheme: "HTTPS", Host: "h", Headers: []Header{{"A", "b"}}})},
		{"{httpGet: {port: htpp}}", with(Handler{Mechanism: HTTPGet, PortName: "htpp", HTTPPath: "/", Scheme: "HTTP"})},
		{`{tcpSocket: {port: "9090"}}`, with(Handler{Mechanism: TCPSocket, Port: 9090, PortName: "9090"})},
		{"{exec: {command: [cat, /tmp/ok]}}", with(Handler{Mechanism: Exec, Command: []string{"cat", "/tmp/ok"}})},
		{"{grpc: {port: 9000, service: s}}", with(Handler{Mechanism: GRPC, Port: 9000, Service: "s"})},
		{"{exec: {}, periodSeconds: 0, timeoutSeconds: 0, failureThreshold: 0, successThreshold: 0}", with(Handler{Mechanism: Exec})},
		{"{exec: {}, httpGet: null}", with(Handler{Mechanism: Exec})},
		{"{exec: {}, initialDelaySeconds: 5, periodSeconds: 3, timeoutSeconds: 2, failureThreshold: 7}", &Probe{
			Role: Liveness, Handler: Handler{Mechanism: Exec}, InitialDelaySeconds: 5, PeriodSeconds: 3, TimeoutSeconds: 2, TimeoutDeclared: true, SuccessThreshold: 1, FailureThreshold: 7}},
		// What the server refuses is no probe.
		{"{}", nil},
		{"{exec: {}, tcpSocket: {port: 80}}", nil},
		{"{httpGet: {}}", nil},
		{"{httpGet: {port: 0}}", nil},
		{"{httpGet: {port: 80.5}}", nil},
		{"{httpGet: 80}", nil},
		{"{exec: {command: cat}}", nil},
		{"{exec: {}, periodSeconds: -1}", nil},
		{"{exec: {}, periodSeconds: ten}", nil},
		{"[]", nil},
	} {
		c := one(t, deployment("", ports+"livenessProbe: "+tc.probe+"\n")).Pod.Containers[0]
		if diff := cmp.Diff(tc.want, c.Liveness, cmpopts.IgnoreFields(Probe{}, "Path"), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.probe, diff)
		}
		if c.Unreadable != (tc.want == nil) {
			t.Errorf("%s: unreadable is %v", tc.probe, c.Unreadable)
		}
	}
}

func TestContainers(t *testing.T) {
	w := one(t, `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  terminationGracePeriodSeconds: 5
  readinessGates: [{conditionType: lb.example.com/ready}]
  initContainers:
  - {name: init, readinessProbe: {tcpSocket: {port: 1}}}
  - {name: sidecar, restartPolicy: Always, startupProbe: {tcpSocket: {port: metrics}}}
  containers:
  - {name: app, ports: [{name: metrics, containerPort: 9090}], readinessProbe: {tcpSocket: {port: metrics}}}
  - just text
`)
	type container struct {
		Name                                string
		Init, Sidecar, Unreadable           bool
		Startup, Readiness, StartupResolves bool
	}
	var got []container
	for _, c := range w.Pod.Containers {
		got = append(got, container{c.Name, c.Init, c.Sidecar, c.Unreadable, c.Startup != nil, c.Readiness != nil,
			c.Startup != nil && !c.Startup.Handler.Unresolvable()})
	}
	want := []container{
		{Name: "init", Init: true},
		// The other container's port of that name does not count.
		{Name: "sidecar", Init: true, Sidecar: true, Startup: true},
		{Name: "app", Readiness: true},
		{Unreadable: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	planned := w.Pod.planned()
	if len(planned.Init) != 2 || len(planned.Containers) != 2 || planned.TerminationGracePeriodSeconds != 5 || planned.ReadinessGates[0] != "lb.example.com/ready" {
		t.Errorf("%+v", planned)
	}
	if !planned.Init[1].Startup.Unresolvable || planned.Containers[0].Readiness.Unresolvable {
		t.Error("the port that leads nowhere is not told")
	}
}

func TestRequests(t *testing.T) {
	for _, tc := range []struct {
		name, pod   string
		n           int64
		cpu, memory string
	}{
		{"thirteen", "{containers: [{name: a, resources: {requests: {cpu: 100m, memory: 200Mi}}}]}", 13, "1300m", "2600Mi"},
		{"whole cores", "{containers: [{name: a, resources: {requests: {cpu: 500m, memory: 512Mi}}}]}", 4, "2", "2Gi"},
		{"limits are requests", "{containers: [{name: a, resources: {limits: {cpu: 1}}}]}", 2, "2", ""},
		{"one without", "{containers: [{name: a, resources: {requests: {cpu: 1}}}, {name: b}]}", 2, "", ""},
		{"init beside a sidecar", `{containers: [{name: a, resources: {requests: {cpu: 100m}}}, {name: b, resources: {requests: {cpu: 50m}}}],
  initContainers: [{name: s, restartPolicy: Always, resources: {requests: {cpu: 20m}}}, {name: i, resources: {requests: {cpu: 200m}}}, {name: j}]}`, 1, "220m", ""},
		{"init before the sidecar", `{containers: [{name: a, resources: {requests: {cpu: 100m}}}],
  initContainers: [{name: i, resources: {requests: {cpu: 110m}}}, {name: s, restartPolicy: Always, resources: {requests: {cpu: 20m}}}]}`, 1, "120m", ""},
		{"the pod's own", "{resources: {requests: {cpu: 2}}, containers: [{name: a}]}", 3, "6", ""},
		{"no quantity", "{containers: [{name: a, resources: {requests: {cpu: lots, memory: 1Gi}}}]}", 1, "", "1Gi"},
		{"beyond int64", "{containers: [{name: a, resources: {requests: {memory: 4Ei}}}]}", 4, "", "16Ei"},
	} {
		w := one(t, "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: "+tc.pod)
		cpu, memory := w.Pod.Requests.Times(tc.n)
		if cpu != tc.cpu || memory != tc.memory {
			t.Errorf("%s: %q and %q, want %q and %q", tc.name, cpu, memory, tc.cpu, tc.memory)
		}
	}
}

func TestStartupAnnotation(t *testing.T) {
	containers := []*Container{{Name: "init", Init: true}, {Name: "web"}, {Name: "worker"}}
	for _, tc := range []struct {
		text  string
		want  map[string]int64
		fault bool
	}{
		{"45", map[string]int64{"web": 45, "worker": 45}, false},
		{"web=45, worker=20", map[string]int64{"web": 45, "worker": 20}, false},
		{"30,web=45", map[string]int64{"web": 45, "worker": 30}, false},
		{"init=5", map[string]int64{"init": 5}, false},
		{"", nil, true},
		{"45s", nil, true},
		{"-1", nil, true},
		{"web=", nil, true},
		{"api=45", nil, true},
	} {
		got, fault := parseStartup(tc.text, containers)
		if diff := cmp.Diff(tc.want, got); diff != "" || (fault != "") != tc.fault {
			t.Errorf("%q: %q (-want +got):\n%s", tc.text, fault, diff)
		}
	}
	w := one(t, deployment("", "")) // without
	if w.Pod.Startup != nil {
		t.Error("a declaration that is not there")
	}
	docs := parse(t, "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, annotations: {rollcast/startup-seconds: \"9\"}}\nspec: {selector: {}, template: {metadata: {annotations: {rollcast/startup-seconds: \"45\"}}, spec: {containers: [{name: a}]}}}")
	d := Resolve(docs, nil).Workloads[0].Pod.Startup
	if d == nil || d.Seconds["a"] != 45 || d.Path.String() != `spec.template.metadata.annotations["rollcast/startup-seconds"]` {
		t.Errorf("%+v", d)
	}
}
