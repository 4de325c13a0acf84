package cli

import (
	"encoding/json"
	"fmt"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/review"
	"github.com/spf13/cobra"
)

type factsOptions struct {
	io     *streams
	common commonFlags
	paths  []string
}

func newFacts(s *streams, run func(*factsOptions) error) *cobra.Command {
	o := &factsOptions{io: s}
	cmd := &cobra.Command{
		Use:   "facts [PATH...]",
		Short: "Print the facts that rules see, as JSON",
		Long: `Print what the rules see of each workload, as JSON: its containers and probes
with every default filled in, the objects of its set that touch it, and its
predicted rollout. docs/facts.md explains each key.`,
		Example: `  rollcast facts deploy.yaml
  rollcast facts k8s/ | jq '.subjects[] | {name, peak: .plans.timed.peakPods}'`,
		RunE: func(_ *cobra.Command, args []string) error {
			o.paths = args
			return run(o)
		},
	}
	o.common.register(cmd)
	o.common.hideRules(cmd)
	return cmd
}

func runFacts(o *factsOptions) error {
	res, failed, err := o.common.judge(o.io, o.paths, review.Options{WithoutRules: true})
	if err != nil {
		return err
	}
	for _, f := range res.Findings {
		if f.Severity == finding.Error && review.IsServerRule(f.Rule) {
			fmt.Fprintf(o.io.err, "rollcast: %s:%d:%d: %s [%s]: facts may be missing\n", f.File.Name, f.Range.Start.Line, f.Range.Start.Column, f.Message, f.Rule)
		}
	}
	subjects := res.Facts
	if subjects == nil {
		subjects = []*facts.Subject{}
	}
	e := json.NewEncoder(o.io.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err = e.Encode(struct {
		Version           int              `json:"version"`
		KubernetesVersion string           `json:"kubernetesVersion"`
		Subjects          []*facts.Subject `json:"subjects"`
	}{facts.Version, res.KubernetesVersion, subjects})
	if err != nil {
		return fmt.Errorf("cannot write results: %w", err)
	}
	return exit(failed, o.common.reached(res))
}
