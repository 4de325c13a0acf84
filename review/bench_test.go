package review_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/review"
)

// BenchmarkCompare is a change of 3 images among 1,000 Deployments of one
// namespace: what a review costs besides reading YAML.
func BenchmarkCompare(b *testing.B) {
	const n = 1000
	texts := map[string]string{}
	for i := range n {
		texts[fmt.Sprintf("team%d/web%d.yaml", i%50, i)] = strings.ReplaceAll(objects["deploy"], "name: web", fmt.Sprintf("name: web%d", i))
	}
	base := parse(texts)
	changed := map[string]string{}
	for _, i := range []int{1, 500, 999} {
		name := fmt.Sprintf("team%d/web%d.yaml", i%50, i)
		changed[name] = strings.ReplaceAll(texts[name], "web:1", "web:2")
	}
	head := parse(changed)
	for _, f := range base {
		if changed[f.Name] == "" {
			head = append(head, f)
		}
	}
	head = slices.Clip(head)
	b.ReportAllocs()
	for b.Loop() {
		res, err := review.Compare(context.Background(), review.Base{Name: "main", Files: base}, review.Input{Files: head}, review.Options{})
		if err != nil || len(res.Changes) != 3 {
			b.Fatal(len(res.Changes), err)
		}
	}
}
