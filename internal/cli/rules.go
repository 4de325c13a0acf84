package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/rules"
	"github.com/spf13/cobra"
)

type rulesOptions struct {
	io   *streams
	rule string // "" lists them all
	dirs []string
}

func newRules(s *streams, run func(*rulesOptions) error) *cobra.Command {
	o := &rulesOptions{io: s}
	cmd := &cobra.Command{
		Use:   "rules [RULE]",
		Short: "List the rules, or explain one",
		Long: `List the rules with their severity and profile, or explain one: its reason, a
bad and a good example, and its sources.`,
		Example: `  rollcast rules
  rollcast rules liveness-kills-slow-start
  rollcast rules new house/peak-below-60   write a rule of your own
  rollcast rules test house                run the tests of your rules`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("rules explains one rule at a time, but got %q", strings.Join(args, " "))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.rule = args[0]
			}
			return run(o)
		},
	}
	cmd.Flags().StringArrayVar(&o.dirs, "rules", nil, "list the rules of this `DIR` too; repeatable")
	cmd.AddCommand(newRulesNew(s, runRulesNew), newRulesTest(s, runRulesTest))
	return cmd
}

func runRules(o *rulesOptions) error {
	folders, err := ruleFolders(o.dirs)
	if err != nil {
		return err
	}
	users := rules.ReadUsers(folders)
	if o.rule == "" {
		return listRules(o, users)
	}
	for _, r := range users {
		if r.ID == o.rule {
			_, err := fmt.Fprintf(o.io.out, "# %s\n\n%s: %s.\n\n%s\n", r.ID, r.Severity, r.Title, r.Why)
			return err
		}
	}
	if rule, ok := rules.Find(o.rule); ok {
		page, err := rules.Page(rule)
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(o.io.out, page)
		return err
	}
	for _, r := range review.FixedRules() {
		if r.ID == o.rule {
			_, err := fmt.Fprintf(o.io.out, "# %s\n\n%s: %s.\n", r.ID, r.Severity, r.Title)
			return err
		}
	}
	return knownRule(o.rule, users...)
}

func listRules(o *rulesOptions, users []rules.Rule) error {
	w := tabwriter.NewWriter(o.io.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "RULE\tSEVERITY\tPROFILE\tTITLE")
	for _, r := range review.FixedRules() {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.ID, r.Severity, "always", r.Title)
	}
	for _, r := range append(rules.Catalogue(), users...) {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.ID, r.Severity, r.Profile, r.Title)
	}
	return w.Flush()
}
