// Package cli is the command line: commands, flags, exit codes and streams.
// Each command is one file of the same shape: an options struct, a function
// that makes the cobra command and fills the options from flags, and a run
// function that works on the options alone.
package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// An ExitCode is what the process tells its caller; scripts rely on the three.
type ExitCode int

const (
	ExitClean    ExitCode = 0 // nothing at or above --fail-on
	ExitFindings ExitCode = 1 // findings, a rollout that stalls, an object the server would reject
	ExitFailure  ExitCode = 2 // the job could not be done: usage, configuration, unreadable file, internal error
)

// Main runs the command line and says how the process should exit. Results go
// to out, everything else to errOut.
func Main(args []string, in io.Reader, out, errOut io.Writer) ExitCode {
	tuneProcess()
	s := newStreams(in, out, errOut)
	root := newRoot(s)
	root.SetArgs(args)
	cmd, err := root.ExecuteC()
	s.rest()
	return exitCode(s, cmd, err)
}

// exitCode turns a command's error into the exit code, and prints it unless
// the results have said everything already.
func exitCode(s *streams, cmd *cobra.Command, err error) ExitCode {
	var usage *usageError
	switch {
	case err == nil:
		return ExitClean
	case errors.Is(err, errFindings):
		return ExitFindings
	case errors.Is(err, errSaid):
		return ExitFailure
	case errors.As(err, &usage):
		fmt.Fprintf(s.err, "rollcast: %s\n", err)
		fmt.Fprintf(s.err, "see '%s --help'\n", cmd.CommandPath())
		return ExitFailure
	default:
		fmt.Fprintf(s.err, "rollcast: %s\n", err)
		return ExitFailure
	}
}

// newRoot is the whole tree of commands.
func newRoot(s *streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "rollcast",
		Short: "Say what Kubernetes manifests will do, before anyone applies them",
		Long: `rollcast reads Kubernetes manifests and says, before anyone applies them, what
the API server will reject, what will go wrong in the rollout, and which pod
counts the rollout goes through, step by step. No cluster, no network.`,
		Example: `  rollcast review                      everything about the manifests below this folder
  rollcast lint deploy.yaml            findings only
  rollcast plan deploy.yaml            the rollout, step by step
  kustomize build . | rollcast lint -  from a pipe
  rollcast rules                       what is looked for`,
		Version:           versionLine(),
		SilenceUsage:      true,
		SilenceErrors:     true,
		Args:              unknownCommand,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return environment(cmd) },
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetFlagErrorFunc(flagError)
	root.SetHelpTemplate(helpTemplate)
	root.SetUsageTemplate(usageTemplate)
	root.AddCommand(
		newLint(s, runLint),
		newPlan(s, runPlan),
		newReview(s, runReview),
		newFix(s, runFix),
		newFacts(s, runFacts),
		newRules(s, runRules),
		newSchema(s, runSchema),
		newConfig(s),
		newCompletion(s),
		newMan(),
		newVersion(s, runVersion),
	)
	complete(root)
	for _, cmd := range root.Commands() {
		cmd.Version = root.Version // --version is a flag of every command
	}
	root.InitDefaultHelpCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "help" {
			cmd.Hidden = true // --help says it all, but people type both
		}
	}
	return root
}

const helpTemplate = `{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{.UsageString}}`

const usageTemplate = `Usage:
{{if and .HasAvailableSubCommands (not .HasParent)}}  {{.CommandPath}} COMMAND{{else}}  {{.UseLine}}{{end}}
{{if .HasExample}}
Examples:
{{.Example}}
{{end}}{{if .HasAvailableSubCommands}}
Commands:
{{range .Commands}}{{if .IsAvailableCommand}}  {{rpad .Name .NamePadding}} {{.Short}}
{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}
Flags:
{{.LocalFlags.FlagUsagesWrapped 100 | trimTrailingWhitespaces}}
{{end}}
Exit codes:
  0  nothing at or above --fail-on
  1  findings; a rollout that stalls; an object the API server would reject
  2  the job could not be done: usage, unreadable file, internal error
`
