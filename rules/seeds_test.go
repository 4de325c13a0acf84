package rules_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/rules/ruletest"
)

// TestSeeds runs the rules on the manifests that five introductory texts show:
// the identical probes and the startup budget of ten minutes are told, and
// metrics-server, whose probes are as they should be, gets no finding.
func TestSeeds(t *testing.T) {
	names, _ := filepath.Glob(filepath.Join("..", "..", "shared", "seeds", "*.txt"))
	if len(names) == 0 {
		t.Skip("no seed texts beside the checkout")
	}
	engine, err := rules.New(rules.Options{})
	if err != nil {
		t.Fatal(err)
	}
	told := map[string][]string{}
	judged := map[string]bool{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range fenced(string(text)) {
			list, err := ruletest.Subjects("seed.yaml", []byte(block))
			if err != nil {
				continue
			}
			found, err := engine.Check(context.Background(), list)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range list {
				judged[s.Name] = true
			}
			for _, f := range found {
				told[f.Document.Name] = append(told[f.Document.Name], f.Rule)
			}
		}
	}
	want := map[string][]string{
		"nginx-readiness-probe": {"liveness-identical-to-readiness"},
		// The delays of its probes differ, and nothing after the start does.
		"node-exporter": {"liveness-identical-to-readiness", "liveness-starts-late"},
		// Two access modes in its claim template.
		"eureka": {"claim-template-with-odd-fields", "liveness-starts-late"},
		// A namespace in 【】.
		"reload-prometheus": {"placeholder-left"},
		"super-front":       {"liveness-starts-late", "placeholder-left", "probe-starved-by-cpu-limit"},
	}
	if diff := cmp.Diff(want, told); diff != "" || !judged["metrics-server"] {
		t.Errorf("judged %v (-want +got):\n%s", judged, diff)
	}
}

// fenced are the code blocks of a Markdown text, their indentation removed.
func fenced(text string) (blocks []string) {
	var block []string
	indent, inside := "", false
	for line := range strings.Lines(text) {
		fence := strings.TrimLeft(line, " ")
		switch {
		case !strings.HasPrefix(fence, "```"):
			if inside {
				block = append(block, strings.TrimPrefix(line, indent))
			}
		case inside:
			blocks = append(blocks, strings.Join(block, ""))
			inside, block = false, nil
		default:
			inside, indent = true, line[:len(line)-len(fence)]
		}
	}
	return blocks
}
