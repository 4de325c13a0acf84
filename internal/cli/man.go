package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newMan writes manual pages; a release holds them.
func newMan() *cobra.Command {
	return &cobra.Command{
		Use:    "man DIR",
		Short:  "Write a manual page of each command into a folder",
		Hidden: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("man needs the folder that the pages are written to")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return writePages(args[0], cmd.Root()) },
	}
}

// writePages writes the page of cmd and of each command below it.
func writePages(dir string, cmd *cobra.Command) error {
	if cmd.Hidden || cmd.Name() == "help" {
		return nil
	}
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
	if err := os.WriteFile(filepath.Join(dir, name+".1"), []byte(manPage(name, cmd)), 0o644); err != nil {
		return err
	}
	for _, sub := range cmd.Commands() {
		if err := writePages(dir, sub); err != nil {
			return err
		}
	}
	return nil
}

// manPage is a command's help as man(7) reads it.
func manPage(name string, cmd *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %s 1\n.SH NAME\n%s \\- %s\n", roff(strings.ToUpper(name)), roff(name), roff(cmd.Short))
	use := cmd.UseLine()
	if cmd.HasAvailableSubCommands() {
		use = cmd.CommandPath() + " COMMAND"
	}
	fmt.Fprintf(&b, ".SH SYNOPSIS\n%s\n.SH DESCRIPTION\n%s\n", roff(use), roff(cmd.Long))
	if cmd.HasAvailableSubCommands() {
		b.WriteString(".SH COMMANDS\n")
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", roff(sub.CommandPath()), roff(sub.Short))
			}
		}
	}
	options := ""
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		what, usage := pflag.UnquoteUsage(f)
		flag := "--" + f.Name
		if f.Shorthand != "" {
			flag = "-" + f.Shorthand + ", " + flag
		}
		options += fmt.Sprintf(".TP\n.B %s\n%s\n", roff(strings.TrimSpace(flag+" "+what)), roff(usage))
	})
	if options != "" {
		b.WriteString(".SH OPTIONS\n" + options)
	}
	b.WriteString(".SH EXIT STATUS\n.TP\n.B 0\nnothing at or above \\-\\-fail\\-on\n.TP\n.B 1\nfindings; a rollout that stalls; an object the API server would reject\n.TP\n.B 2\nthe job could not be done\n")
	b.WriteString(".SH ENVIRONMENT\nEvery option has a variable: ROLLCAST_FAIL_ON stands for \\-\\-fail\\-on. NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR are heeded.\n")
	if cmd.HasExample() {
		fmt.Fprintf(&b, ".SH EXAMPLES\n.nf\n%s\n.fi\n", roff(cmd.Example))
	}
	return b.String()
}

// roff protects what man(7) would read as its own.
func roff(text string) string {
	lines := strings.Split(strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(strings.TrimRight(text, "\n")), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
