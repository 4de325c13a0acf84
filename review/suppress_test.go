package review_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/config"
	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/suppress"
)

// TestIgnores: what a comment hides is listed apart; one that hides nothing is
// a finding, if its rule ran.
func TestIgnores(t *testing.T) {
	const comment = "# rollcast: ignore liveness-identical-to-readiness, image-tag-latest -- one endpoint is all it has\n"
	text := deployment("web", "replicas: 2", comment+sameProbes)
	files := parse(map[string]string{"web.yaml": text})
	const hidden = "liveness-identical-to-readiness"
	for _, tc := range []struct {
		name             string
		o                review.Options
		kept, suppressed []string
	}{
		{"image-tag-latest belongs to another profile", review.Options{}, nil, []string{hidden}},
		{"a rule that ran and found nothing", review.Options{Profile: rules.Strict}, []string{suppress.RuleUnused}, []string{hidden}},
		{"disregarded", review.Options{NoIgnores: true}, []string{hidden}, nil},
		{"another rule only", review.Options{Only: []string{"schema/type"}}, nil, nil},
		{"no rules", review.Options{WithoutRules: true, Profile: rules.Strict}, nil, nil},
	} {
		res := judge(t, review.Input{Files: files}, tc.o)
		var kept, suppressed []string
		for _, f := range res.Findings {
			if f.Rule == hidden || strings.HasPrefix(f.Rule, "ignore/") {
				kept = append(kept, f.Rule)
			}
		}
		for _, f := range res.Suppressed {
			suppressed = append(suppressed, f.Rule)
		}
		if diff := cmp.Diff([][]string{tc.kept, tc.suppressed}, [][]string{kept, suppressed}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
		if res.Summary.Suppressed != len(suppressed) {
			t.Errorf("%s: the summary counts %d", tc.name, res.Summary.Suppressed)
		}
	}
}

// TestConfig: levels, exclusions and profiles by path.
func TestConfig(t *testing.T) {
	files := parse(map[string]string{
		"prod/web.yaml": deployment("web", "replicas: 2", sameProbes),
		"dev/web.yaml":  deployment("web", "replicas: 2", sameProbes),
		"old/web.yaml":  deployment("web", "replicas: 2", sameProbes+"\nimagePullPolicy: 7"),
	})
	for i, f := range files {
		text := strings.ReplaceAll(string(f.Data), "web:1", "web:latest")
		files[i] = parse(map[string]string{f.Name: text})[0]
	}
	c, err := config.Parse("c.yaml", t.TempDir(), []byte(`
rules:
  image-tag-latest: {level: error}
  liveness-identical-to-readiness: {exclude: [old/]}
  schema/type: {level: off}
overrides:
- paths: [dev/]
  profile: minimal
  rules: {image-tag-latest: {level: info}}
`), review.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	show := func(o review.Options) []string {
		var list []string
		for _, line := range lines(judge(t, review.Input{Files: files}, o)) {
			for _, rule := range []string{"image-tag-latest", "liveness-identical-to-readiness", "schema/type"} {
				if strings.Contains(line, " "+rule+" ") {
					list = append(list, line[:strings.Index(line, " set=")])
				}
			}
		}
		slices.Sort(list)
		return list
	}
	if diff := cmp.Diff([]string{
		"dev/web.yaml:13 info image-tag-latest",
		"old/web.yaml:13 error image-tag-latest",
		"prod/web.yaml:13 error image-tag-latest",
		"prod/web.yaml:14 warning liveness-identical-to-readiness",
	}, show(review.Options{Config: c})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"old/web.yaml:18 error schema/type"}, show(review.Options{Config: c, Only: []string{"schema/type"}})); diff != "" {
		t.Errorf("--only wins over the file (-want +got):\n%s", diff)
	}
	if got := show(review.Options{Config: c, Disable: []string{"image-tag-latest"}}); len(got) != 1 {
		t.Errorf("--disable wins over the file: %q", got)
	}
}
