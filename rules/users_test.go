package rules_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/rules"
)

const (
	userHeader = "# METADATA\n# title: a house rule\n# custom:\n#   severity: warning\n"
	spoken     = "\nfindings contains {\"message\": \"spoken\"}\n"
)

func house(files map[string]string) rules.Folder {
	dir := fstest.MapFS{}
	for name, text := range files {
		id, _, _ := strings.Cut(name, "/")
		if !strings.HasPrefix(text, "package") && !strings.HasPrefix(text, "#") {
			text = userHeader + "package rollcast.rules[\"" + id + "\"]\n" + text
		}
		dir[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return rules.Folder{Name: "house", FS: dir}
}

// said is what the house's rules say of the workload, as rule and message.
func said(t *testing.T, e *rules.Engine) (list []string, err error) {
	t.Helper()
	found, err := e.Check(context.Background(), subjects(t, web))
	for _, f := range found {
		if f.Message == "spoken" || strings.HasPrefix(f.Rule, "my-") {
			list = append(list, f.Rule+": "+f.Message)
		}
	}
	return list, err
}

// TestUsers runs a house's rule beside the shipped ones, with their lib, its
// own, and parameters.
func TestUsers(t *testing.T) {
	f := house(map[string]string{
		"my-rule/rule.rego": userHeader + "#   params: {most: {description: a, default: 3}}\npackage rollcast.rules[\"my-rule\"]\n" +
			"import data.house.names\nimport data.rollcast.lib\n" +
			"findings contains {\"message\": sprintf(\"%s %d\", [names.first, data.rollcast.params[\"my-rule\"].most])} if { lib.proves_nothing(input.probes[0]) }\n",
		"lib/names.rego": "package house.names\nfirst := \"ada\"\n",
	})
	e, err := rules.New(rules.Options{Users: []rules.Folder{f}, Params: map[string]map[string]any{"my-rule": {"most": 4}}})
	if err != nil || len(e.Faults()) > 0 {
		t.Fatal(err, e.Faults())
	}
	got, err := said(t, e)
	if diff := cmp.Diff([]string{"my-rule: ada 4"}, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	found, err := e.Check(context.Background(), subjects(t, web))
	if err != nil || len(found) < 2 {
		t.Errorf("the shipped rules are silent: %v %v", found, err)
	}
}

// TestUsersFaults shows that a broken rule is told, with its line, and costs no
// other rule.
func TestUsersFaults(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"my-rule", "findings contains {", "house/my-rule/rule.rego:6: "},
		{"my-rule", "findings contains f if f := nosuch(1)", "house/my-rule/rule.rego:6: undefined function nosuch"},
		{"my-rule", "findings contains f if f := http.send({})", "house/my-rule/rule.rego:6: undefined function http.send, because rules see no network"},
		{"my-rule", "findings[f] { f := {\"message\": \"m\"} }", "house/my-rule/rule.rego:6: this is version 0 of Rego"},
		{"my-rule", "findings contains {\"message\": 1 + \"a\"}", "house/my-rule/rule.rego:6: plus: invalid argument(s)"},
		{"my-rule", "# METADATA\n# title: a\npackage rollcast.rules[\"my-rule\"]\n", "house/my-rule/rule.rego:1: METADATA: custom.severity is required, as a string"},
		{"my-rule", "package rollcast.rules[\"my-rule\"]\n", "house/my-rule/rule.rego: no METADATA with scope: package above the package line"},
		{"My_Rule", "package rollcast.rules[\"My_Rule\"]\n", "house/My_Rule/rule.rego: a rule's folder is named in lower case"},
		{"probe-port-unknown", spoken, "house/probe-port-unknown: there is a rule probe-port-unknown already"},
	} {
		e, err := rules.New(rules.Options{Users: []rules.Folder{house(map[string]string{tc.name + "/rule.rego": tc.text, "my-other/rule.rego": spoken})}})
		if err != nil {
			t.Fatal(err)
		}
		if faults := e.Faults(); len(faults) != 1 || !strings.HasPrefix(faults[0].Error(), tc.want) {
			t.Errorf("%s: %v", tc.text, faults)
		}
		got, err := said(t, e)
		if diff := cmp.Diff([]string{"my-other: spoken"}, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", tc.text, err, diff)
		}
	}
	e, err := rules.New(rules.Options{Users: []rules.Folder{house(nil)}})
	if err != nil || len(e.Faults()) != 1 || e.Faults()[0].Error() != "house holds no rule: a rule is a folder with a rule.rego" {
		t.Error(err, e.Faults())
	}
}

// TestUsersEvaluation shows that a rule which fails while it runs costs no other
// its findings.
func TestUsersEvaluation(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"endless", "findings contains {\"message\": \"m\"} if { count([1 | some x in numbers.range(1, 100000); some y in numbers.range(1, 100000); x == y + 200000]) == 1 }",
			"rule my-rule takes too long, longer than 3s: it is left out from here on"},
		{"conflict", "findings contains {\"message\": f(1)}\nf(x) := 1\nf(x) := 2 if x == 1", "rule my-rule: house/my-rule/rule.rego:8: conflict_error: function data.rollcast.rules[\"my-rule\"].f produced conflicting values for the same inputs"},
		{"no message", "findings contains {\"at\": 0}", "rule my-rule gives a finding without a message"},
	} {
		e, err := rules.New(rules.Options{Timeout: 3 * time.Second, Users: []rules.Folder{house(map[string]string{"my-rule/rule.rego": tc.text, "my-other/rule.rego": spoken})}})
		if err != nil || len(e.Faults()) > 0 {
			t.Fatal(tc.name, err, e.Faults())
		}
		got, err := said(t, e)
		if diff := cmp.Diff([]string{"my-other: spoken"}, got); diff != "" || err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v %s", tc.name, err, diff)
		}
		if tc.name == "endless" {
			if _, err := said(t, e); err != nil {
				t.Errorf("the rule is not left out: %v", err)
			}
		}
	}
}
