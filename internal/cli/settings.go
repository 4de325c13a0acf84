package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/rollcast/rollcast/config"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/review"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A flag wins over the environment, the environment over the configuration
// file, and that over the default.

// environment gives every flag that the command line leaves out the value of
// its variable: ROLLCAST_FAIL_ON for --fail-on.
func environment(cmd *cobra.Command) error {
	given := func(flag string) bool { return cmd.Flags().Changed(flag) }
	named := given("config") || given("no-config") // then neither variable counts
	var first error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		name := variable(f.Name)
		value := os.Getenv(name)
		if first != nil || f.Changed || value == "" || f.Name == "help" || f.Name == "version" {
			return
		}
		if named && (f.Name == "config" || f.Name == "no-config") {
			return
		}
		if err := cmd.Flags().Set(f.Name, value); err != nil {
			first = usagef("%s: %s", name, plain(err))
		}
	})
	return first
}

// variable is the environment's name of a flag.
func variable(flag string) string {
	return "ROLLCAST_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// plain is what is wrong with a flag's value, without the flag.
func plain(err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return invalid.Unwrap()
	}
	return err
}

// configure reads the configuration file, if there is one, and gives the flags
// that nobody has set its values.
func (f *commonFlags) configure(cmd *cobra.Command) error {
	if f.noConfig {
		if cmd.Flags().Changed("config") {
			return usagef("--config and --no-config exclude each other")
		}
		return nil
	}
	working, err := os.Getwd()
	if err != nil {
		return err
	}
	name := f.configFile
	if name == "" {
		if name, err = config.Find(working); err != nil || name == "" {
			return err
		}
		name = filepath.ToSlash(relative(name))
	}
	if len(f.ruleDirs) == 0 { // the command line and the environment win
		f.ruleDirs = config.RuleFolders(name, working)
	}
	users, err := ruleFolders(f.ruleDirs)
	if err != nil {
		return err
	}
	c, err := config.Read(name, working, review.Vocabulary(users...))
	var missing *fs.PathError
	if errors.As(err, &missing) {
		return usagef("cannot read the configuration %s: %s", name, missing.Err)
	}
	if err != nil {
		return err
	}
	if cmd.Flags().Changed("profile") {
		c.DropProfiles()
	}
	f.config = c
	given := map[string]bool{}
	cmd.Flags().Visit(func(flag *pflag.Flag) { given[flag.Name] = true })
	for _, s := range c.Settings {
		flag := cmd.Flags().Lookup(flagName(s.Key))
		if flag == nil || given[flag.Name] {
			continue
		}
		value := s.Value
		switch {
		case s.Key == "baseline", s.Key == "schema", s.Key == "context" && value != contextNone:
			value = c.Resolve(value)
		}
		if err := cmd.Flags().Set(flag.Name, value); err != nil {
			return fmt.Errorf("%s:%d:%d: %s: %w", name, s.Pos.Line, s.Pos.Column, s.Key, plain(err))
		}
	}
	return nil
}

// flagName is the flag that a key of the file stands for: fail-on for failOn.
func flagName(key string) string {
	var b strings.Builder
	for _, r := range key {
		if unicode.IsUpper(r) {
			b.WriteByte('-')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// judged leaves out the files that the configuration excludes, and the files
// that tell rollcast what to do.
func (f *commonFlags) judged(files []*manifest.File) []*manifest.File {
	own := map[string]bool{}
	for _, name := range []string{f.configFile, f.baseline} {
		if abs, err := filepath.Abs(name); err == nil && name != "" {
			own[abs] = true
		}
	}
	var kept []*manifest.File
	for _, file := range files {
		abs, err := filepath.Abs(file.Name)
		if filepath.Base(file.Name) == config.Name || err == nil && own[abs] || f.config.Excludes(file.Name) {
			continue
		}
		kept = append(kept, file)
	}
	return kept
}
