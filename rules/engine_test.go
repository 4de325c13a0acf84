package rules_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/rules/ruletest"
	"github.com/rollcast/rollcast/workload"
)

// metadata is the METADATA of a test's rule.
const metadata = `# METADATA
# title: a test
# description: why
# related_resources: [{ref: "https://example.com", description: a source}]
# custom:
#   summary: a sentence
#   severity: warning
#   category: capacity
#   confidence: high
#   profile: recommended
#   since: "1"
#   computed: somehow
`

// engine has one rule with the body.
func engine(t testing.TB, body string, o rules.Options) *rules.Engine {
	t.Helper()
	e, err := rules.Load(fstest.MapFS{"test/rule.rego": {Data: []byte(metadata + "package rollcast.rules[\"test\"]\n" + body)}}, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        livenessProbe:
          exec: {command: ["true"]}
`

func subjects(t testing.TB, text string) []*facts.Subject {
	t.Helper()
	list, err := ruletest.Subjects("web.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestNew(t *testing.T) {
	for _, tc := range []struct {
		o    rules.Options
		want string
	}{
		{rules.Options{Only: []string{"no-such"}}, `unknown rule "no-such": choose ` + rules.Catalogue()[0].ID + ", "},
		{rules.Options{Disable: []string{"no-such"}}, `unknown rule "no-such": choose `},
		{rules.Options{Profile: "loud"}, `unknown profile "loud": choose minimal, recommended, strict`},
	} {
		if _, err := rules.New(tc.o); err == nil || !strings.HasPrefix(err.Error(), tc.want) {
			t.Errorf("%+v: %v", tc.o, err)
		}
	}
	for _, tc := range []struct {
		o     rules.Options
		has   string
		lacks string
	}{
		{rules.Options{}, "percent-rounds-to-zero", ""},
		{rules.Options{Profile: rules.Minimal}, "probe-port-unknown", "percent-rounds-to-zero"},
		{rules.Options{Disable: []string{"probe-port-unknown"}}, "percent-rounds-to-zero", "probe-port-unknown"},
		{rules.Options{Profile: rules.Minimal, Only: []string{"percent-rounds-to-zero"}}, "percent-rounds-to-zero", "probe-port-unknown"},
	} {
		e, err := rules.New(tc.o)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, r := range e.Rules() {
			ids = append(ids, r.ID)
		}
		list := strings.Join(ids, " ")
		if !strings.Contains(list, tc.has) || tc.lacks != "" && strings.Contains(list, tc.lacks) {
			t.Errorf("%+v: %s", tc.o, list)
		}
	}
	e, _ := rules.New(rules.Options{Only: []string{"percent-rounds-to-zero"}})
	if !e.Wants("Deployment") || e.Wants("StatefulSet") || e.Wants("ConfigMap") {
		t.Error("kinds are not those of the METADATA")
	}
}

// TestStamp shows what rules give and what Go makes of it.
func TestStamp(t *testing.T) {
	type stamped struct {
		Severity finding.Severity
		Message  string
		Path     string
		Line     int
		Column   int
	}
	probe := "spec.template.spec.containers[0].livenessProbe"
	for _, tc := range []struct {
		name, body string
		levels     map[string]finding.Severity
		want       stamped
		err        string
	}{
		{name: "the object", body: `findings contains {"message": "m"}`, want: stamped{finding.Warning, "m", "", 1, 1}},
		{name: "a map at its key", body: `findings contains {"at": input.probes[0].id, "message": "m"}`, want: stamped{finding.Warning, "m", probe, 12, 9}},
		{name: "a scalar at its value", body: `findings contains {"at": input.containers[0].id, "path": ["name"], "message": "m"}`,
			want: stamped{finding.Warning, "m", "spec.template.spec.containers[0].name", 11, 15}},
		{name: "an index", body: `findings contains {"at": input.probes[0].id, "path": ["exec", "command", 0], "message": "m"}`,
			want: stamped{finding.Warning, "m", probe + ".exec.command[0]", 13, 28}},
		{name: "a default at the nearest key", body: `findings contains {"at": input.strategy.maxSurge.id, "message": "m"}`, want: stamped{finding.Warning, "m", "spec", 5, 1}},
		{name: "lower", body: `findings contains {"message": "m", "severity": "info"}`, want: stamped{finding.Info, "m", "", 1, 1}},
		{name: "higher is not heeded", body: `findings contains {"message": "m", "severity": "error"}`, want: stamped{finding.Warning, "m", "", 1, 1}},
		{name: "configured", body: `findings contains {"message": "m", "severity": "info"}`, levels: map[string]finding.Severity{"test": finding.Error}, want: stamped{finding.Error, "m", "", 1, 1}},
		{name: "text is no format", body: `findings contains {"message": "100% %d {x}"}`, want: stamped{finding.Warning, "100% %d {x}", "", 1, 1}},
		{name: "no message", body: `findings contains {"at": 0}`, err: "rule test gives a finding without a message"},
		{name: "unknown severity", body: `findings contains {"message": "m", "severity": "fatal"}`, err: `rule test: unknown severity "fatal": choose error, warning or info`},
		{name: "unknown id", body: `findings contains {"message": "m", "at": 99}`, err: "rule test: at is 99, which is nothing's id"},
		{name: "no id", body: `findings contains {"message": "m", "at": "probe"}`, err: "rule test: at is probe and no id"},
		{name: "no index", body: `findings contains {"message": "m", "path": [-1]}`, err: "rule test: path holds -1, which is no index"},
		{name: "no step", body: `findings contains {"message": "m", "path": [true]}`, err: "rule test: path holds true, which is no key and no index"},
		{name: "no object", body: `findings contains "m"`, err: "rule test gives something that is no object"},
		{name: "related nowhere", body: `findings contains {"message": "m", "related": [{"at": 99}]}`, err: "rule test: related: at is 99, which is nothing's id"},
	} {
		found, err := engine(t, tc.body, rules.Options{Levels: tc.levels}).Check(context.Background(), subjects(t, web))
		if tc.err != "" {
			if err == nil || err.Error() != "rules on Deployment web: "+tc.err {
				t.Errorf("%s: %v", tc.name, err)
			}
			continue
		}
		if err != nil || len(found) != 1 {
			t.Errorf("%s: %d findings, %v", tc.name, len(found), err)
			continue
		}
		f := found[0]
		got := stamped{f.Severity, f.Message, f.Path.String(), f.Range.Start.Line, f.Range.Start.Column}
		if diff := cmp.Diff(tc.want, got); diff != "" || f.Rule != "test" || f.File.Name != "web.yaml" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

// TestRefusedPlace drops what a rule says of a place that the server refuses.
func TestRefusedPlace(t *testing.T) {
	docs := manifest.Parse("web.yaml", []byte(web), manifest.Options{}).Documents
	container := manifest.Keys("spec", "template", "spec", "containers").Append(manifest.Index(0))
	w := workload.Resolve(docs, workload.Faults{docs[0]: {container.Append(manifest.Key("image"))}}).Workloads[0]
	s := facts.Build(w, facts.Plans{})
	e := engine(t, `
findings contains {"at": input.containers[0].id, "message": "the container"}
findings contains {"at": input.containers[0].id, "path": ["image"], "message": "the image"}
findings contains {"at": input.probes[0].id, "message": "the probe"}`, rules.Options{})
	found, err := e.Check(context.Background(), []*facts.Subject{s, nil})
	if err != nil || len(found) != 1 || found[0].Message != "the probe" {
		t.Errorf("%v %v", found, err)
	}
}

// TestForbidden keeps rules from the network, the clock, the environment and
// randomness.
func TestForbidden(t *testing.T) {
	for _, call := range []string{
		`http.send({"method": "get", "url": "http://example.com"})`, `net.lookup_ip_addr("example.com")`,
		"time.now_ns()", "opa.runtime()", `rand.intn("a", 5)`, `uuid.rfc4122("a")`,
	} {
		e := engine(t, "findings contains {\"message\": \"m\"} if {\n\tx := "+call+"\n\tx\n}", rules.Options{})
		_, err := e.Check(context.Background(), subjects(t, web))
		name, _, _ := strings.Cut(call, "(")
		if err == nil || !strings.Contains(err.Error(), "test/rule.rego:15: undefined function "+name+", because rules see no network, clock, environment or chance") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDeadline(t *testing.T) {
	const endless = `findings contains {"message": "m"} if { count([1 | some x in numbers.range(1, 100000); some y in numbers.range(1, 100000); x == y + 200000]) == 1 }`
	e := engine(t, endless, rules.Options{Timeout: 50 * time.Millisecond})
	began := time.Now()
	_, err := e.Check(context.Background(), subjects(t, web))
	if err == nil || time.Since(began) > 20*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := engine(t, endless, rules.Options{}).Check(ctx, subjects(t, web)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestPageExample executes the rule of docs/facts.md.
func TestPageExample(t *testing.T) {
	text, err := os.ReadFile("../docs/facts.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```rego\n# METADATA")
	body, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("docs/facts.md has no rule")
	}
	e, err := rules.Load(fstest.MapFS{"peak-below-60/rule.rego": {Data: []byte("# METADATA" + body)}}, rules.Options{})
	if err != nil {
		t.Fatal(err)
	}
	found, err := e.Check(context.Background(), subjects(t, strings.Replace(web, "spec:\n", "spec:\n  replicas: 50\n", 1)))
	if err != nil || len(found) != 1 || found[0].Message != "the rollout needs 63 pods at its peak, more than 60" {
		t.Errorf("%v %v", found, err)
	}
	if found, err := e.Check(context.Background(), subjects(t, web)); err != nil || len(found) != 0 {
		t.Errorf("%v %v", found, err)
	}
}

// TestOrder gives the same findings in the same order however often and over
// however many CPUs.
func TestOrder(t *testing.T) {
	data, err := os.ReadFile("probe-port-unknown/bad.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for range 100 {
		text.WriteString(string(data) + "---\n")
	}
	list := subjects(t, text.String())
	var first string
	for i := range 4 {
		e, err := rules.New(rules.Options{Profile: rules.Minimal})
		if err != nil {
			t.Fatal(err)
		}
		e.Warm("Deployment", "ConfigMap")
		found, err := e.Check(context.Background(), list)
		if err != nil {
			t.Fatal(err)
		}
		got := ruletest.Print(found)
		if first == "" {
			first = got
		}
		if got != first || strings.Count(got, "\n") != 400 {
			t.Fatalf("run %d differs, or has %d findings", i, strings.Count(got, "\n"))
		}
	}
}
