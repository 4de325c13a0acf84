package cli

import (
	"github.com/rollcast/rollcast/config"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/internal/source"
	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/rules"
	"github.com/spf13/cobra"
)

// The values of --color.
const (
	colourAuto   = "auto"
	colourAlways = "always"
	colourNever  = "never"
)

// failNever is the value of --fail-on that no finding reaches.
const failNever = "never"

// commonFlags are the flags of every command that judges manifests.
type commonFlags struct {
	kubernetesVersion string
	at                timeFlag
	gates             gatesFlag
	profile           string
	only, disable     []string
	ruleDirs          []string
	schemaFiles       []string
	verifySchema      bool
	context           string
	failOn            string
	stdinName         string
	maxFileSize       int64 // MiB
	colour            string
	quiet, verbose    bool

	configFile string
	noConfig   bool
	config     *config.Config // nil where there is none
	noIgnores  bool
	baseline   string
}

func (f *commonFlags) register(cmd *cobra.Command) {
	*f = commonFlags{
		kubernetesVersion: review.KubernetesVersions[0],
		profile:           string(rules.Recommended),
		failOn:            finding.Error.String(),
		colour:            colourAuto,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Var(choice{&f.failOn, []string{"error", "warning", "info", failNever}}, "fail-on", "lowest severity that makes the exit code 1: error, warning, info or never")
	flags.StringSliceVar(&f.only, "only", nil, "report only this `RULE`; repeatable")
	flags.StringSliceVar(&f.disable, "disable", nil, "do not report this `RULE`; repeatable")
	flags.Var(choice{&f.profile, []string{string(rules.Minimal), string(rules.Recommended), string(rules.Strict)}}, "profile", "which rules run: minimal, recommended or strict")
	flags.StringArrayVar(&f.ruleDirs, "rules", nil, "run the rules of this `DIR` too; repeatable")
	flags.StringArrayVar(&f.schemaFiles, "schema", nil, "check objects by this `FILE.cue|CRD.yaml|DIR` too; repeatable")
	flags.Var(choice{&f.kubernetesVersion, review.KubernetesVersions}, "kubernetes-version", "judge as this minor of Kubernetes: "+orList(review.KubernetesVersions))
	flags.Var(&f.at, "at", "the present `TIME` for schedules, such as 2026-01-05T10:00:00Z, or now (default that instant)")
	flags.Var(&f.gates, "feature-gates", "feature gates that are not as this minor has them, `NAME=true|false,...`")
	flags.StringVar(&f.configFile, "config", "", "configuration `FILE` (default: the nearest .rollcast.yaml, up to the root of the repository)")
	flags.BoolVar(&f.noConfig, "no-config", false, "read no configuration file")
	flags.StringVar(&f.baseline, "baseline", "", "`FILE` of known findings, which are not reported")
	flags.BoolVar(&f.noIgnores, "no-ignores", false, "disregard the comments that ignore findings")
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error { return f.configure(cmd) }
	flags.StringVar(&f.context, "context", "", "`DIR` that is read but not reported, or none (default: the repository, when single files are named)")
	flags.StringVar(&f.stdinName, "stdin-filename", "<stdin>", "`NAME` to report for standard input")
	flags.Int64Var(&f.maxFileSize, "max-file-size", source.DefaultMaxSize>>20, "files larger than `MIB` are a finding and not parsed")
	flags.Var(choice{&f.colour, []string{colourAuto, colourAlways, colourNever}}, "color", "auto, always or never")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "one line for each finding or workload")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "say more: what was skipped, and why")
}

// hideRules hides the flags that choose rules from the help of a command whose
// results hold none of their findings. They stay accepted, so that a script can
// give one list of flags to every command.
func (f *commonFlags) hideRules(cmd *cobra.Command) {
	for _, name := range []string{"only", "disable", "profile", "rules", "baseline", "no-ignores"} {
		cmd.Flags().Lookup(name).Hidden = true
	}
}

// reaches reports whether a finding of the severity makes the exit code 1.
func (f *commonFlags) reaches(s finding.Severity) bool {
	if f.failOn == failNever {
		return false
	}
	least, err := finding.ParseSeverity(f.failOn)
	return err == nil && s >= least
}
