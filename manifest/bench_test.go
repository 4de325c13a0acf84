package manifest

import (
	"fmt"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// deployment is about 4 KB of ordinary YAML: three containers with probes,
// resources and environment.
func deployment() []byte {
	var b strings.Builder
	b.WriteString(`# the web tier
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels:
    app.kubernetes.io/name: web
    app.kubernetes.io/part-of: shop
spec:
  replicas: 10
  minReadySeconds: 5
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 30%
      maxUnavailable: 20%
  selector:
    matchLabels:
      app.kubernetes.io/name: web
  template:
    metadata:
      labels:
        app.kubernetes.io/name: web
    spec:
      terminationGracePeriodSeconds: 30
      containers:
`)
	for i := range 3 {
		fmt.Fprintf(&b, `      - name: web-%d
        image: "registry.example/shop/web:1.%d"  # pinned
        args: ["--port", "80%d0", "--log=json"]
        ports:
        - name: http-%d
          containerPort: 80%d0
        env:
        - name: GREETING
          value: 'hello, world'
        - name: TOKEN
          valueFrom:
            secretKeyRef:
              name: web
              key: token
        - name: SCRIPT
          value: |
            set -e
            exec web
        resources:
          requests:
            cpu: 100m
            memory: 128Mi
          limits:
            memory: 256Mi
        startupProbe:
          httpGet:
            path: /healthz
            port: http-%d
          periodSeconds: 5
          failureThreshold: 12
        readinessProbe:
          httpGet: {path: /ready, port: 80%d0}
          periodSeconds: 5
        livenessProbe:
          httpGet:
            path: /healthz
            port: http-%d
          initialDelaySeconds: 20
          periodSeconds: 10
`, i, i, i, i, i, i, i, i)
	}
	return []byte(b.String())
}

func BenchmarkParse(b *testing.B) {
	data := deployment()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if f := Parse("x.yaml", data, Options{}); len(f.Documents) != 1 {
			b.Fatal(f.Problems)
		}
	}
}

// BenchmarkParser is the part of BenchmarkParse that is not ours.
func BenchmarkParser(b *testing.B) {
	data := deployment()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var doc yaml.Node
		if err := yaml.Unmarshal(data, &doc); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRanges(b *testing.B) {
	d := Parse("x.yaml", deployment(), Options{}).Documents[0]
	b.ReportAllocs()
	for b.Loop() {
		d.Root.Walk(func(_ Path, _, n *Node) bool {
			d.File.NodeRange(n)
			return true
		})
	}
}

func BenchmarkCorpus(b *testing.B) {
	files := corpus(b)
	documents := 0
	for b.Loop() {
		for name, data := range files {
			documents += len(Parse(name, data, Options{}).Documents)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(documents), "µs/document")
}

func BenchmarkLayout(b *testing.B) {
	files := corpus(b)
	var list []*File
	for name, data := range files {
		list = append(list, Parse(name, data, Options{}))
	}
	for b.Loop() {
		NewLayout(list)
	}
}
