package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/rules/ruletest"
	"github.com/spf13/cobra"
)

type rulesTestOptions struct {
	io  *streams
	dir string
}

func newRulesTest(s *streams, run func(*rulesTestOptions) error) *cobra.Command {
	o := &rulesTestOptions{io: s}
	return &cobra.Command{
		Use:   "test DIR",
		Short: "Run the tests of your own rules",
		Long: `Run the tests of every rule folder in DIR: the rule says of bad.yaml exactly what
its '# want "regexp"' comments expect, on their lines, and nothing of good.yaml
and near.yaml, and its Rego tests hold. DIR may be the folder of one rule.`,
		Example: `  rollcast rules test house
  rollcast rules test house/peak-below-60`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("rules test needs one folder")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			o.dir = args[0]
			return run(o)
		},
	}
}

func runRulesTest(o *rulesTestOptions) error {
	dir, only := o.dir, ""
	if _, err := os.Stat(filepath.Join(dir, "rule.rego")); err == nil {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return err
		}
		dir, only = filepath.Join(dir, ".."), filepath.Base(abs)
	}
	f, err := ruleFolder(dir)
	if err != nil {
		return err
	}
	verdicts, errs := ruletest.Test(context.Background(), f)
	ran, bad := 0, false
	for _, v := range verdicts {
		if only != "" && v.Rule != only {
			continue
		}
		ran++
		for _, fault := range v.Faults {
			bad = true
			fmt.Fprintln(o.io.out, fault)
		}
		if len(v.Faults) == 0 {
			fmt.Fprintf(o.io.out, "%s: %s met, %s silent, %s passed\n", v.Rule,
				count(v.Wants, "expectation"), count(v.Silent, "manifest"), count(v.Rego, "Rego test"))
		}
	}
	failed := false
	for _, err := range errs {
		if only == "" || ran == 0 { // of a single rule's folder, only what concerns it
			failed = true
			fmt.Fprintf(o.io.err, "rollcast: %s\n", err)
		}
	}
	return exit(failed, bad)
}

// count is a number of things: 1 manifest, 2 manifests.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// ruleFolder is a folder of users' rules.
func ruleFolder(dir string) (rules.Folder, error) {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return rules.Folder{}, usagef("%s cannot be read: name a folder of rules", dir)
	case !info.IsDir():
		return rules.Folder{}, usagef("%s is a file: name a folder of rules", dir)
	}
	return rules.Folder{Name: filepath.ToSlash(filepath.Clean(dir)), FS: os.DirFS(dir)}, nil
}

// ruleFolders are the folders that --rules names.
func ruleFolders(dirs []string) ([]rules.Folder, error) {
	var list []rules.Folder
	for _, dir := range dirs {
		f, err := ruleFolder(dir)
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
}
