package cli

import (
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
	"github.com/spf13/cobra"
)

type lintOptions struct {
	io     *streams
	common commonFlags
	output outputFlags
	paths  []string

	writeBaseline string
}

func newLint(s *streams, run func(*lintOptions) error) *cobra.Command {
	o := &lintOptions{io: s}
	cmd := &cobra.Command{
		Use:   "lint [PATH...]",
		Short: "Report what the API server would reject and what is risky",
		Long: `Report what the API server would reject and what will go wrong in the rollout,
each with its file, line and column.

A PATH is a file, a folder, or - for standard input; none means this folder.`,
		Example: `  rollcast lint                          everything below this folder
  rollcast lint deploy.yaml k8s/         a file and a folder
  helm template . | rollcast lint -      from a pipe
  rollcast lint --fail-on warning        exit 1 on warnings too
  rollcast lint --only schema/unknown-field
  rollcast lint --write-baseline known   live with what is there, and
  rollcast lint --baseline known         report what is new
  rollcast lint --output json=lint.json  text for people, JSON for a script`,
		RunE: func(_ *cobra.Command, args []string) error {
			o.paths = args
			return run(o)
		},
	}
	o.output.register(cmd, report.Formats(report.Lint)...)
	o.common.register(cmd)
	cmd.Flags().BoolVar(&o.common.verifySchema, "verify-schema", false, "ask CUE's own evaluator about each built-in object too: exit 2 if it disagrees with rollcast")
	cmd.Flags().StringVar(&o.writeBaseline, "write-baseline", "", "write the findings to a `FILE` for --baseline, and report none")
	return cmd
}

func runLint(o *lintOptions) error {
	if _, err := o.output.targets(); err != nil {
		return err
	}
	if o.writeBaseline != "" {
		o.common.baseline = "" // every finding belongs into the new one
	}
	res, failed, err := o.common.judge(o.io, o.paths, review.Options{WithoutSteps: true})
	if err != nil {
		return err
	}
	if o.writeBaseline != "" && !failed {
		return writeBaseline(o.io, o.writeBaseline, res)
	}
	if err := o.common.write(o.io, &o.output, report.Lint, res); err != nil {
		return err
	}
	return exit(failed, o.common.reached(res))
}
