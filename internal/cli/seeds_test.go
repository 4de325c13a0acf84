//go:build unix

package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A seedFinding is a diagnosis that a block of the seed documents must get: a
// rule, and part of its path and message.
type seedFinding struct{ rule, path, message string }

// TestSeeds judges the YAML blocks of the seed documents, which make real
// mistakes. The blocks are known by their document and first line. What is not
// listed must get no error.
func TestSeeds(t *testing.T) {
	blocks := seedBlocks(t, shared(t, "seeds"))
	if len(blocks) < 25 {
		t.Errorf("only %d blocks were found", len(blocks))
	}
	containersMap := seedFinding{"schema/type", "spec.template.spec.containers", "list"}
	want := map[string][]seedFinding{
		// extensions/v1beta1 and batch/v1beta1 are gone.
		"001:28":  {{"api/removed", "apiVersion", "apps/v1"}, {"schema/value", "metadata.namespace", "【你的环境名】"}},
		"001:554": {{"api/removed", "apiVersion", "apps/v1"}},
		"001:681": {{"api/removed", "apiVersion", "batch/v1"}, {"schema/value", "metadata.namespace", "【pg-allen-job】"}},
		"004:455": {{"api/removed", "apiVersion", "batch/v1"}},
		// containers: written as a map.
		"004:28":  {containersMap},
		"004:159": {containersMap},
		"004:73":  {{"schema/type", "spec.containers", "list"}, {"schema/type", "spec.containers", "list"}},
		// A live Kafka without accessModes.
		"004:296": {{"schema/required", "spec.volumeClaimTemplates[0].spec", "accessModes"}},
		// A container without a name.
		"004:382": {{"schema/required", "spec.template.spec.containers[0]", "name"}},
		// The indentation was lost on the way into the document.
		"002:15":  {{"schema/unknown-field", "name", "indentation"}},
		"002:113": {{"schema/unknown-field", "name", "indentation"}},
		"002:308": {{"schema/unknown-field", "name", "indentation"}},
		"002:337": {{"schema/unknown-field", "name", "indentation"}},
	}
	for id, text := range blocks {
		t.Run(id, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "seed.yaml")
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			_, got := lint(t, "--context", "none", file)
			var errors []string
			for _, f := range got.Findings {
				if f.Severity == "error" {
					errors = append(errors, fmt.Sprintf("line %d: %s %s: %s", f.Line, f.Rule, f.Path, f.Message))
				}
			}
			for _, w := range want[id] {
				i := matching(errors, w)
				if i < 0 {
					t.Errorf("no finding of %s at %q with %q", w.rule, w.path, w.message)
					continue
				}
				errors = append(errors[:i], errors[i+1:]...)
			}
			if len(want[id]) == 0 && len(errors) > 0 {
				t.Errorf("unexpected:\n%s", strings.Join(errors, "\n"))
			} else if t.Failed() {
				t.Logf("what there is:\n%s", strings.Join(errors, "\n"))
			}
		})
	}
}

func matching(errors []string, w seedFinding) int {
	for i, e := range errors {
		if strings.Contains(e, ": "+w.rule+" "+w.path) && strings.Contains(e, w.message) {
			return i
		}
	}
	return -1
}

// TestSeedMetricsServer holds the one block that is right against every probe
// rule, the strict ones among them: named port, different paths, liveness that
// could in theory act before readiness.
func TestSeedMetricsServer(t *testing.T) {
	text := seedBlocks(t, shared(t, "seeds"))["000:455"]
	if !strings.Contains(text, "metrics-server") {
		t.Fatal("the metrics-server manifest is not where it was")
	}
	file := filepath.Join(t.TempDir(), "metrics-server.yaml")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	_, got := lint(t, "--context", "none", "--profile", "strict", file)
	if got.Summary.Documents != 9 {
		t.Errorf("%d documents, want 9", got.Summary.Documents)
	}
	for _, f := range got.Findings {
		if strings.Contains(f.Path, "Probe") || f.Severity == "error" || strings.HasPrefix(f.Rule, "api/removed") {
			t.Errorf("line %d: %s: %s", f.Line, f.Rule, f.Message)
		}
	}
}

var (
	fence    = regexp.MustCompile("^\\s*```")
	startsAt = regexp.MustCompile(`^\s*apiVersion:`)
	yamlLine = regexp.MustCompile(`^\s*(- )?[A-Za-z][\w./-]*:( |$)|^\s*- `)
)

// seedBlocks are the manifests in the seed documents by document and line: the
// fenced blocks, and where nothing is fenced the lines that look like YAML.
func seedBlocks(t *testing.T, dir string) map[string]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := map[string]string{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(data), "\n")
		fenced := strings.Contains(string(data), "```")
		for i := 0; i < len(lines); i++ {
			if !startsAt.MatchString(lines[i]) {
				continue
			}
			end := i
			for end < len(lines) && !(fenced && fence.MatchString(lines[end])) && (fenced || yamlLine.MatchString(lines[end])) {
				end++
			}
			indent := len(lines[i]) - len(strings.TrimLeft(lines[i], " "))
			block := make([]string, 0, end-i)
			for _, line := range lines[i:end] {
				block = append(block, strings.TrimPrefix(line, strings.Repeat(" ", indent)))
			}
			blocks[fmt.Sprintf("%.3s:%d", filepath.Base(name), i+1)] = strings.Join(block, "\n") + "\n"
			i = end
		}
	}
	return blocks
}
