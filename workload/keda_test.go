package workload

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestScaledObject: KEDA's range counts as an autoscaler's does.
func TestScaledObject(t *testing.T) {
	const web = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, image: web:1}]}\n---\n"
	for _, tc := range []struct {
		metadata, spec string
		want           Replicas
	}{
		{"name: web", "{scaleTargetRef: {name: web}, minReplicaCount: 2, maxReplicaCount: 10}", Replicas{Effective: 2, Min: 2, Max: 10}},
		{"name: web", "{scaleTargetRef: {name: web}, minReplicaCount: 2, maxReplicaCount: 10, idleReplicaCount: 0}", Replicas{Effective: 0, Min: 0, Max: 10}},
		{"name: web", "{scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}", Replicas{Effective: 0, Min: 0, Max: 100}},
		{`name: web, annotations: {autoscaling.keda.sh/paused-replicas: "4"}`, "{scaleTargetRef: {name: web}, maxReplicaCount: 10}", Replicas{Effective: 4, Min: 4, Max: 4}},
		{"name: web", "{scaleTargetRef: {kind: StatefulSet, name: web}, minReplicaCount: 2}", Replicas{Effective: 1, Min: 1, Max: 1}},
		{"name: web", "{scaleTargetRef: {name: web}, minReplicaCount: 7, maxReplicaCount: 3}", Replicas{Effective: 1, Min: 1, Max: 1}},
	} {
		set := Resolve(parse(t, web+"apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {"+tc.metadata+"}\nspec: "+tc.spec+"\n"), nil)
		if diff := cmp.Diff(tc.want, set.Workloads[0].Replicas); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.spec, diff)
		}
		if set.Foreign {
			t.Error("a ScaledObject makes no pods of its own")
		}
	}
}
