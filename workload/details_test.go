package workload

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/planner"

	"github.com/google/go-cmp/cmp"
)

// podOf is a bare Pod with the given spec.
func podOf(t *testing.T, spec string) *Workload {
	t.Helper()
	return one(t, "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {app: a}}\nspec: "+spec+"\n")
}

func TestPlacement(t *testing.T) {
	const term = `affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, `
	for _, tc := range []struct{ spec, want string }{
		{"{containers: [{name: a, ports: [{containerPort: 80}]}]}", ""},
		{"{containers: [{name: a, ports: [{containerPort: 80, hostPort: 8080}]}]}", "spec.containers[0].ports[0] hostPort 8080"},
		{"{hostNetwork: true, containers: [{name: a, ports: [{containerPort: 80}]}]}", "spec.containers[0].ports[0] port 80 of the host network"},
		{"{hostNetwork: true, containers: [{name: a}]}", ""},
		{"{initContainers: [{name: i, ports: [{hostPort: 1}]}], containers: [{name: a}]}", ""},
		{"{" + term + "labelSelector: {matchLabels: {app: a}}}]}}, containers: [{name: a}]}",
			"spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0] the required anti-affinity"},
		{"{" + term + "labelSelector: {matchLabels: {app: b}}}]}}, containers: [{name: a}]}", ""},
		{"{" + term + "matchLabelKeys: [pod-template-hash], labelSelector: {matchLabels: {app: a}}}]}}, containers: [{name: a}]}", ""},
	} {
		var got []string
		for _, e := range podOf(t, tc.spec).Pod.Placement.Exclusive {
			got = append(got, e.Path.String()+" "+e.Text)
		}
		if strings.Join(got, "; ") != tc.want {
			t.Errorf("%s:\n%q, want %q", tc.spec, got, tc.want)
		}
	}
	p := podOf(t, `{nodeSelector: {kubernetes.io/hostname: n1}, dnsPolicy: Default, topologySpreadConstraints: [
  {topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: a}}},
  {topologyKey: zone, whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [pod-template-hash], labelSelector: {matchLabels: {app: a}}},
  {topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: a}}},
  {topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: b}}}], containers: [{name: a}]}`).Pod.Placement
	if p.Pinned == nil || p.Pinned.Node != "n1" || p.DNSPolicy != "Default" || len(p.Spread) != 2 || p.Spread[0].ByRevision || !p.Spread[1].ByRevision {
		t.Errorf("%+v", p)
	}
}

func TestAsRoot(t *testing.T) {
	for spec, want := range map[string]string{
		"{securityContext: {runAsNonRoot: true}, containers: [{name: a, securityContext: {runAsUser: 0}}]}":                                    "spec.containers[0].securityContext.runAsUser",
		"{securityContext: {runAsNonRoot: true, runAsUser: 0}, containers: [{name: a}]}":                                                       "spec.securityContext.runAsUser",
		"{securityContext: {runAsNonRoot: true, runAsUser: 0}, containers: [{name: a, securityContext: {runAsUser: 5}}]}":                      "",
		"{securityContext: {runAsNonRoot: true}, containers: [{name: a, securityContext: {runAsUser: 0, runAsNonRoot: false}}]}":               "",
		"{securityContext: {runAsUser: 0}, containers: [{name: a}]}":                                                                           "",
		"{securityContext: {runAsNonRoot: false, runAsUser: 5}, containers: [{name: a, securityContext: {runAsUser: 0, runAsNonRoot: true}}]}": "spec.containers[0].securityContext.runAsUser",
	} {
		got := ""
		if p := podOf(t, spec).Pod.Containers[0].AsRoot; p != nil {
			got = p.String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", spec, got, want)
		}
	}
}

