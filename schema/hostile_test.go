package schema

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/manifest"
)

// FuzzCheck demands of any text whatever that Check neither panics nor breaks
// the rules of messages and places, and says the same twice.
func FuzzCheck(f *testing.F) {
	for _, pattern := range []string{"testdata/valid/*.yaml", "../oracle/samples/*.yaml"} {
		names, _ := filepath.Glob(pattern)
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(data), 36)
		}
	}
	for _, s := range []string{
		"apiVersion: apps/v1\nkind: Deployment\n",
		"apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: [null, 1, {}, {name: null}], volumes: null}}}\n",
		"apiVersion: v1\nkind: Service\nspec: {ports: [{port: 1e3}, {port: 99999999999999999999}], selector: {a: null}}\n",
		"apiVersion: apps/v1\nkind: Deployment\nmetadata:\nspec:\nreplicas: 1\nreplicas: 2\n",
		"a: &a {b: c}\napiVersion: v1\nkind: Pod\nmetadata: {<<: *a, name: x}\nspec: {containers: [*a, *a]}\n",
	} {
		f.Add(s, 25)
	}
	f.Fuzz(func(t *testing.T, text string, minor int) {
		opt := Options{Minor: Oldest + abs(minor)%(Newest-Oldest+1)}
		for _, d := range manifest.Parse("x.yaml", []byte(text), manifest.Options{}).Documents {
			r := Check(d, opt)
			for _, x := range r.Findings {
				first := []rune(x.Message + " ")[0]
				switch {
				case x.Message == "", strings.HasSuffix(x.Message, "."), strings.Contains(x.Message, "\n"):
					t.Errorf("the message %q", x.Message)
				case unicode.IsUpper(first) && !strings.HasPrefix(x.Message, d.APIVersion):
					// a field's name may begin with a capital, a sentence may not
				case x.File != d.File || x.Document != d || x.Severity == 0 || !strings.Contains(x.Rule, "/"):
					t.Errorf("incomplete: %+v", x)
				case x.Range.Start.Byte > x.Range.End.Byte || x.Range.End.Byte > len(d.File.Data) || x.Range.Start.Line < 1:
					t.Errorf("%s: the range %+v", x.Message, x.Range)
				}
			}
			if diff := cmp.Diff(messages(r), messages(Check(d, opt))); diff != "" {
				t.Errorf("twice: %s", diff)
			}
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}

func messages(r Result) []string {
	var out []string
	for _, x := range r.Findings {
		out = append(out, fmt.Sprint(x.Rule, x.Message, x.Path, x.Range))
	}
	return out
}

// TestHostile bounds the time of documents that are made to cost much.
func TestHostile(t *testing.T) {
	const n = 20_000
	repeat := func(s string) string { return strings.Repeat(s, n) }
	numbered := func(format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	head := "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec:\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n"
	cases := map[string]string{
		"unknown keys":      "apiVersion: apps/v1\nkind: Deployment\n" + numbered("k%d: 1\n"),
		"one key again":     "apiVersion: apps/v1\nkind: Deployment\n" + repeat("replicas: 1\n"),
		"mounts of volumes": head + "      containers:\n      - name: c\n        image: i\n        volumeMounts:\n" + numbered("        - {name: v%d, mountPath: /}\n") + "      volumes:\n" + numbered("      - name: v%d\n"),
		"containers":        head + "      containers:\n" + repeat("      - {name: c, image: i}\n"),
		"claims":            head + "      resourceClaims:\n" + numbered("      - {name: c%d}\n") + "      containers:\n      - name: c\n        image: i\n        resources:\n          claims:\n" + numbered("          - {name: c%d, request: x}\n"),
		"labels":            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n" + numbered("    -bad%d: x\n"),
		"data twice":        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n" + numbered("  k%d: x\n") + "binaryData:\n" + numbered("  k%d: \"\"\n"),
		"long key":          "apiVersion: v1\nkind: Pod\n" + strings.Repeat("a", 1000) + ": 1\n",
	}
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			docs := manifest.Parse("x.yaml", []byte(text), manifest.Options{}).Documents
			if len(docs) != 1 {
				t.Fatal("no document")
			}
			start, began := cpuTime(), time.Now()
			r := Check(docs[0], Options{})
			if used := time.Duration(cpuTime() - start); used > 3*time.Second {
				t.Errorf("%v of CPU, %v of time", used, time.Since(began))
			}
			if len(r.Findings) > maxFindings {
				t.Errorf("%d findings", len(r.Findings))
			}
		})
	}
}
