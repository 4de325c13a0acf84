package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

var (
	// errFindings means that the results themselves say why the exit code is 1.
	errFindings = errors.New("findings")
	// errSaid means that every failure has been printed where it happened, so
	// that one unreadable file costs no other file's results.
	errSaid = errors.New("said already")
)

// A usageError is a command line that cannot be obeyed.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// unknownChoice is the error for a value that is none of the choices: it lists
// them, and names the nearest.
func unknownChoice(what, value string, choices []string) error {
	hint := ""
	if near := nearest(value, choices); near != "" {
		hint = fmt.Sprintf(" (did you mean %q?)", near)
	}
	return usagef("unknown %s %q%s: choose %s", what, value, hint, orList(choices))
}

// flagError says what is wrong with a flag, with the nearest flag of the command.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		if unknown.GetSpecifiedShortnames() != "" {
			return usagef("unknown flag -%s", unknown.GetSpecifiedName())
		}
		return unknownFlag(cmd, unknown.GetSpecifiedName())
	}
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return usagef("--%s: %s", invalid.GetFlag().Name, invalid.Unwrap())
	}
	return usagef("%s", err)
}

// unknownFlag names the nearest flag, or the commands that do have this one.
func unknownFlag(cmd *cobra.Command, name string) error {
	var names, others []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	for _, other := range cmd.Root().Commands() {
		if other != cmd && other.IsAvailableCommand() && other.Flags().Lookup(name) != nil {
			others = append(others, other.Name())
		}
	}
	if len(others) > 0 {
		return usagef("%s has no flag --%s, only %s", cmd.Name(), name, orList(others))
	}
	if near := nearest(name, names); near != "" {
		return usagef("unknown flag --%s (did you mean --%s?)", name, near)
	}
	return usagef("unknown flag --%s", name)
}

// unknownCommand is the Args function of a command that only has subcommands.
func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return unknownChoice("command", args[0], names)
}