func TestVolumes(t *testing.T) {
	w := podOf(t, `{volumes: [{name: a, emptyDir: {medium: Memory}}, {name: b, emptyDir: {medium: Memory, sizeLimit: 1Gi}}, {name: c, emptyDir: {}}],
  initContainers: [{name: i, volumeMounts: [{name: a}]}], containers: [{name: a, volumeDevices: [{name: b}]}]}`)
	var got []string
	for _, v := range w.Pod.Volumes {
		got = append(got, fmt.Sprint(v.Name, v.Unbounded, v.Used))
	}
	if diff := cmp.Diff([]string{"atrue true", "bfalse true", "cfalse false"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestKeyRefs(t *testing.T) {
	const env = `env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: %s}}}, {name: B, valueFrom: {secretKeyRef: {name: s, key: gone, optional: true}}}, {name: C, valueFrom: {secretKeyRef: {name: elsewhere, key: k}}}]` + "\n"
	const config = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {there: x}\nbinaryData: {binary: eA==}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: x}\n"
	missing := func(key, text string) (n int) {
		for _, ref := range one(t, deployment("", fmt.Sprintf(env, key))+text).Pod.Containers[0].KeyRefs {
			if ref.Missing != nil {
				n++
			}
		}
		return n
	}
	for _, tc := range []struct {
		key, text string
		want      int
	}{
		{"there", config, 0},
		{"binary", config, 0},
		{"gone", config, 1},
		{"gone", "", 0},
		{"gone", config + config, 0}, // which of the two counts is unknown
		{"gone", "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n", 0},
		{"gone", strings.ReplaceAll(config, "name: c}", "name: c, namespace: other}"), 0},
	} {
		if got := missing(tc.key, tc.text); got != tc.want {
			t.Errorf("%s in %q: %d missing, want %d", tc.key, tc.text, got, tc.want)
		}
	}
}

func TestMetrics(t *testing.T) {
	hpa := func(spec string) string {
		return "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 3" + spec + "}\n"
	}
	const memory = "resources: {requests: {memory: 1Gi}}\n"
	for _, tc := range []struct{ container, text, want string }{
		{memory, hpa(""), "[web]"},
		{"resources: {limits: {cpu: 1}}\n", hpa(""), "[]"},
		{memory, hpa(", metrics: [{type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 80}}}]"), "[]"},
		{memory, hpa(", metrics: [{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 1}}}]"), "[]"},
		{memory, hpa(", metrics: [{type: ContainerResource, containerResource: {name: cpu, container: web, target: {type: Utilization, averageUtilization: 80}}}]"), "[web]"},
		{memory, hpa(", metrics: [{type: ContainerResource, containerResource: {name: cpu, container: other, target: {type: Utilization, averageUtilization: 80}}}]"), "[]"},
		{memory, hpa("") + "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: l}\n", "[]"},
	} {
		w := one(t, deployment("", tc.container)+tc.text)
		got := []string{}
		for _, m := range w.Autoscalers[0].Metrics {
			got = append(got, m.Unmeasured(w)...)
		}
		if fmt.Sprint(got) != tc.want {
			t.Errorf("%s%s: %v, want %s", tc.container, tc.text, got, tc.want)
		}
	}
}

func TestServicePorts(t *testing.T) {
	const ports = "ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}]\n"
	for port, want := range map[string]string{
		"{port: 80, targetPort: http}":               "web",
		"{port: 8080}":                               "web",
		"{port: 80}":                                 "web", // the only container
		"{port: 80, targetPort: htpp}":               "unknown",
		"{port: 53, targetPort: dns}":                "unknown", // of another protocol
		"{port: 53, targetPort: dns, protocol: UDP}": "web",
	} {
		w := one(t, deployment("", ports)+"---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: ["+port+"]}\n")
		p := &w.Services[0].Ports[0]
		got := ""
		if owner := p.Owner(&w.Pod); owner != nil {
			got = owner.Name
		}
		if p.Unknown(&w.Pod) {
			got = "unknown"
		}
		if got != want {
			t.Errorf("%s: %q, want %q", port, got, want)
		}
	}
}

func TestPeers(t *testing.T) {
	const kind = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: %s}\nspec: {serviceName: peers, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a, name: %s}}, spec: {containers: [{name: a}]}}}\n---\n"
	const service = "apiVersion: v1\nkind: Service\nmetadata: {name: peers}\nspec: {clusterIP: None, selector: {app: %s}}\n"
	set := Resolve(parse(t, fmt.Sprintf(kind, "one", "one")+fmt.Sprintf(kind, "two", "two")+fmt.Sprintf(service, "b")), nil)
	x, y := set.Workloads[0], set.Workloads[1]
	if len(x.Rivals) != 1 || x.Rivals[0] != y || len(y.Rivals) != 1 {
		t.Errorf("%v and %v", x.Rivals, y.Rivals)
	}
	if g := x.Governing; g.Found == nil || !g.Headless || g.Selects {
		t.Errorf("%+v", g)
	}
	if g := one(t, fmt.Sprintf(kind, "one", "one")+fmt.Sprintf(service, "a")).Governing; !g.Selects {
		t.Errorf("%+v", g)
	}
	if g := one(t, fmt.Sprintf(kind, "one", "one")).Governing; g.Found != nil {
		t.Errorf("%+v", g)
	}
}

