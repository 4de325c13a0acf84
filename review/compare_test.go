package review_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/review"
)

// TestCompareOrder: the order of the files decides nothing.
func TestCompareOrder(t *testing.T) {
	base, head := map[string]string{}, map[string]string{}
	for i := range 12 {
		name := fmt.Sprintf("team%d/app.yaml", i%5) + strings.Repeat("x", i/5) + ".yaml"
		text := strings.ReplaceAll(objects["deploy"], "name: web", fmt.Sprintf("name: web%d", i))
		base[name], head[name] = text, strings.ReplaceAll(text, "web:1", "web:2")
	}
	head["team0/conf.yaml"] = objects["frozen"]
	base["old/conf.yaml"] = objects["frozen"]
	run := func(turn bool) string {
		a, b := parse(base), parse(head)
		if turn {
			slices.Reverse(a)
			slices.Reverse(b)
		}
		res, err := review.Compare(context.Background(), review.Base{Name: "main", Files: a}, review.Input{Files: b}, review.Options{})
		if err != nil {
			t.Fatal(err)
		}
		res.Judge()
		return summary(t, res)
	}
	if d := cmp.Diff(run(false), run(true)); d != "" {
		t.Errorf("another order gives another result (-first +second):\n%s", d)
	}
}

// TestCompareSharesFiles: an equal file is one and the same on both sides, and
// nothing is said of it.
func TestCompareSharesFiles(t *testing.T) {
	files := parse(map[string]string{"a.yaml": objects["deploy"], "b.yaml": objects["set"]})
	res, err := review.Compare(context.Background(), review.Base{Name: "main", Files: files}, review.Input{Files: files}, review.Options{})
	if err != nil || len(res.Changes) != 0 || len(res.Findings) != 0 || len(res.Plans) != 0 {
		t.Errorf("%d changes, %d findings, %d plans, %v", len(res.Changes), len(res.Findings), len(res.Plans), err)
	}
}

// TestCompareStatus follows findings over moved lines, another file and another
// name of the object.
func TestCompareStatus(t *testing.T) {
	bad := strings.ReplaceAll(objects["deploy"], "readinessProbe:", "livenessProbe: {httpGet: {path: /ready, port: 8080}}\n        readinessProbe:")
	const comment = "# rollcast: ignore liveness-identical-to-readiness -- on purpose\n"
	above := strings.ReplaceAll(bad, "        livenessProbe:", "        "+comment+"        livenessProbe:")
	for _, tc := range []struct {
		name       string
		base, head map[string]string
		want       string
	}{
		{"ignored on both sides", map[string]string{"a.yaml": comment + bad}, map[string]string{"a.yaml": "# a\n" + comment + bad}, ""},
		{"ignored now", map[string]string{"a.yaml": bad}, map[string]string{"a.yaml": above}, ""},
		{"comment went", map[string]string{"a.yaml": above}, map[string]string{"a.yaml": bad}, "new"},
		{"document's comment went", map[string]string{"a.yaml": comment + bad}, map[string]string{"a.yaml": bad}, "new"},
		{"comment and finding went", map[string]string{"a.yaml": above}, map[string]string{"a.yaml": objects["deploy"]}, ""},
		{"comment went, object renamed", map[string]string{"a.yaml": above}, map[string]string{"a.yaml": strings.ReplaceAll(bad, "name: web\n  labels", "name: shop\n  labels")}, "new"},
		{"moved lines", map[string]string{"a.yaml": bad}, map[string]string{"a.yaml": "# a\n# b\n" + bad}, "unchanged"},
		{"another file", map[string]string{"a.yaml": bad}, map[string]string{"b.yaml": bad}, "unchanged"},
		{"another name", map[string]string{"a.yaml": bad}, map[string]string{"a.yaml": strings.ReplaceAll(bad, "name: web\n  labels", "name: shop\n  labels")}, "unchanged"},
		{"came", map[string]string{"a.yaml": objects["deploy"]}, map[string]string{"a.yaml": bad}, "new"},
		{"went", map[string]string{"a.yaml": bad}, map[string]string{"a.yaml": objects["deploy"]}, "fixed"},
		{"object went", map[string]string{"a.yaml": bad + "---\n" + objects["service"]}, map[string]string{"a.yaml": objects["service"]}, "fixed"},
	} {
		res, err := review.Compare(context.Background(), review.Base{Name: "main", Files: parse(tc.base)}, review.Input{Files: parse(tc.head)},
			review.Options{Only: []string{"liveness-identical-to-readiness"}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range res.Findings {
			got = append(got, string(f.Status))
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%s: %v, want %s", tc.name, got, tc.want)
		}
	}
}

// TestCompareBounded: thousands of objects that all went and came cost no more
// than linear time.
func TestCompareBounded(t *testing.T) {
	var old, now strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&old, "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: old-%d}\ndata: {a: b, c: d%d}\n", i, i)
		fmt.Fprintf(&now, "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: new-%d}\ndata: {a: b, c: e%d}\n", i, i)
	}
	start := time.Now()
	res := compare(t, map[string]string{"a.yaml": old.String()}, map[string]string{"a.yaml": now.String()})
	if len(res.Changes) != 6000 {
		t.Errorf("%d changes", len(res.Changes))
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

// FuzzCompare holds for any two texts: no panic, and every change has a kind, a
// document and places within its files.
func FuzzCompare(f *testing.F) {
	for _, name := range []string{"deploy", "reads", "set", "job", "service", "claim", "others"} {
		f.Add(objects[name], strings.ReplaceAll(objects[name], "1", "2"))
	}
	f.Add("a: b", "apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Secret, metadata: {name: a, uid: b}, data: [1]}]")
	f.Fuzz(func(t *testing.T, a, b string) {
		parse := func(text string) []*manifest.File {
			return []*manifest.File{manifest.Parse("a.yaml", []byte(text), manifest.Options{})}
		}
		head := parse(b)
		res, err := review.Compare(context.Background(), review.Base{Name: "main", Files: parse(a), Elsewhere: len(a)%2 == 0}, review.Input{Files: head}, review.Options{WithoutRules: true})
		if err != nil {
			t.Fatal(err)
		}
		res.Judge()
		for _, ch := range res.Changes {
			if ch.Document == nil || len(ch.Kinds) == 0 || ch.Plan >= len(res.Plans) {
				t.Errorf("%+v", ch)
			}
			for _, c := range ch.Because {
				if c.Line < 1 || c.Line > 1+strings.Count(string(c.File.Data), "\n") {
					t.Errorf("%s is on line %d", c.Path, c.Line)
				}
			}
		}
	})
}
