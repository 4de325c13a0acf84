package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rollcast/rollcast/planner"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"rollcast": func() { os.Exit(int(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))) },
	})
}

// TestScript runs the scripts of testdata/script, named <command>_<topic>.txtar.
// UPDATE=1 rewrites what they compare output with.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		UpdateScripts:       os.Getenv("UPDATE") != "",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":    cmdCode,
			"hostile": cmdHostile,
			"states":  cmdStates,
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
	})
}

// cmdCode runs a program and demands an exit code: code 1 rollcast lint .
func cmdCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N program [argument...]")
	}
	want, err := strconv.Atoi(args[0])
	if err != nil {
		ts.Fatalf("code: %s is no exit code", args[0])
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("code: %v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// cmdStates prints the steps of a plan's JSON as the reference traces are
// written, one line a step: its event, then desired/ready of each revision,
// +n for terminating pods. states FILE
func cmdStates(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: states file")
	}
	var got struct {
		Plans []struct {
			Steps   []planner.Step
			Outcome planner.Outcome
		}
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &got))
	for _, p := range got.Plans {
		for _, step := range p.Steps {
			fmt.Fprintf(ts.Stdout(), "%s", step.Event)
			for _, r := range step.Revisions {
				fmt.Fprintf(ts.Stdout(), " %d:%d/%d", r.Revision, r.Desired, r.Ready)
				if r.Terminating > 0 {
					fmt.Fprintf(ts.Stdout(), "+%d", r.Terminating)
				}
			}
			fmt.Fprintln(ts.Stdout())
		}
		fmt.Fprintln(ts.Stdout(), p.Outcome)
	}
}

// cmdHostile writes input that nobody sends in good faith: hostile KIND FILE.
func cmdHostile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: hostile KIND file")
	}
	make, ok := hostile[args[0]]
	if !ok {
		ts.Fatalf("hostile: unknown kind %s", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(make()), 0o644))
}

// hostile makes texts that try to cost memory, time or the stack.
var hostile = map[string]func() string{
	// Nine levels of nine aliases: 9⁹ values from 1 KB.
	"aliases": func() string {
		var b strings.Builder
		b.WriteString("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\nx0: &x0 [lol]\n")
		for i := 1; i <= 9; i++ {
			fmt.Fprintf(&b, "x%d: &x%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*x%d, ", i-1), 9), ", "))
		}
		return b.String()
	},
	"deep-flow": func() string {
		return head + "data: " + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + "\n"
	},
	"deep-map": func() string {
		return head + "data: " + strings.Repeat("{a: ", 10_000) + strings.Repeat("}", 10_000) + "\n"
	},
	"deep-block": func() string { return head + "data:\n  " + strings.Repeat("- ", 10_000) + "x\n" },
	"deep-json": func() string {
		return `{"apiVersion": "v1", "kind": "ConfigMap", "data": ` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + "}"
	},
	"large":  func() string { return head + "data:\n  k: " + strings.Repeat("x", 17<<20) + "\n" },
	"binary": func() string { return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \x00\x01\x02\xff\xfe\n" },
	"latin1": func() string { return head + "data:\n  k: caf\xe9\n" },
	// A line of a million characters and a million short lines.
	"long-line":  func() string { return head + "data: {k: \"" + strings.Repeat("ab ", 1<<20) + "\"}\n" },
	"many-docs":  func() string { return strings.Repeat("---\n"+head, 20_000) },
	"many-lines": func() string { return head + strings.Repeat("# comment\n", 1_000_000) },
}

const head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: hostile\n"
