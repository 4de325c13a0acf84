package workload

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/manifest"
)

const agent = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: shop}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      serviceAccountName: agent
      containers: [{name: agent, image: agent:1}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: agent}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
- {kind: User, name: agent}
- {kind: ServiceAccount, name: agent, namespace: shop}
`

// TestMissing: only a ServiceAccount that the set gives rights to is missed.
func TestMissing(t *testing.T) {
	account := "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: agent, namespace: shop}\n"
	for _, tc := range []struct {
		text string
		want []string
	}{
		{agent, []string{"agent subjects[1]"}},
		{agent + account, nil},
		{agent + strings.Replace(account, "name: agent", "name: agant", 1), nil}, // is told as misspelt
		{strings.Replace(agent, "name: agent, namespace: shop}\n", "name: other, namespace: shop}\n", 2), nil},
		{strings.Replace(agent, "agent, namespace: shop}\nspec", "agent, namespace: prod}\nspec", 1), nil},
		{agent + "---\napiVersion: example.com/v1\nkind: Installer\nmetadata: {name: agent}\n", nil},
		{strings.ReplaceAll(agent, "serviceAccountName: agent", "serviceAccountName: default"), nil},
	} {
		var got []string
		for _, m := range Resolve(parse(t, tc.text), nil).Workloads[0].Missing {
			got = append(got, m.Name+" "+m.At.String())
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s(-want +got):\n%s", tc.text, diff)
		}
	}
}

// TestPlaceholders: whole values that somebody was to replace.
func TestPlaceholders(t *testing.T) {
	for value, want := range map[string]bool{
		"<db-host>": true, "<your domain>": true, `"{{ .Values.host }}"`: true, "【host】": true, "xxx": true, "XXXX": true,
		"xx": false, "<db-host>.example.com": false, "a<b>": false, "x": false, "xxx-1": false, "<1>": false, `"{{ a }}{{ b }}"`: false,
	} {
		text := "apiVersion: v1\nkind: Pod\nmetadata: {name: web, annotations: {a: <b>}}\nspec:\n  containers: [{name: web, image: web:1, args: [<b>], env: [{name: HOST, value: " + value + "}]}]\n"
		var got []string
		for _, p := range Resolve(parse(t, text), nil).Workloads[0].Placeholders {
			got = append(got, p.Path.String())
		}
		if (len(got) == 1) != want || want && got[0] != "spec.containers[0].env[0].value" {
			t.Errorf("%s: %v", value, got)
		}
	}
}

// TestVolumeKeys: a key that a volume names has to be there.
func TestVolumeKeys(t *testing.T) {
	text := `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: web:1, volumeMounts: [{name: a, mountPath: /a, readOnly: true}]}]
  volumes:
  - {name: a, configMap: {name: settings, items: [{key: there, path: x}, {key: gone, path: y}]}}
  - {name: b, configMap: {name: settings, optional: true, items: [{key: gone, path: y}]}}
  - {name: c, projected: {sources: [{secret: {name: keys, items: [{key: tls, path: y}]}}]}}
  - {name: d, configMap: {name: elsewhere, items: [{key: gone, path: y}]}}
  - {name: e, configMap: {name: settings}}
  - {name: f, hostPath: {path: /var/log}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {there: x}
---
apiVersion: v1
kind: Secret
metadata: {name: keys}
stringData: {key: x}
`
	var got []string
	pod := Resolve(parse(t, text), nil).Workloads[0].Pod
	for _, v := range pod.Volumes {
		for _, ref := range v.KeyRefs {
			if ref.Missing != nil {
				got = append(got, ref.Path.String())
			}
		}
	}
	want := []string{"spec.volumes[0].configMap.items[1].key", "spec.volumes[2].projected.sources[0].secret.items[0].key"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Mount{{manifest.Keys("spec", "containers").Append(manifest.Index(0), manifest.Key("volumeMounts"), manifest.Index(0)), "web", "/a", true}}, pod.Volumes[0].Mounts); diff != "" || pod.Volumes[5].HostPath != "/var/log" {
		t.Error(diff, pod.Volumes[5])
	}
}