func TestUnattached(t *testing.T) {
	web := deployment("", "")
	object := func(version, kind, name, spec string) string {
		return fmt.Sprintf("---\napiVersion: %s\nkind: %s\nmetadata: {name: %s}\nspec: %s\n", version, kind, name, spec)
	}
	service := func(name, selector string) string { return object("v1", "Service", name, "{selector: "+selector+"}") }
	hpa := func(kind, name string) string {
		return object("autoscaling/v2", "HorizontalPodAutoscaler", "h", "{scaleTargetRef: {apiVersion: apps/v1, kind: "+kind+", name: "+name+"}, maxReplicas: 3}")
	}
	for _, tc := range []struct{ text, want string }{
		{service("x", "{app: web}"), ""},
		{service("x", "{app: web, tier: front}"), "the pods of Deployment web do not fulfil tier=front"},
		{service("web", "{app: wbe}"), "the pods of Deployment web do not fulfil app=wbe"},
		{service("kube-dns", "{k8s-app: kube-dns}"), ""}, // lives elsewhere
		{service("x", "{app: web, tier: front}") + "---\napiVersion: example.com/v1\nkind: App\nmetadata: {name: a}\n", ""},
		{object("policy/v1", "PodDisruptionBudget", "x", "{selector: {matchLabels: {app: web, a: b}}}"), "the pods of Deployment web do not fulfil a=b"},
		{hpa("Deployment", "web"), ""},
		{hpa("StatefulSet", "web"), "Deployment web is there instead"},
		{hpa("Deployment", "api"), "Deployment web has another name"},
		{hpa("Rollout", "api"), ""},
	} {
		got := ""
		for _, u := range Resolve(parse(t, web+tc.text), nil).Unattached() {
			got += u.Gap
		}
		if got != tc.want {
			t.Errorf("%s%q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestUpdates(t *testing.T) {
	w := one(t, "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\nspec: {selector: {}, updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 3}}, template: {spec: {containers: [{name: a}]}}}")
	if w.Update.OnDelete || w.Update.Partition != 3 {
		t.Errorf("%+v", w.Update)
	}
	w = one(t, "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec: {selector: {}, updateStrategy: {type: OnDelete}, template: {spec: {containers: [{name: a}]}}}")
	if !w.Update.OnDelete || w.SetStrategy.Type != planner.OnDelete {
		t.Errorf("%+v %+v", w.Update, w.SetStrategy)
	}
	w = one(t, "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec: {schedule: '* * * * *', startingDeadlineSeconds: 0, jobTemplate: {spec: {completions: 2, activeDeadlineSeconds: 9, template: {spec: {containers: [{name: a}]}}}}}")
	if w.Timetable.ConcurrencyPolicy != "Allow" || *w.Timetable.StartingDeadlineSeconds != 0 || *w.Run.Completions != 2 || w.Run.Parallelism != 1 || *w.Run.ActiveDeadlineSeconds != 9 {
		t.Errorf("%+v %+v", w.Timetable, w.Run)
	}
}
