package folder

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestValue(t *testing.T) {
	number := Param{Name: "n", Default: int64(5), Min: 1}
	text := Param{Name: "s", Default: "a"}
	choice := Param{Name: "c", Default: "a", Choices: []string{"a", "b"}}
	flag := Param{Name: "b", Default: true}
	list := Param{Name: "l", Default: []string{"x"}}
	for _, tc := range []struct {
		param Param
		value any
		want  any
		err   string
	}{
		{param: number, value: 7, want: int64(7)},
		{param: number, value: int32(7), want: int64(7)},
		{param: number, value: 7.0, want: int64(7)},
		{param: number, value: json.Number("7"), want: int64(7)},
		{param: number, value: 7.5, err: "7.5 is no whole number"},
		{param: number, value: "7", err: `"7" is no whole number`},
		{param: number, value: 0, err: "0 is out of range: choose 1 to 1000000000"},
		{param: number, value: int64(MaxParam) + 1, err: "1000000001 is out of range: choose 1 to 1000000000"},
		{param: text, value: "z", want: "z"},
		{param: text, value: 1, err: "1 is no text"},
		{param: choice, value: "b", want: "b"},
		{param: choice, value: "z", err: `unknown value "z": choose a, b`},
		{param: flag, value: false, want: false},
		{param: flag, value: "false", err: `"false" is neither true nor false`},
		{param: list, value: []any{"x", "y"}, want: []string{"x", "y"}},
		{param: list, value: []string{}, want: []string{}},
		{param: list, value: []any{1}, err: "[1] is no list of texts"},
		{param: list, value: nil, err: "null is no list of texts"},
	} {
		got, err := tc.param.Value(tc.value)
		if tc.err != "" {
			if err == nil || err.Error() != tc.err {
				t.Errorf("%s %v: %v, want %s", tc.param.Name, tc.value, err, tc.err)
			}
			continue
		}
		if diff := cmp.Diff(tc.want, got); diff != "" || err != nil {
			t.Errorf("%s %v: %v %s", tc.param.Name, tc.value, err, diff)
		}
	}
}

func TestValues(t *testing.T) {
	r := Rule{ID: "r", Params: []Param{{Name: "a", Default: int64(1)}, {Name: "b", Default: "x"}}}
	got, err := r.Values(map[string]any{"a": 2})
	if diff := cmp.Diff(map[string]any{"a": int64(2), "b": "x"}, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	for _, tc := range []struct {
		rule Rule
		set  map[string]any
		want string
	}{
		{r, map[string]any{"c": 1}, `rule r has no parameter "c": choose a, b`},
		{r, map[string]any{"b": 1}, "rule r: b: 1 is no text"},
		{Rule{ID: "r"}, map[string]any{"c": 1}, "rule r has no parameters"},
	} {
		if _, err := tc.rule.Values(tc.set); err == nil || err.Error() != tc.want {
			t.Errorf("%v: %v", tc.set, err)
		}
	}
}

func TestParamSchema(t *testing.T) {
	for _, tc := range []struct {
		param Param
		want  map[string]any
	}{
		{Param{Description: "d", Default: int64(3), Min: 1}, map[string]any{"type": "integer", "minimum": int64(1), "maximum": MaxParam}},
		{Param{Description: "d", Default: true}, map[string]any{"type": "boolean"}},
		{Param{Description: "d", Default: "a"}, map[string]any{"type": "string"}},
		{Param{Description: "d", Default: "a", Choices: []string{"a", "b"}}, map[string]any{"type": "string", "enum": []string{"a", "b"}}},
		{Param{Description: "d", Default: []string{"a"}}, map[string]any{"type": "array", "items": map[string]any{"type": "string"}}},
	} {
		tc.want["description"], tc.want["default"] = "d", tc.param.Default
		if diff := cmp.Diff(tc.want, tc.param.Schema()); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tc.param.Default, diff)
		}
	}
}

func TestReadParams(t *testing.T) {
	const block = `#   params:
#     names:
#       description: Some names.
#       default: [a]
#     maxPods:
#       description: How many.
#       default: 60
#       min: 1
`
	rules, err := read(strings.Replace(sound, "#   computed:", block+"#   computed:", 1))
	if err != nil {
		t.Fatal(err)
	}
	want := []Param{{Name: "maxPods", Description: "How many.", Default: int64(60), Min: 1}, {Name: "names", Description: "Some names.", Default: []string{"a"}}}
	if diff := cmp.Diff(want, rules[0].Params); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	page := rules[0].Page("", "", "")
	if !strings.Contains(page, "| `maxPods` | whole number | `60` | How many. |\n") || !strings.Contains(page, "rules:\n  too-many:\n    maxPods: 60\n    names: [\"a\"]\n") {
		t.Error(page)
	}
	for _, tc := range []struct{ old, new, want string }{
		{"default: 60", "default: 0", "custom.params.maxPods: 0 is out of range: choose 1 to 1000000000"},
		{"#       default: 60\n", "", "custom.params.maxPods: default is required"},
		{"#       description: How many.\n", "", "custom.params.maxPods: description is required, as a string"},
		{"maxPods", "max-pods", "custom.params.max-pods: a name is in lower camel case, and neither level nor exclude"},
		{"maxPods", "level", "custom.params.level: a name is in lower camel case, and neither level nor exclude"},
		{"min: 1", "least: 1", "custom.params.maxPods: unknown key least: choose choices, default, description, min"},
	} {
		text := strings.Replace(sound, "#   computed:", strings.Replace(block, tc.old, tc.new, 1)+"#   computed:", 1)
		if _, err := read(text); err == nil || !strings.HasSuffix(err.Error(), tc.want) {
			t.Errorf("%s:\ngot  %v\nwant %s", tc.new, err, tc.want)
		}
	}
}
