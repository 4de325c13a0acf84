package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/rules/ruletest"
	"github.com/spf13/cobra"
)

type rulesNewOptions struct {
	io   *streams
	path string // the folder to write; its last element is the rule's name
}

func newRulesNew(s *streams, run func(*rulesNewOptions) error) *cobra.Command {
	o := &rulesNewOptions{io: s}
	return &cobra.Command{
		Use:   "new [DIR/]NAME",
		Short: "Write the folder of a new rule of your own",
		Long: `Write the folder of a new rule: rule.rego, its tests, and a bad and a good
manifest. It works as it stands; change it into the rule that you mean, and run
the tests of its folder with 'rollcast rules test DIR'.`,
		Example: `  rollcast rules new house/peak-below-60
  rollcast rules test house
  rollcast lint --rules house`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("rules new needs one name, such as house/peak-below-60")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			o.path = args[0]
			return run(o)
		},
	}
}

func runRulesNew(o *rulesNewOptions) error {
	id := filepath.Base(o.path)
	if _, taken := rules.Find(id); taken {
		return usagef("there is a rule %s already: choose another name", id)
	}
	files, err := ruletest.Scaffold(id)
	if err != nil {
		return usagef("%s", err)
	}
	if _, err := os.Lstat(o.path); !errors.Is(err, fs.ErrNotExist) {
		return usagef("%s is there already", o.path)
	}
	if err := os.MkdirAll(o.path, 0o777); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		name, data := filepath.Join(o.path, name), files[name]
		if err := os.WriteFile(name, data, 0o666); err != nil {
			return err
		}
		fmt.Fprintln(o.io.out, filepath.ToSlash(name))
	}
	return nil
}
