package cli

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
)

// TestReadme runs the command of README's first screen and demands that the
// output shown there is what it prints on a terminal of 100 columns. A line …
// stands for lines left out.
func TestReadme(t *testing.T) {
	t.Chdir("../..")
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	const command = "$ go run ./cmd/rollcast review testdata/shop\n"
	_, shown, ok := strings.Cut(string(readme), command)
	if !ok {
		t.Fatalf("README.md shows no %s", command)
	}
	shown, _, _ = strings.Cut(shown, "```")

	res, _, err := (&commonFlags{
		failOn: failNever, profile: "recommended", kubernetesVersion: "1.36", maxFileSize: 16,
	}).judge(newStreams(nil, &bytes.Buffer{}, &bytes.Buffer{}), []string{"testdata/shop"}, review.Options{})
	if err != nil {
		t.Fatal(err)
	}
	res.Judge()
	print, err := report.New("text", report.Review)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := print(&out, res, report.Options{Width: 100}); err != nil {
		t.Fatal(err)
	}

	rest, chunks := out.String(), 0
	for _, chunk := range strings.Split(shown, "…\n") {
		chunk = strings.Trim(chunk, "\n")
		if chunk == "" {
			continue
		}
		chunks++
		_, after, ok := strings.Cut(rest, chunk)
		if !ok {
			t.Fatalf("README.md shows what review does not print:\n%s\n\nit prints:\n%s", chunk, out.String())
		}
		rest = after
	}
	if chunks == 0 {
		t.Error("README.md shows no output")
	}

	// What the demo is for, all of it in one Deployment.
	var got []string
	for _, f := range res.Findings {
		got = append(got, f.Document.Name+" "+f.Rule)
	}
	want := []string{"web rollout-below-pdb", "web startup-budget-exceeds-progress-deadline", "web liveness-kills-slow-start"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings of the demo (-want +got):\n%s", diff)
	}
}
