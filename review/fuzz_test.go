package review_test

import (
	"context"
	"testing"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/review"
)

// FuzzRun holds for any text: no panic, no failed rule, every finding has a
// place within its file and a sentence, and every workload has a plan or the
// reason for having none.
func FuzzRun(f *testing.F) {
	f.Add(deployment("web", "replicas: 10\nstrategy: {rollingUpdate: {maxSurge: 30%, maxUnavailable: 20%}}", sameProbes))
	f.Add(deployment("web", "replicas: 2147483647\nstrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}", "") + "---\n" + budget("web", "minAvailable: 100%"))
	f.Add(deployment("web", "replicas: -1\nstrategy: {type: Recreate, rollingUpdate: {}}\nminReadySeconds: 600", "readinessProbe: {httpGet: {port: nowhere}}"))
	f.Add("apiVersion: v1\nkind: List\nitems:\n- &a {apiVersion: apps/v1, kind: Deployment, metadata: {name: x}}\n- *a\n")
	f.Fuzz(func(t *testing.T, text string) {
		file := manifest.Parse("a.yaml", []byte(text), manifest.Options{})
		res, err := review.Run(context.Background(), review.Input{Files: []*manifest.File{file}}, review.Options{Profile: "strict"})
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range res.Failures {
			t.Error(err)
		}
		res.Judge()
		for _, f := range res.Findings {
			start, end := f.Range.Start, f.Range.End
			if f.Message == "" || start.Line < 1 || start.Column < 1 || start.Byte < 0 || end.Byte < start.Byte || end.Byte > len(file.Data) {
				t.Errorf("%s: %q at %+v", f.Rule, f.Message, f.Range)
			}
		}
		for _, p := range res.Plans {
			if (p.Plan == nil) != (p.NoPlan != "") {
				t.Errorf("%s has the plan %v and %q for having none", p.Document.Label(), p.Plan, p.NoPlan)
			}
		}
	})
}
