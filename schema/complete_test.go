package schema

import (
	"strings"
	"testing"

	"github.com/rollcast/rollcast/manifest"
)

// written is a node in one line, maps sorted as the schema has them.
func written(n *manifest.Node) string {
	var b strings.Builder
	switch n.Kind {
	case manifest.Mapping:
		b.WriteString("{")
		for i, p := range n.Pairs {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(p.Key.Text + ": " + written(p.Value))
		}
		b.WriteString("}")
	case manifest.Sequence:
		b.WriteString("[")
		for i, item := range n.Items {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(written(item))
		}
		b.WriteString("]")
	default:
		b.WriteString(n.Text)
	}
	return b.String()
}

func TestComplete(t *testing.T) {
	object := func(spec string) string {
		return "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: x, " + spec + "}]}}}}"
	}
	complete := func(text string) string {
		d := manifest.Parse("a.yaml", []byte(text), manifest.Options{}).Documents[0]
		return written(Complete(d, "", Options{}))
	}
	for _, tc := range []struct {
		a, b  string
		equal bool
	}{
		{"imagePullPolicy: Always", "", true}, // no tag is latest
		{"imagePullPolicy: IfNotPresent", "", false},
		{"resources: {limits: {cpu: 1000m}}", "resources: {limits: {cpu: 1}}", true},
		{"resources: {limits: {cpu: 0.5, memory: 1Gi}}", "resources: {limits: {memory: 1024Mi, cpu: 500m}}", true},
		{"resources: {limits: {memory: 1G}}", "resources: {limits: {memory: 1Gi}}", false},
		{"resources: {limits: {}}", "resources: {}", true},
		{"resources: {}", "", true},
		{"ports: []", "", true},
		{"tty: false", "", true},
		{"securityContext: {}", "", false},
		{"securityContext: {allowPrivilegeEscalation: false}", "securityContext: {}", false},
		{"ports: [{containerPort: 80, protocol: TCP}]", "ports: [{containerPort: 80}]", true},
		{"ports: [{containerPort: 80}, {containerPort: 81}]", "ports: [{containerPort: 81}, {containerPort: 80}]", false},
		{"livenessProbe: {tcpSocket: {port: 80}, periodSeconds: 10, timeoutSeconds: 0}", "livenessProbe: {failureThreshold: 3, tcpSocket: {port: 80}}", true},
		{"env: [{name: A, value: ''}]", "env: [{name: A}]", true},
		{"env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]", "env: [{name: A, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: metadata.name}}}]", true},
		{"command: null", "", true},
		{"workingDir: ''", "", true},
	} {
		if a, b := complete(object(tc.a)), complete(object(tc.b)); (a == b) != tc.equal {
			t.Errorf("%q and %q: equal is %v\n%s\n%s", tc.a, tc.b, a == b, a, b)
		}
	}
	for _, pair := range [][2]string{
		{"{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80}]}}", "{apiVersion: v1, kind: Service, metadata: {name: a, labels: {}}, spec: {type: ClusterIP, sessionAffinity: None, ports: [{port: 80, targetPort: 80, protocol: TCP}]}}"},
		{"{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: b}]}}", "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {restartPolicy: Always, dnsPolicy: ClusterFirst, securityContext: {}, terminationGracePeriodSeconds: 30, schedulerName: default-scheduler, containers: [{name: a, image: b, terminationMessagePath: /dev/termination-log}]}}"},
		{"{apiVersion: example.com/v1, kind: Odd, metadata: {name: a}, spec: {a: null, b: 1}}", "{apiVersion: example.com/v1, kind: Odd, metadata: {name: a}, spec: {b: 1}}"},
	} {
		if a, b := complete(pair[0]), complete(pair[1]); a != b {
			t.Errorf("not equal:\n%s\n%s", a, b)
		}
	}
}
