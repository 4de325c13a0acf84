package cli

import (
	"context"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
	"github.com/spf13/cobra"
)

type reviewOptions struct {
	io     *streams
	common commonFlags
	output outputFlags
	paths  []string
	base   string
	nodes  nodesFlag
	// compare says that --base was given.
	compare bool
}

func newReview(s *streams, run func(*reviewOptions) error) *cobra.Command {
	o := &reviewOptions{io: s}
	cmd := &cobra.Command{
		Use:   "review [--base REF|DIR|FILE|-] [PATH...]",
		Short: "Say what applying a change will do: verdict, rollouts and findings",
		Long: `Say what applying a change will do to the running system: a verdict (safe,
review or stop) with its reasons, what the API server would refuse, what
restarts and what does not, what each rollout goes through, and what is newly
found.

The base is a git revision, of which the merge base with HEAD is taken as pull
requests do, or a folder, a file, the output of kubectl get -o yaml, or - for
standard input. Uncommitted changes count. A folder that is named like a
revision is written ./NAME. Without --base the whole set is judged.`,
		Example: `  rollcast review --base origin/main            what this branch will do
  rollcast review --base HEAD k8s/prod          what is not committed yet
  kustomize build . | rollcast review --base rendered.yaml -
  kubectl get deploy,svc -o yaml | rollcast review --base - k8s/
  rollcast review --base origin/main --format markdown
  rollcast review --base origin/main --nodes nodes.yaml    does its surge find room
  rollcast review                               everything below this folder`,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.paths, o.compare = args, cmd.Flags().Changed("base")
			return run(o)
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&o.base, "base", "", "compare with a git `REF`, a folder, a file, or - for standard input")
	cmd.Flags().Var(&o.nodes, "nodes", "the nodes that there are: `N`, or a FILE of Node objects as kubectl get nodes -o yaml writes")
	o.output.register(cmd, report.Formats(report.Review)...)
	o.common.register(cmd)
	return cmd
}

func runReview(o *reviewOptions) error {
	if _, err := o.output.targets(); err != nil {
		return err
	}
	judge := o.common.judge
	if o.compare {
		judge = o.judgeChange
	}
	res, failed, err := judge(o.io, o.paths, review.Options{Pool: o.nodes.value})
	if err != nil {
		return err
	}
	res.Judge()
	if err := o.common.write(o.io, &o.output, report.Review, res); err != nil {
		return err
	}
	stop := res.Verdict == review.VerdictStop && o.common.failOn != failNever
	return exit(failed, stop || o.reached(res))
}

// reached reports whether a finding makes the exit code 1: with a base, only a
// new one does.
func (o *reviewOptions) reached(res *review.Result) bool {
	for _, f := range res.Findings {
		if (!o.compare || f.Status == finding.New) && o.common.reaches(f.Severity) {
			return true
		}
	}
	return false
}

// judgeChange is judge with a base.
func (o *reviewOptions) judgeChange(s *streams, paths []string, options review.Options) (res *review.Result, failed bool, err error) {
	if err := o.common.complete(&options); err != nil {
		return nil, false, err
	}
	r := baseReader{ctx: context.Background(), streams: s, flags: &o.common, paths: paths, named: o.base}
	base, in, err := r.read()
	if err != nil {
		return nil, false, err
	}
	if res, err = review.Compare(r.ctx, base, in, options); err != nil {
		return nil, false, err
	}
	return res, o.common.failures(s, append(r.errs, res.Failures...)), nil
}
