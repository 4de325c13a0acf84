package workload

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const shopPod = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: web:1
`

func quota(spec string) string {
	return "---\napiVersion: v1\nkind: ResourceQuota\nmetadata: {name: team, namespace: shop}\nspec: " + spec + "\n"
}

func namespace(level string) string {
	return "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: " + level + "}}\n"
}

func limits(item string) string {
	return "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: team, namespace: shop}\nspec: {limits: [" + item + "]}\n"
}

func TestRefusals(t *testing.T) {
	for _, tc := range []struct{ name, more, text, want string }{
		{"requests", "", quota(`{hard: {requests.cpu: "4", memory: 1Gi}}`), `container "web" requests no memory; container "web" requests no cpu`},
		{"limits", "", quota(`{hard: {limits.cpu: "4"}}`), `container "web" has no cpu limit`},
		{"a limit is the request", "        resources: {limits: {cpu: 1}}\n", quota(`{hard: {requests.cpu: "4"}}`), ""},
		{"a request is no limit", "        resources: {requests: {cpu: 1}}\n", quota(`{hard: {limits.cpu: "4"}}`), `container "web" has no cpu limit`},
		{"objects are no resources", "", quota(`{hard: {pods: "4", count/secrets: "1", requests.storage: 1Gi}}`), ""},
		{"scopes", "", quota(`{hard: {cpu: "4"}, scopes: [Terminating]}`), ""},
		{"a LimitRange may name it", "", quota(`{hard: {cpu: "4"}}`) + limits("{type: Container, defaultRequest: {cpu: 1}}"), ""},
		{"another namespace", "", strings.Replace(quota(`{hard: {cpu: "4"}}`), "namespace: shop", "namespace: other", 1), ""},
		{"above the maximum", "        resources: {limits: {cpu: 2}}\n", limits("{type: Container, max: {cpu: 1500m}}"), `container "web" has a cpu request of 2, above the maximum of 1500m`},
		{"at the maximum", "        resources: {limits: {cpu: 1.5}}\n", limits("{type: Container, max: {cpu: 1500m}}"), ""},
		{"below the minimum", "        resources: {requests: {memory: 1Mi}}\n", limits("{type: Container, min: {memory: 4Mi}}"), `container "web" has a memory request of 1Mi, below the minimum of 4Mi`},
		{"of the pod", "        resources: {limits: {cpu: 2}}\n", limits("{type: Pod, max: {cpu: 1}}"), ""},
		{"baseline", "        securityContext: {privileged: true, capabilities: {add: [SYS_ADMIN, CHOWN]}}\n        ports: [{containerPort: 80, hostPort: 80}]\n      hostPID: true\n      volumes: [{name: root, hostPath: {path: /}}]\n", namespace("baseline"),
			`hostPID is true, volume "root" is a hostPath, container "web" is privileged, container "web" takes hostPort 80, container "web" adds the capability SYS_ADMIN`},
		{"within baseline", "", namespace("baseline"), ""},
		{"privileged", "        securityContext: {privileged: true}\n", namespace("privileged"), ""},
		{"restricted", "      volumes: [{name: data, nfs: {server: a, path: /}}]\n", namespace("restricted"),
			`volume "data" is of the kind nfs, allowPrivilegeEscalation of container "web" is not false, runAsNonRoot of container "web" is not true, container "web" does not drop ALL capabilities, container "web" has no seccomp profile`},
		{"within restricted", "        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}\n      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}\n", namespace("restricted"), ""},
		{"a container undoes the pod", "        securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: false, capabilities: {drop: [ALL]}}\n      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}\n", namespace("restricted"), `runAsNonRoot of container "web" is not true`},
		{"an old version", "", strings.Replace(namespace("restricted"), "restricted", "restricted, pod-security.kubernetes.io/enforce-version: v1.20", 1), ""},
		{"windows", "      os: {name: windows}\n", namespace("restricted"), ""},
	} {
		var got []string
		for _, r := range Resolve(parse(t, shopPod+tc.more+tc.text), nil).Workloads[0].Refusals {
			got = append(got, r.Text)
		}
		if diff := cmp.Diff(tc.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

// TestRooms divides what is left of a quota by what a pod takes.
func TestRooms(t *testing.T) {
	other := "---\n" + strings.NewReplacer("name: web,", "name: api,", "replicas: 3", "replicas: 2", "app: web", "app: api").Replace(shopPod)
	cpu := func(n string) string { return "        resources: {requests: {cpu: " + n + "}}\n" }
	for _, tc := range []struct {
		name, text string
		want       []int64
	}{
		{"pods", shopPod + quota(`{hard: {pods: "4"}}`), []int64{1}},
		{"pods of another", shopPod + other + quota(`{hard: {pods: "4"}}`), []int64{-1}},
		{"cpu", shopPod + cpu("500m") + other + cpu("1") + quota(`{hard: {requests.cpu: "4"}}`), []int64{1}},
		{"rounded down below zero", shopPod + cpu("500m") + quota(`{hard: {requests.cpu: 1400m}}`), []int64{-1}},
		{"nothing requested", shopPod + quota(`{hard: {requests.cpu: "4", services: "1"}}`), nil},
	} {
		var got []int64
		for _, r := range Resolve(parse(t, tc.text), nil).Workloads[0].Rooms {
			got = append(got, r.Pods)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

func TestMisspelt(t *testing.T) {
	for _, tc := range []struct {
		name, meant string
		want        bool
	}{
		{"web-confg", "web-config", true},
		{"web-cofnig", "web-config", true},
		{"web-config", "web-configs", true},
		{"web-1", "web-2", false},
		{"web-config-v1", "web-config-v2", false},
		{"api", "app", false},
		{"web-config", "api-config", false},
		{"very-long-settings-nmae", "very-long-settings-name", true},
	} {
		if got := misspelt(tc.name, tc.meant); got != tc.want {
			t.Errorf("%s for %s: %v", tc.name, tc.meant, got)
		}
	}
}

func TestExtendedAndWritten(t *testing.T) {
	text := strings.Replace(shopPod, "namespace: shop}", "namespace: shop, uid: x, creationTimestamp: null, generation: 3}", 1) +
		"        resources: {limits: {nvidia.com/gpu: 2, cpu: 1, hugepages-2Mi: 2Mi, requests.kubernetes.io/x: 1}}\nstatus: {}\n"
	w := one(t, text)
	if e := w.Pod.Containers[0].Extended; len(e) != 1 || e[0].Name != "nvidia.com/gpu" || e[0].Count != "2" {
		t.Errorf("%+v", e)
	}
	var written []string
	for _, p := range w.Written {
		written = append(written, p.String())
	}
	if diff := cmp.Diff([]string{"metadata.generation", "metadata.uid"}, written); diff != "" {
		t.Error(diff)
	}
}
