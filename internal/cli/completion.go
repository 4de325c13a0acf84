package cli

import (
	"slices"
	"strings"

	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/rules"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

var shells = []string{"bash", "zsh", "fish", "powershell"}

func newCompletion(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print what makes a shell complete commands, flags, rules and formats",
		Long: `Print the script that makes a shell complete commands, flags, formats and the
names of rules: for ` + orList(shells) + `.`,
		Example: `  source <(rollcast completion bash)                       this shell only
  rollcast completion bash > /etc/bash_completion.d/rollcast
  rollcast completion zsh > "${fpath[1]}/_rollcast"
  rollcast completion fish > ~/.config/fish/completions/rollcast.fish
  rollcast completion powershell >> $PROFILE`,
		ValidArgs: shells,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("completion is for one shell: choose %s", orList(shells))
			}
			if !slices.Contains(shells, args[0]) {
				return unknownChoice("shell", args[0], shells)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(s.out, true)
			case "zsh":
				return root.GenZshCompletion(s.out)
			case "fish":
				return root.GenFishCompletion(s.out, true)
			default:
				return root.GenPowerShellCompletionWithDesc(s.out)
			}
		},
	}
}

// complete teaches every command below cmd which words its flags and arguments
// take.
func complete(cmd *cobra.Command) {
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if words := completions(f); words != nil {
			// It errors where the flag has words already, which then count.
			_ = cmd.RegisterFlagCompletionFunc(f.Name, words)
		}
	})
	switch {
	case cmd.ValidArgsFunction != nil || cmd.ValidArgs != nil:
	case strings.Contains(cmd.Use, "PATH"):
		cmd.ValidArgsFunction = fixed([]string{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt)
	case strings.Contains(cmd.Use, "RULE]"):
		cmd.ValidArgsFunction = fixed(describedRules(), cobra.ShellCompDirectiveNoFileComp)
	case !cmd.HasSubCommands():
		cmd.ValidArgsFunction = cobra.NoFileCompletions
	}
	for _, sub := range cmd.Commands() {
		complete(sub)
	}
}

// completions are the words that a flag takes, nil for files.
func completions(f *pflag.Flag) cobra.CompletionFunc {
	if c, ok := f.Value.(choice); ok {
		return fixed(c.choices, cobra.ShellCompDirectiveNoFileComp)
	}
	switch what, _ := pflag.UnquoteUsage(f); {
	case what == "RULE":
		return fixed(describedRules(), cobra.ShellCompDirectiveNoFileComp)
	case strings.HasPrefix(what, "DIR"):
		return fixed(nil, cobra.ShellCompDirectiveFilterDirs)
	case strings.HasPrefix(what, "FILE"):
		return nil
	}
	return cobra.NoFileCompletions
}

// describedRules are the rules with their titles, as cobra shows them.
func describedRules() []string {
	var list []string
	for _, r := range review.FixedRules() {
		list = append(list, r.ID+"\t"+r.Title)
	}
	for _, r := range rules.Catalogue() {
		list = append(list, r.ID+"\t"+r.Title)
	}
	return list
}

func fixed(words []string, how cobra.ShellCompDirective) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) { return words, how }
}
