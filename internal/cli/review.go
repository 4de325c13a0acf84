package cli

import (
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
	"github.com/spf13/cobra"
)

type reviewOptions struct {
	io     *streams
	common commonFlags
	output outputFlags
	paths  []string
}

func newReview(s *streams, run func(*reviewOptions) error) *cobra.Command {
	o := &reviewOptions{io: s}
	cmd := &cobra.Command{
		Use:   "review [PATH...]",
		Short: "Judge a set of manifests: verdict, rollouts and findings together",
		Long: `Judge a set of manifests in one picture: a verdict (safe, review or stop) with
its reasons, what the API server would reject, what each rollout goes through,
and the findings.`,
		Example: `  rollcast review                       everything below this folder
  rollcast review k8s/prod
  kustomize build . | rollcast review -  what is really applied
  rollcast review --format json k8s/     for a script`,
		RunE: func(_ *cobra.Command, args []string) error {
			o.paths = args
			return run(o)
		},
	}
	o.output.register(cmd, report.Formats(report.Review)...)
	o.common.register(cmd)
	return cmd
}

func runReview(o *reviewOptions) error {
	if _, err := o.output.targets(); err != nil {
		return err
	}
	res, failed, err := o.common.judge(o.io, o.paths, review.Options{})
	if err != nil {
		return err
	}
	res.Judge()
	if err := o.common.write(o.io, &o.output, report.Review, res); err != nil {
		return err
	}
	stop := res.Verdict == review.VerdictStop && o.common.failOn != failNever
	return exit(failed, stop || o.common.reached(res))
}
