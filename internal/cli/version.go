package cli

import (
	"cmp"
	"fmt"
	"runtime/debug"

	"github.com/rollcast/rollcast/review"
	"github.com/spf13/cobra"
)

type versionOptions struct {
	io *streams
}

func newVersion(s *streams, run func(*versionOptions) error) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, its commit, and the Kubernetes versions it knows",
		Args:  noArguments,
		RunE:  func(*cobra.Command, []string) error { return run(&versionOptions{io: s}) },
	}
}

func runVersion(o *versionOptions) error {
	_, err := fmt.Fprintln(o.io.out, versionLine())
	return err
}

// version and commit are set by a release build, with -ldflags "-X
// …/internal/cli.version=v1.2.3"; any other build knows them from git.
var version, commit string

// versionName is rollcast's own version: v1.2.3, or (devel).
func versionName() string {
	v := version
	if info, ok := debug.ReadBuildInfo(); ok && v == "" {
		v = info.Main.Version
	}
	return cmp.Or(v, "(devel)")
}

// versionLine is what --version prints: rollcast v1.2.3 (commit 1a2b3c4), Kubernetes 1.36.
func versionLine() string {
	at := commit
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && at == "" {
				at = s.Value
			}
		}
	}
	if len(at) >= 7 {
		at = " (commit " + at[:7] + ")"
	}
	minors := review.KubernetesVersions
	return fmt.Sprintf("rollcast %s%s, Kubernetes %s to %s", versionName(), at, minors[0], minors[len(minors)-1])
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%s takes no arguments, but got %q", cmd.CommandPath(), args[0])
	}
	return nil
}
