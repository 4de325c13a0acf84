//go:build unix

package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// shared is a folder beside the repository that is not always there.
func shared(t testing.TB, name string) string {
	dir := filepath.Join("../../../shared", name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("%s is absent", name)
	}
	return dir
}

// lintJSON is what lint --format json prints, as far as tests read it.
type lintJSON struct {
	Summary  struct{ Files, Documents, SkippedFiles, WithoutSchema, Errors int }
	Findings []struct {
		Rule, Severity, Message, File, Path string
		Line                                int
	}
}

// rollcast runs the command line in this process.
func rollcast(t testing.TB, stdin string, args ...string) (code ExitCode, stdout, stderr string) {
	var out, errOut bytes.Buffer
	code = Main(args, strings.NewReader(stdin), &out, &errOut)
	return code, out.String(), errOut.String()
}

func lint(t testing.TB, args ...string) (ExitCode, lintJSON) {
	t.Helper()
	code, out, errOut := rollcast(t, "", append([]string{"lint", "--format", "json"}, args...)...)
	if errOut != "" {
		t.Errorf("standard error: %s", errOut)
	}
	var got lintJSON
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v: %.200s", err, out)
	}
	return code, got
}

// TestCorpusLint survives every file of the corpus, and reports what cannot be
// parsed at its true line: the lines are where a second YAML parser (PyYAML)
// and a reader find the fault.
func TestCorpusLint(t *testing.T) {
	dir := shared(t, "corpus")
	start := time.Now()
	code, got := lint(t, dir)
	if took := time.Since(start); took > 15*time.Second {
		t.Errorf("took %s, more than 15 s", took)
	}
	if code != ExitFindings {
		t.Errorf("exit code %d", code)
	}
	if got.Summary.Files < 1400 || got.Summary.Documents < 2900 {
		t.Errorf("only %d files with %d documents were found", got.Summary.Files, got.Summary.Documents)
	}
	lines := map[string][]int{}
	for _, f := range got.Findings {
		if f.Line < 1 {
			t.Errorf("%s: a finding of %s has line %d", f.File, f.Rule, f.Line)
		}
		if f.Rule == "syntax" {
			name, err := filepath.Rel(dir, f.File)
			if err != nil {
				t.Fatal(err)
			}
			lines[filepath.ToSlash(name)] = append(lines[filepath.ToSlash(name)], f.Line)
		}
	}
	want := map[string][]int{
		"argoproj__argo-rollouts/test/e2e/expectedfailures/analysis-run-failfast.yaml":        {19},
		"linkerd__linkerd2/cli/cmd/testdata/inject_gettest_deployment.bad.input.yml":          {36},
		"linkerd__linkerd2/test/integration/deep/dualstack/testdata/ipfamilies-policy.yml":    {32},
		"linkerd__linkerd2/cli/cmd/testdata/inject_emojivoto_list_empty_resources.golden.yml": {530, 531}, // null items
		"linkerd__linkerd2/cli/cmd/testdata/inject_emojivoto_list_empty_resources.input.yml":  {69, 70},
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("lines of syntax findings (-want +got):\n%s", diff)
	}
}

func TestCorpusPlan(t *testing.T) {
	dir := shared(t, "corpus")
	start := time.Now()
	code, out, errOut := rollcast(t, "", "plan", "--format", "json", dir)
	if took := time.Since(start); took > 15*time.Second {
		t.Errorf("took %s, more than 15 s", took)
	}
	if code > ExitFindings || errOut != "" {
		t.Errorf("exit code %d, standard error %q", code, errOut)
	}
	var got struct {
		Plans []struct {
			NoPlan  string
			Outcome string
			Steps   []json.RawMessage
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	planned := 0
	for _, p := range got.Plans {
		if (p.NoPlan == "") != (len(p.Steps) > 0) {
			t.Errorf("a plan has %d steps and the reason %q for having none", len(p.Steps), p.NoPlan)
		}
		if p.NoPlan == "" {
			planned++
		}
	}
	if planned < 200 {
		t.Errorf("only %d rollouts are planned", planned)
	}
}

// TestCorpusDeterministic demands the same bytes from one CPU and from many.
func TestCorpusDeterministic(t *testing.T) {
	dir := shared(t, "corpus")
	for _, command := range []string{"lint", "plan"} {
		var first string
		for _, cpus := range []int{1, 7} {
			before := runtime.GOMAXPROCS(cpus)
			_, out, _ := rollcast(t, "", command, "--format", "json", dir)
			runtime.GOMAXPROCS(before)
			if first == "" {
				first = out
			} else if out != first {
				t.Errorf("%s differs between 1 and %d CPUs", command, cpus)
			}
		}
	}
}

// BenchmarkCorpus reports the CPU that a document costs, user and system time
// of the whole process.
func BenchmarkCorpus(b *testing.B) {
	dir := shared(b, "corpus")
	for _, command := range []string{"lint", "plan"} {
		b.Run(command, func(b *testing.B) {
			_, got := lint(b, dir)
			start := cpu(b)
			for b.Loop() {
				rollcast(b, "", command, "--format", "json", dir)
			}
			perDocument := (cpu(b) - start) / time.Duration(b.N*got.Summary.Documents)
			b.ReportMetric(float64(perDocument.Microseconds())/1000, "cpu-ms/doc")
		})
	}
}

// cpu is the user and system time that the process has taken.
func cpu(tb testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Skip(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
