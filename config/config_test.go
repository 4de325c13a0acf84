package config_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/config"
	"github.com/xeipuuv/gojsonschema"
)

var vocabulary = config.Vocabulary{
	KubernetesVersions: []string{"1.36", "1.30"},
	Profiles:           []string{"minimal", "recommended", "strict"},
	Rules: []config.Rule{
		{ID: "schema/type", Title: "a value has the wrong type", Levels: []config.Level{config.Error, config.Off}},
		{ID: "image-tag-latest", Levels: []config.Level{config.Error, config.Warning, config.Info, config.Off}, Params: map[string]map[string]any{
			"tags":  {"type": "array", "items": map[string]any{"type": "string"}},
			"floor": {"type": "integer", "minimum": 1, "maximum": 10},
			"quiet": {"type": "boolean"},
			"mode":  {"type": "string", "enum": []string{"loose", "exact"}},
		}},
		{ID: "liveness-identical-to-readiness", Levels: []config.Level{config.Error, config.Warning, config.Info, config.Off}},
		{ID: "rollout-zero-availability", Levels: []config.Level{config.Error, config.Warning, config.Info, config.Off}},
	},
}

func parse(t *testing.T, text string) *config.Config {
	t.Helper()
	c, err := config.Parse(config.Name, t.TempDir(), []byte(text), vocabulary)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSettings(t *testing.T) {
	c := parse(t, "kubernetesVersion: 1.30\nfailOn: warning\nmaxFileSize: 4\nbaseline: sub/known\n")
	got := map[string]string{}
	for _, s := range c.Settings {
		got[s.Key] = s.Value
	}
	if diff := cmp.Diff(map[string]string{"kubernetesVersion": "1.30", "failOn": "warning", "maxFileSize": "4", "baseline": "sub/known"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestParams reads a rule's own parameters.
func TestParams(t *testing.T) {
	c := parse(t, "rules:\n  image-tag-latest: {level: info, tags: [edge, nightly], floor: 3, quiet: true, mode: exact}\n  schema/type: {level: off}\n")
	want := map[string]map[string]any{"image-tag-latest": {
		"tags": []any{"edge", "nightly"}, "floor": json.Number("3"), "quiet": true, "mode": "exact",
	}}
	if diff := cmp.Diff(want, c.Params()); diff != "" {
		t.Error(diff)
	}
	for text, want := range map[string]string{
		"rules: {image-tag-latest: {floor: 11}}":                            ":1:35: rules.image-tag-latest.floor is 11: choose 1 to 10",
		"rules: {image-tag-latest: {flor: 1}}":                              `:1:28: unknown key "flor" (did you mean "floor"?): choose exclude, floor, level, mode, quiet or tags`,
		"rules: {image-tag-latest: {mode: exakt}}":                          `:1:34: rules.image-tag-latest.mode is "exakt" (did you mean "exact"?): choose loose or exact`,
		"rules: {image-tag-latest: {quiet: 3}}":                             ":1:35: rules.image-tag-latest.quiet must be true or false, not integer",
		"rules: {image-tag-latest: {floor: x}}":                             ":1:35: rules.image-tag-latest.floor must be a whole number, not string",
		"rules: {schema/type: {floor: 1}}":                                  `:1:23: unknown key "floor": choose exclude or level`,
		"overrides: [{paths: [a/], rules: {image-tag-latest: {floor: 0}}}]": ":1:61: overrides[0].rules.image-tag-latest.floor is 0: choose 1 to 10",
		"rules: {image-tag-latest: {tags: [1]}}":                            ":1:35: rules.image-tag-latest.tags[0] must be a string, not integer",
	} {
		_, err := config.Parse(config.Name, t.TempDir(), []byte(text), vocabulary)
		if err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v, want …%s", text, err, want)
		}
	}
}

// TestParamsFor: of the overrides that name a file the last one that sets a
// parameter counts, and files with one key have the same parameters.
func TestParamsFor(t *testing.T) {
	c := parse(t, `
rules:
  image-tag-latest: {floor: 3, mode: exact}
overrides:
- paths: [k8s/]
  rules: {image-tag-latest: {floor: 4}}
- paths: [k8s/dev/]
  rules: {image-tag-latest: {floor: 5, quiet: true}, schema/type: {level: off}}
- paths: [docs/]
  rules: {image-tag-latest: {level: off}}
`)
	base := map[string]any{"floor": json.Number("3"), "mode": "exact"}
	for _, tc := range []struct {
		file, key string
		want      map[string]any
	}{
		{"web.yaml", "", base},
		{"docs/web.yaml", "", base}, // says nothing of parameters
		{"k8s/web.yaml", "0 ", map[string]any{"floor": json.Number("4"), "mode": "exact"}},
		{"k8s/dev/web.yaml", "0 1 ", map[string]any{"floor": json.Number("5"), "mode": "exact", "quiet": true}},
	} {
		key, set := c.ParamsFor(tc.file)
		if diff := cmp.Diff(map[string]map[string]any{"image-tag-latest": tc.want}, set); diff != "" || key != tc.key {
			t.Errorf("%s: key %q (-want +got):\n%s", tc.file, key, diff)
		}
	}
	if diff := cmp.Diff(map[string]map[string]any{"image-tag-latest": base}, c.Params()); diff != "" {
		t.Errorf("the parameters for all files have changed:\n%s", diff)
	}
	var none *config.Config
	if key, set := none.ParamsFor("a.yaml"); key != "" || len(set) > 0 {
		t.Error(key, set)
	}
}

func TestFor(t *testing.T) {
	c := parse(t, `
exclude: [testdata/]
rules:
  image-tag-latest: {level: warning, exclude: ["*.legacy.yaml"]}
  schema/type: {level: off}
overrides:
- paths: [k8s/dev/]
  profile: minimal
  rules: {image-tag-latest: {level: off}}
- paths: [k8s/dev/web.yaml]
  rules: {image-tag-latest: {level: error}}
`)
	for _, tc := range []struct {
		file, rule string
		want       config.Verdict
	}{
		{"k8s/prod/web.yaml", "image-tag-latest", config.Verdict{Level: config.Warning}},
		{"k8s/prod/web.yaml", "schema/type", config.Verdict{Level: config.Off}}, // a plain off is no boolean here
		{"k8s/prod/web.legacy.yaml", "image-tag-latest", config.Verdict{Level: config.Warning, Excluded: true}},
		{"k8s/dev/api.yaml", "image-tag-latest", config.Verdict{Profile: "minimal", Level: config.Off}},
		{"k8s/dev/web.yaml", "image-tag-latest", config.Verdict{Profile: "minimal", Level: config.Error}}, // the last one counts
		{"k8s/dev/web.yaml", "rollout-zero-availability", config.Verdict{Profile: "minimal"}},
		{"../k8s/dev/web.yaml", "image-tag-latest", config.Verdict{Level: config.Warning}}, // outside of the folder
	} {
		if diff := cmp.Diff(tc.want, c.For(tc.file, tc.rule)); diff != "" {
			t.Errorf("%s in %s (-want +got):\n%s", tc.rule, tc.file, diff)
		}
	}
	for file, want := range map[string]bool{"a/testdata/x.yaml": true, "a/x.yaml": false} {
		if c.Excludes(file) != want {
			t.Errorf("Excludes(%s) is %v", file, !want)
		}
	}
	recommended := func(profile string) bool { return profile != "minimal" }
	for rule, want := range map[string]bool{"image-tag-latest": true, "schema/type": false, "rollout-zero-availability": true} {
		if c.MayRun(rule, recommended) != want {
			t.Errorf("MayRun(%s) is %v", rule, !want)
		}
	}
	c.DropProfiles()
	if got := c.For("k8s/dev/api.yaml", "schema/type").Profile; got != "" {
		t.Errorf("profile %q is left", got)
	}
	var none *config.Config
	if diff := cmp.Diff(config.Verdict{}, none.For("a", "b")); diff != "" || none.Excludes("a") {
		t.Error("no configuration says something")
	}
}

func TestFaults(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"profil: strict\n", `1:1: unknown key "profil" (did you mean "profile"?): choose baseline, context, exclude, failOn, kubernetesVersion, maxFileSize, overrides, profile, ruleFolders, rules or schema`},
		{"rules:\n  image-tag-lastest: {level: off}\n", "2:3: unknown rule \"image-tag-lastest\" (did you mean \"image-tag-latest\"?): `rollcast rules` lists them"},
		{"# first\nprofile: loose\n", `2:10: profile is "loose": choose minimal, recommended or strict`},
		{"failOn: warnin\n", `1:9: failOn is "warnin" (did you mean "warning"?): choose error, warning, info or never`},
		{"kubernetesVersion: 1.3\n", `1:20: kubernetesVersion is "1.3" (did you mean "1.36"?): choose 1.36 or 1.30`},
		{"rules: {schema/type: {level: info}}\n", `1:30: rules["schema/type"].level is "info": choose error or off`},
		{"rules: {image-tag-latest: {level: no}}\n", `1:35: rules.image-tag-latest.level is "no": choose error, warning, info or off`},
		{"rules: {image-tag-latest: off}\n", `1:27: rules.image-tag-latest must be a map, not boolean`},
		{"rules: {rollout-zero-availability: {lvl: off}}\n", `1:37: unknown key "lvl": choose exclude or level`},
		{"overrides:\n- profile: strict\n", `2:3: overrides[0] needs paths`},
		{"overrides:\n- paths: []\n", `2:10: overrides[0].paths is empty`},
		{"overrides:\n- paths: [k8s, '[a']\n", `2:16: pattern "[a" fits nothing`},
		{"maxFileSize: 5000\n", `1:14: maxFileSize is 5000: choose 1 to 1024`},
		{"maxFileSize: many\n", `1:14: maxFileSize must be a whole number, not string`},
		{"baseline: ''\n", `1:11: baseline is empty`},
		{"- profile\n", `1:1: the file must be a map, not list`},
		{"profile: strict\nprofile: minimal\n", `2:1: key "profile" is given twice, first on line 1`},
		{"profile: [\n", ``},
	} {
		_, err := config.Parse("c.yaml", t.TempDir(), []byte(tc.text), vocabulary)
		if err == nil {
			t.Errorf("%q was taken", tc.text)
			continue
		}
		if got := strings.TrimPrefix(err.Error(), "c.yaml:"); tc.want != "" && got != tc.want {
			t.Errorf("%q:\n got %s\nwant %s", tc.text, got, tc.want)
		}
	}
	_, err := config.Parse("c.yaml", t.TempDir(), []byte("b: 1\na: 2\nfailOn: x\n"), vocabulary)
	if err == nil || strings.Count(err.Error(), "\n") != 2 || !strings.HasPrefix(err.Error(), "c.yaml:1:1") {
		t.Errorf("three faults in the order of the file, got %v", err)
	}
}

// TestDefault: the default as it is printed, and with everything that it offers
// switched on, is a configuration.
func TestDefault(t *testing.T) {
	text := config.Default(vocabulary)
	if c := parse(t, text); len(c.Settings) != 1 || c.Settings[0].Value != "1.36" {
		t.Errorf("settings %v, want the version alone", c.Settings)
	}
	all := regexp.MustCompile(`(?m)^#(\S)`).ReplaceAllString(text, "$1")
	all = regexp.MustCompile(`(?m)^#( {2,}\S)`).ReplaceAllString(all, "$1")
	c := parse(t, all)
	if len(c.Settings) != 5 || c.For("k8s/dev/web.yaml", "rollout-zero-availability").Level != config.Off || !c.Excludes("x.generated.yaml") {
		t.Errorf("not everything is offered:\n%s", all)
	}
}

func TestSchema(t *testing.T) {
	text := config.Schema(vocabulary)
	if !json.Valid(text) {
		t.Fatal("no JSON")
	}
	loader := gojsonschema.NewSchemaLoader()
	loader.Validate = true // the schema itself against its draft
	if _, err := loader.Compile(gojsonschema.NewBytesLoader(text)); err != nil {
		t.Error(err)
	}
}

func TestFind(t *testing.T) {
	root := t.TempDir()
	deep := filepath.Join(root, "repo", "k8s", "prod")
	for _, dir := range []string{deep, filepath.Join(root, "repo", ".git"), filepath.Join(root, "loose")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	find := func(dir, want string) {
		t.Helper()
		if got, err := config.Find(dir); err != nil || got != want {
			t.Errorf("Find(%s) = %q, %v; want %q", dir, got, err, want)
		}
	}
	write := func(dir string) string {
		name := filepath.Join(dir, config.Name)
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	above := write(root)
	find(deep, "") // the repository's root is the end
	find(filepath.Join(root, "loose"), "")
	find(root, above)
	repo := write(filepath.Join(root, "repo"))
	find(deep, repo)
	find(deep, repo)
	near := write(filepath.Join(root, "repo", "k8s"))
	find(deep, near)
}

func FuzzParse(f *testing.F) {
	f.Add(config.Default(vocabulary))
	f.Add("rules: {a: {level: off}}\noverrides: [{paths: [a], rules: {}}]")
	f.Add("kubernetesVersion: 1.30\n? [a]: b\n")
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := config.Parse("c.yaml", "/w", []byte(text), vocabulary); err == nil {
			c.For("a.yaml", "image-tag-latest")
		}
	})
}
