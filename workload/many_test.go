package workload

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkMany joins sets of up to 20,000 objects in one namespace with a quota:
// the time of an object stays the same.
func BenchmarkMany(b *testing.B) {
	for _, n := range []int{1250, 5000, 20000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var text strings.Builder
			text.WriteString("apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: all, namespace: shop}\nspec: {hard: {pods: 100000, requests.cpu: 9999}}\n---\n")
			for i := range n / 5 {
				fmt.Fprintf(&text, `apiVersion: apps/v1
kind: Deployment
metadata: {name: web%[1]d, namespace: shop}
spec:
  selector: {matchLabels: {app: web%[1]d, part-of: shop}}
  template:
    metadata: {labels: {app: web%[1]d, part-of: shop}}
    spec: {serviceAccountName: web%[1]d, containers: [{name: web, image: web:1, resources: {requests: {cpu: 10m}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web%[1]d, namespace: shop}
spec: {selector: {app: web%[1]d}, ports: [{port: 80}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web%[1]d, namespace: shop}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web%[1]d}}}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web%[1]d, namespace: shop}
spec: {scaleTargetRef: {name: web%[1]d}, minReplicaCount: 2}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web%[1]d, namespace: shop}
---
`, i)
			}
			docs := parse(b, strings.TrimSuffix(text.String(), "---\n"))
			for b.Loop() {
				set := Resolve(docs, nil)
				if w := set.Workloads[n/5-1]; len(w.Services) != 1 || len(w.Autoscalers) != 1 || len(w.Rooms) != 2 {
					b.Fatalf("not joined: %d, %d, %d", len(w.Services), len(w.Autoscalers), len(w.Rooms))
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/object")
		})
	}
}
