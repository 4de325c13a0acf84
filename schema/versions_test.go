package schema

import (
	"strings"
	"testing"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/compile"
)

// TestVersions judges one edit of the web Deployment by several minors, with
// and without feature gates. The answer is "rule: message" of the one finding,
// or "" for none.
func TestVersions(t *testing.T) {
	const container = "spec.template.spec.containers[0]."
	cases := []struct {
		edit  string
		minor int
		gate  string // NAME=true
		want  string
	}{
		// The hook came with 1.29, and works since 1.30; web.yaml has one.
		{"", 36, "", ""},
		{"", 30, "", ""},
		{"", 29, "", "schema/ignored-field: sleep has no effect before Kubernetes 1.30: the feature gate PodLifecycleSleepAction is off"},
		{"", 29, "PodLifecycleSleepAction=true", ""},
		{"", 28, "", `schema/unknown-field: unknown field "sleep": it came with Kubernetes 1.29`},
		{"", 30, "PodLifecycleSleepAction=false", "schema/ignored-field: sleep has no effect: the feature gate PodLifecycleSleepAction is off"},
		// A dropped field is typed and nothing more, and no rule sees it.
		{container + "lifecycle.preStop.sleep.seconds = -1", 29, "", "schema/ignored-field: sleep has no effect"},
		{container + "lifecycle.preStop.sleep.seconds = x", 29, "", `schema/type: seconds must be an integer, not the string "x"`},
		{container + "lifecycle.preStop.sleep.seconds = 2.5", 29, "", "schema/type: seconds must be an integer, not the number 2.5"},
		{container + "lifecycle.preStop.sleep.foo = 1", 29, "", `schema/unknown-field: unknown field "foo" in sleep`},
		{container + "lifecycle.preStop.exec = {command: [x]}", 29, "", "schema/ignored-field: sleep has no effect"},
		{container + "lifecycle.preStop.exec = {command: [x]}", 30, "", "schema/one-of: only one of exec, httpGet, tcpSocket, sleep may be set (exec and sleep are)"},
		// A value of an enumeration.
		{"spec.template.spec.tolerations[0].operator = Gt ; spec.template.spec.tolerations[0].value = \"1\"", 36, "", `schema/value: operator "Gt" needs the feature gate TaintTolerationComparisonOperators, which is off`},
		{"spec.template.spec.tolerations[0].operator = Gt ; spec.template.spec.tolerations[0].value = \"1\"", 36, "TaintTolerationComparisonOperators=true", ""},
		{"spec.template.spec.tolerations[0].operator = Gt ; spec.template.spec.tolerations[0].value = \"1\"", 30, "", `schema/value: operator "Gt" came with Kubernetes 1.35`},
		// A constraint that was relaxed.
		{container + "env[0].name = a=b", 36, "", "schema/value: "},
		{container + "env[0].name = 1 b", 32, "", ""},
		{container + "env[0].name = 1 b", 31, "", "schema/value: "},
		{"apiVersion = v1 ; kind = Service ; metadata.name = 1web ; spec = {ports: [{port: 80}]}", 36, "", ""},
		{"apiVersion = v1 ; kind = Service ; metadata.name = 1web ; spec = {ports: [{port: 80}]}", 35, "", "schema/value: "},
		{"apiVersion = v1 ; kind = Service ; metadata.name = web ; spec = {ports: [{port: 80}]}", 30, "", ""},
		{container + "lifecycle.preStop = {sleep: {seconds: 1}}", 28, "", `schema/unknown-field: unknown field "sleep": it came with Kubernetes 1.29`},
		// An API.
		{"apiVersion = autoscaling/v2beta2 ; kind = HorizontalPodAutoscaler ; spec = {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}", 25, "", "api/deprecated: "},
		{"apiVersion = autoscaling/v2beta2 ; kind = HorizontalPodAutoscaler", 26, "", "api/removed: "},
	}
	base := readSample(t, "web.yaml")
	for _, c := range cases {
		root := copyNode(base)
		if c.edit != "" {
			for _, e := range strings.Split(c.edit, " ; ") {
				if err := applyEdit(root, e); err != nil {
					t.Fatal(err)
				}
			}
		}
		opt := Options{Minor: c.minor}
		if name, v, ok := strings.Cut(c.gate, "="); ok {
			opt.Gates = map[string]bool{name: v == "true"}
		}
		d := manifest.Parse("x.yaml", []byte(blockText(root)), manifest.Options{}).Documents[0]
		var said []string
		for _, f := range Check(d, opt).Findings {
			if c.edit == "" || !strings.HasPrefix(f.Message, "sleep has no effect") || strings.Contains(c.want, "sleep has") {
				said = append(said, f.Rule+": "+f.Message)
			}
		}
		got := strings.Join(said, "; ")
		if c.want == "" && got != "" || !strings.HasPrefix(got, c.want) || strings.Contains(c.want, "it came with") && got != c.want {
			t.Errorf("1.%d %s, %q: %q, want %q", c.minor, c.gate, c.edit, got, c.want)
		}
	}
}

// TestFormerType judges a field whose type has changed by minors before and
// after.
func TestFormerType(t *testing.T) {
	named, err := tableOf([]compile.Source{{Name: "k.cue", Data: []byte(`package schema
#K: {
	apiVersion!: "v1"
	kind!: "K"
	name?: =~"^[ -~]+$" @k8s(before="1.32",type="#Old")
	gone?: int @k8s(removed="1.30")
	late?: int
	if late != _|_ {@k8s(added="1.34"), other!: _}
	other?: int
}
#Old: =~"^[A-Z_]+$"
`)}})
	if err != nil {
		t.Fatal(err)
	}
	set := newSet(named.Table)
	for _, c := range []struct {
		doc   string
		minor int
		ok    bool
	}{
		{"name: A_B", 31, true},
		{"name: a-b", 31, false},
		{"name: a-b", 32, true},
		{"name: ä", 32, false},
		{"gone: 1", 29, true},
		{"gone: 1", 30, false},
		{"late: 1", 33, true},
		{"late: 1", 34, false},
		{"{late: 1, other: 2}", 34, true},
	} {
		if got := len(errorsOf(set.check(document(t, c.doc), Options{Minor: c.minor}, true))) == 0; got != c.ok {
			t.Errorf("%s at 1.%d: %v, want %v", c.doc, c.minor, got, c.ok)
		}
	}
}

// TestRefusedKindIsKnown: an API that is gone or never was is an error, and not
// also an object without a schema.
func TestRefusedKindIsKnown(t *testing.T) {
	for kind, want := range map[string]bool{
		"apiVersion: extensions/v1beta1\nkind: Deployment\n": true,
		"apiVersion: apps/v1\nkind: Deploymnet\n":            true,
		"apiVersion: example.com/v1\nkind: Widget\n":         false,
	} {
		d := manifest.Parse("x.yaml", []byte(kind+"metadata: {name: x}\n"), manifest.Options{}).Documents[0]
		if got := Check(d, Options{}); got.Known != want {
			t.Errorf("%q is known: %t, want %t", kind, got.Known, want)
		}
	}
}
