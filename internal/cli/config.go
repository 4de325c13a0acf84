package cli

import (
	"io"

	"github.com/rollcast/rollcast/config"
	"github.com/rollcast/rollcast/review"
	"github.com/spf13/cobra"
)

// newConfig prints what a configuration may say. Its two commands need no run
// functions of their own: they have no options.
func newConfig(s *streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Print a commented default configuration, or its JSON Schema",
		Long: `Print what .rollcast.yaml may say. The file is looked for in the working folder
and upwards to the root of the git repository; the nearest one counts.`,
		Example: `  rollcast config init > .rollcast.yaml
  rollcast config schema > config.schema.json`,
		Args: unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		&cobra.Command{
			Use:     "init",
			Short:   "Print a commented default configuration",
			Example: `  rollcast config init > .rollcast.yaml`,
			Args:    noArguments,
			RunE: func(*cobra.Command, []string) error {
				_, err := io.WriteString(s.out, config.Default(review.Vocabulary()))
				return err
			},
		},
		&cobra.Command{
			Use:     "schema",
			Short:   "Print the JSON Schema of the configuration, for editors",
			Example: `  rollcast config schema > config.schema.json`,
			Args:    noArguments,
			RunE: func(*cobra.Command, []string) error {
				_, err := s.out.Write(config.Schema(review.Vocabulary()))
				return err
			},
		},
	)
	return cmd
}
