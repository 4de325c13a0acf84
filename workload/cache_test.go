package workload

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/rollcast/rollcast/manifest"
)

// TestCache joins the documents of the example shop, and then only its
// workloads: each set must come out as without a cache, also the first one
// after the second has been joined.
func TestCache(t *testing.T) {
	var docs, workloads []*manifest.Document
	files, err := filepath.Glob("../testdata/shop/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, manifest.Parse(name, data, manifest.Options{}).Documents...)
	}
	docs = append(docs, parse(t, `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: data, namespace: shop}
spec:
  serviceName: data
  selector: {matchLabels: {app: data}}
  template:
    metadata: {labels: {app: data}}
    spec: {containers: [{name: a}, {name: b, env: [{name: K, valueFrom: {configMapKeyRef: {name: settings, key: absent}}}]}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {there: x}
---
apiVersion: v1
kind: Service
metadata: {name: data, namespace: shop}
spec: {clusterIP: None, selector: {app: data}}
`)...)
	for _, d := range docs {
		if _, ok := KindOf(d.APIVersion, d.Kind); ok {
			workloads = append(workloads, d)
		}
	}
	var c Cache
	same := []cmp.Option{
		cmpopts.IgnoreUnexported(Set{}, Service{}, Budget{}, Autoscaler{}, Webhook{}),
		cmp.Comparer(func(a, b *manifest.Document) bool { return a == b }),
		cmp.Comparer(func(a, b labels.Selector) bool {
			return (a == nil) == (b == nil) && (a == nil || a.String() == b.String())
		}),
	}
	first, second := c.Resolve(docs, nil), c.Resolve(workloads, nil)
	third := c.Resolve(docs, nil)
	for name, tc := range map[string]struct{ got, want *Set }{
		"all": {first, Resolve(docs, nil)}, "workloads": {second, Resolve(workloads, nil)}, "again": {third, Resolve(docs, nil)},
	} {
		if diff := cmp.Diff(tc.want.Workloads, tc.got.Workloads, same...); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	missing := func(s *Set) *manifest.Document {
		return s.Workloads[len(s.Workloads)-1].Pod.Containers[1].KeyRefs[0].Missing
	}
	if missing(first) == nil || missing(second) != nil {
		t.Errorf("the key that is missing: %v, and without the ConfigMap %v", missing(first), missing(second))
	}
}
