package validate

import "testing"

func TestX(t *testing.T) {
	v, err := Create([]byte(`{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: x, image: y}]}}}}`), YAML)
	t.Log(v, err)
}
