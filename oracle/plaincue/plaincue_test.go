package plaincue

import (
	"testing"

	"github.com/rollcast/rollcast/oracle/mutate"
)

func TestErrors(t *testing.T) {
	judge, err := Load("../../schema")
	if err != nil {
		t.Fatal(err)
	}
	const before = `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},
		"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[`
	tests := []struct {
		name, container string
		valid           bool
	}{
		{"minimal", `{"name":"a","image":"b"}`, true},
		{"a null field is absent", `{"name":"a","image":"b","ports":null}`, true},
		{"a null item is a zero value", `{"name":"a","image":"b","args":[null],"ports":[null]}`, false},
		{"zero is unset", `{"name":"a","image":"b","ports":[{"containerPort":80,"name":"","protocol":""}]}`, true},
		{"a field without effect is absent", `{"name":"a","image":"b","lifecycle":{"stopSignal":"none"}}`, true},
		{"unknown field", `{"name":"a","image":"b","imag":"c"}`, false},
		{"two handlers", `{"name":"a","image":"b","livenessProbe":{"tcpSocket":{"port":1},"httpGet":{"port":1}}}`, false},
	}
	for _, tt := range tests {
		object, err := mutate.Parse([]byte(before + tt.container + `]}}}}`))
		if err != nil {
			t.Fatal(err)
		}
		faults, ok := judge.Errors(object, 36)
		if !ok || (len(faults) == 0) != tt.valid {
			t.Errorf("%s: valid %v, known %v, faults %q", tt.name, len(faults) == 0, ok, faults)
		}
	}
	if _, ok := judge.Errors(map[string]any{"kind": "Nothing"}, 36); ok {
		t.Error("an unknown kind was judged")
	}
}
