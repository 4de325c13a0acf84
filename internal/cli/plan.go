package cli

import (
	"errors"
	"fmt"
	"slices"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
	"github.com/spf13/cobra"
)

type planOptions struct {
	io     *streams
	common commonFlags
	output outputFlags
	paths  []string
	base   string
	// compare says that --base was given.
	compare bool

	readiness                         string
	scenario                          string
	replicas                          replicasFlag
	images                            imagesFlag
	nodes                             nodesFlag
	maxSurge, maxUnavailable          podsFlag
	schedule, pull, startup, shutdown spanFlag
	history                           []string
}

// readinessNames are the readiness modes that --readiness takes; a scenario
// file may say manual as well.
var readinessNames = []string{string(planner.Timed), string(planner.Together), string(planner.OneByOne), string(planner.Never)}

func newPlan(s *streams, run func(*planOptions) error) *cobra.Command {
	o := &planOptions{io: s}
	cmd := &cobra.Command{
		Use:   "plan [PATH...]",
		Short: "Show the rollout of each workload, step by step",
		Long: `Show the pod counts that the rollout of each workload goes through, step by
step, as the real controllers do it: old and new pods, how many are available,
how long it takes, and where it stops if the new version never becomes ready.`,
		Example: `  rollcast plan deploy.yaml
  rollcast plan --readiness one-by-one deploy.yaml
  rollcast plan --readiness never deploy.yaml       what a bad image leaves running
  rollcast plan --replicas 40 --max-surge 30% deploy.yaml
  rollcast plan --replicas 1,10,50,100 deploy.yaml  one row for each
  rollcast plan --base origin/main k8s/             from what main has to what is here
  rollcast plan --set-image web=shop/web:2 k8s/     what kubectl set image would do
  rollcast plan --startup 30s..90s --pull 10s deploy.yaml
  rollcast plan --scenario undo.yaml deploy.yaml    events of your own
  kubectl get pods,events -o yaml | rollcast plan --history - deploy.yaml`,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.paths, o.compare = args, cmd.Flags().Changed("base")
			return run(o)
		},
	}
	o.output.register(cmd, report.Formats(report.Plan)...)
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(choice{&o.readiness, readinessNames}, "readiness", "how waiting pods become ready: "+orList(readinessNames)+" (default timed)")
	flags.StringVar(&o.scenario, "scenario", "", "`FILE` of events to play instead of one update")
	flags.StringVar(&o.base, "base", "", "the old version: a git `REF`, a folder, a file, or - for standard input (default: the same manifest with an older template)")
	flags.Var(&o.replicas, "replicas", "what if spec.replicas were `N`; several, 1,10,50, are a table")
	flags.Var(&o.nodes, "nodes", "the nodes that there are: `N`, or a FILE of Node objects (default 3 for a DaemonSet, else unknown)")
	flags.Var(&o.maxSurge, "max-surge", "what if maxSurge were `V`, such as 3 or 25%")
	flags.Var(&o.maxUnavailable, "max-unavailable", "what if maxUnavailable were `V`")
	flags.Var(&o.images, "set-image", "what if the image of a container were another, `CONTAINER=IMAGE`")
	flags.Var(&o.schedule, "schedule", "timed: from a pod's creation to its node, `MIN..MAX` or one duration (default 0s..1s)")
	flags.Var(&o.pull, "pull", "timed: image pull, `MIN..MAX` (default 0s..20s)")
	flags.Var(&o.startup, "startup", "timed: until probes would succeed, `MIN..MAX` (default 0s to what its probes allow)")
	flags.Var(&o.shutdown, "shutdown", "timed: until a deleted pod is gone, `MIN..MAX` (default 0s to its grace period)")
	flags.StringArrayVar(&o.history, "history", nil, "timed: `FILE` of past pods and events, from kubectl get pods,events -o yaml; what they took is taken instead of what is assumed (repeatable)")
	o.common.register(cmd)
	o.common.hideRules(cmd)
	return cmd
}

func runPlan(o *planOptions) error {
	if _, err := o.output.targets(); err != nil {
		return err
	}
	play, scenario, err := o.play()
	if err != nil {
		return err
	}
	res, failed, err := o.judge(review.Options{WithoutRules: true, Play: play, Pool: o.nodes.value})
	if err != nil {
		return err
	}
	for _, p := range res.Plans {
		if p.PlayError != nil {
			fmt.Fprintf(o.io.err, "rollcast: %s\n", playFault(scenario, p))
			failed = true
		}
	}
	if err := o.common.write(o.io, &o.output, report.Plan, res); err != nil {
		return err
	}
	return exit(failed, o.common.failOn != failNever && o.bad(res, play))
}

// play is what the flags and the scenario file ask for instead of the default
// rollout, nil where they ask for nothing. A flag wins over the file.
func (o *planOptions) play() (*review.Play, *scenarioFile, error) {
	play := review.Play{
		Readiness:      planner.Readiness(o.readiness),
		Schedule:       o.schedule.value,
		Pull:           o.pull.value,
		Startup:        o.startup.value,
		Shutdown:       o.shutdown.value,
		Replicas:       o.replicas.value,
		MaxSurge:       o.maxSurge.value,
		MaxUnavailable: o.maxUnavailable.value,
	}
	var err error
	if play.History, err = o.readHistory(); err != nil {
		return nil, nil, err
	}
	var file *scenarioFile
	if o.scenario != "" {
		if file, err = readScenario(o.scenario); err != nil {
			return nil, nil, err
		}
		play.Events, play.Termination = file.events, file.termination
		if play.Readiness == "" {
			play.Readiness = file.readiness
		}
	}
	return &play, file, nil
}

// bad reports whether a rollout stalls or fails that was not asked to, or the
// API server would reject something.
func (o *planOptions) bad(res *review.Result, play *review.Play) bool {
	for _, f := range res.Findings {
		if f.Severity == finding.Error && f.Status != finding.Fixed && review.IsServerRule(f.Rule) {
			return true
		}
	}
	for _, p := range res.Plans {
		switch {
		case p.Refused:
			return true
		case p.Plan == nil || play.Readiness == planner.Never:
		case p.Plan.Outcome == planner.Stalled, p.Plan.Outcome == planner.Failed,
			slices.ContainsFunc(p.Rooms, func(r review.Room) bool { return r.Stalls }):
			return true
		}
	}
	return false
}

// playFault says which event of the scenario has no meaning for a workload.
func playFault(scenario *scenarioFile, p review.Plan) error {
	var fault *planner.EventError
	if scenario == nil || !errors.As(p.PlayError, &fault) {
		return fmt.Errorf("%s: %w", p.Document.Label(), p.PlayError)
	}
	return scenario.at(fault.Index, fmt.Errorf("%s: %w", p.Document.Label(), fault.Err))
}
