package schema

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/compile"
)

func house(t *testing.T, text string) *House {
	t.Helper()
	h, err := compile.NewHouse([]compile.Source{{Name: "house.cue", Data: []byte(text)}}, func() ([]compile.Source, error) { return compile.Sources(os.DirFS(".")) })
	if err != nil {
		t.Fatal(err)
	}
	return NewHouse(h.Table, h.Bindings)
}

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {team: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: docker.io/web:1
`

func TestHouse(t *testing.T) {
	for _, tc := range []struct{ name, cue, doc, want string }{
		{"a bound, with its own sentence", `
			#twoReplicas: {
				apiVersion: "apps/v1"
				kind: "Deployment"
				spec: replicas: >=2 @message("production wants at least two replicas")
			}`, web, "7:13 house/twoReplicas spec.replicas: production wants at least two replicas"},
		{"what it does not name is free", `
			registry: {
				apiVersion: "apps/v1"
				kind: "Deployment"
				spec: template: spec: containers: [...{image: =~"^registry.example.com/" @is("an image of our registry")}]
			}`, web, `14:16 house/registry spec.template.spec.containers[0].image: image "docker.io/web:1" must be an image of our registry`},
		{"what is missing", `
			#owned: {
				apiVersion: "apps/v1"
				kind: "Deployment"
				metadata: annotations: owner!: string
			}`, web, `3:1 house/owned metadata: metadata needs the field annotations.owner`},
		{"another kind", `#s: {apiVersion: "v1", kind: "Service", spec: type: "ClusterIP"}`, web, ""},
		{"the built-in definition, with its defaults", `
			import "github.com/rollcast/rollcast/schema"
			#rolling: schema.#Deployment & {spec: {
				replicas: >=1
				strategy: type: "RollingUpdate"
				revisionHistoryLimit: <=5 @message("keep at most five old revisions")
			}}`, web, "6:1 house/rolling spec: keep at most five old revisions"},
		{"what the server refuses is told once", `
			import k8s "github.com/rollcast/rollcast/schema"
			#any: k8s.#Deployment & {spec: replicas: >=2}`, strings.Replace(web, "replicas: 1", "replicas: one", 1), "7:13 schema/type spec.replicas: replicas must be an integer, not the string \"one\""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := house(t, tc.cue)
			doc := manifest.Parse("web.yaml", []byte(tc.doc), manifest.Options{}).Documents[0]
			r := Check(doc, Options{})
			var got []string
			for _, f := range append(r.Findings, h.Check(doc, Options{}, r.Findings)...) {
				got = append(got, fmt.Sprintf("%d:%d %s %s: %s", f.Range.Start.Line, f.Range.Start.Column, f.Rule, f.Path, f.Message))
			}
			if diff := cmp.Diff(tc.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestHostileHouse: what a user's CUE may not do, and what would never end.
func TestHostileHouse(t *testing.T) {
	bound := `#x: {apiVersion: "v1", kind: "Secret", data: #a}` + "\n"
	double := "#a0: {k: string}\n"
	for i := range 60 {
		double += fmt.Sprintf("#a%d: {l: #a%d & {}, r: #a%d & {}}\n", i+1, i, i)
	}
	for name, tc := range map[string]struct{ cue, want string }{
		"files":       {`import "tool/file"` + "\n" + bound, "cannot be imported"},
		"network":     {`import "example.com/x"` + "\n" + bound, "cannot be imported"},
		"embedding":   {"@extern(embed)\n" + bound + `#a: _ @embed(file=/etc/passwd)`, "not known"},
		"repetition":  {`import "strings"` + "\n" + bound + `#a: strings.Repeat("x", 1000000000)`, "not understood"},
		"doubling":    {double + "#x: {apiVersion: \"v1\", kind: \"Secret\", data: #a60}", "too large"},
		"brackets":    {"#x: " + strings.Repeat("(", 100_000), "nested"},
		"a long file": {"#x: " + strings.Repeat(" ", 300_000), "KiB"},
		"labels":      {"#x: " + strings.Repeat("a: ", 80_000) + "1", ""},
		"negations":   {"#x: " + strings.Repeat("!", 250_000) + "1", ""},
		"a cycle":     {bound + "#a: #b\n#b: #a", ""},
		"unbound":     {"#x: {a: 1}", "bound to a kind"},
		"broken":      {"#x: {", "house.cue:1"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := compile.NewHouse([]compile.Source{{Name: "house.cue", Data: []byte(tc.cue)}}, nil)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%.300v", err)
			}
		})
	}
}
