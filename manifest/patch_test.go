package manifest

import "testing"

func TestPatch(t *testing.T) {
	const head = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
	for text, want := range map[string]int{
		head + "spec: {replicas: 3}\n": 1,
		head + "spec: {template: {spec: {containers: [{name: a, $patch: delete}]}}}\n":                                      0,
		head + "spec: {template: {spec: {$setElementOrder/containers: [{name: a}]}}}\n":                                     0,
		head + "spec: {strategy: {$retainKeys: [type], type: Recreate}}\n":                                                  0,
		head + "spec: {template: {metadata: {annotations: {a: $patch}}}}\n":                                                 1,
		"apiVersion: kyverno.io/v1\nkind: Policy\nmetadata: {name: p}\nspec: {rules: [{mutate: {$patch: delete}}]}\n":       1,
		"apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {$patch: replace}}]":    0,
		"apiVersion: apps/v1\nkind: ControllerRevision\nmetadata: {name: p}\ndata: {spec: {template: {$patch: replace}}}\n": 1,
	} {
		f := Parse("a.yaml", []byte(text), Options{})
		if len(f.Documents) != want || want == 0 && f.NotJudged == "" {
			t.Errorf("%d documents, not judged %q, want %d:\n%s", len(f.Documents), f.NotJudged, want, text)
		}
	}
}
