package manifest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestIsTemplate(t *testing.T) {
	for _, test := range []struct {
		text string
		want bool
	}{
		{"image: {{ .Values.image }}\n", true},
		{"{{- if .Values.on }}\na: b\n{{- end }}\n", true},
		{"{% for x in y %}\n", true},
		{"a: b\n  {{- toYaml .x | nindent 2 }}\n", true},
		{"a: x{{ .y }}\n", true},
		{"a: b # {{ x }}\n", false},
		{"# {{ x }}\n", false},
		{"a: \"{{ x }}\"\n", false},
		{"a: '{{ x }}'\n", false},
		{"a: 'it''s {{ x }}'\n", false},
		{"a: \"\\\"{{ x }}\"\n", false},
		{"a: \"first\n  {{ second }}\"\n", false},
		{"a: |\n  {{ x }}\n\n  {{ y }}\n", false},
		{"a: |\n  {{ x }}\nb: {{ y }}\n", true},
		{"- |\n {{ x }}\n", false},
		{"- a: >-\n    {{ x }}\n", false},
		{"- a: |\n  {{ x }}\n", true}, // not deeper than its key
		{"a: |2 # why\n  {{ x }}\n", false},
		{"a: !tag &anchor |\n  {{ x }}\n", false},
		{"a: it's\nb: {{ x }}\nc: it's\n", true},
		{"a: one\n  'tis two\nb: {{ x }}\nc: it's\n", true},
		{"a: b#c {{ x }}\n", true},
		{"a: [\"{{ x }}\", '{% y %}']\n", false},
		{"a: [{{ x }}]\n", true},
		{`{"a": "{{ x }}"}`, false},
		{"a: {b: {c: d}}\n", false},
		{"a: {{b: c}: d}\n", true},
		{"'{{ x }}': y\n", false},
		{"a: b|\n  {{ x }}\n", true},
		{"cmd: a || {{ x }}\n", true},
		{"nothing: here\n", false},
		{"a: 'never closed\nb: {{ x }}\n", true},
	} {
		if got := isTemplate([]byte(test.text)); got != test.want {
			t.Errorf("isTemplate(%q) = %v", test.text, got)
		}
	}
}

func TestComments(t *testing.T) {
	f := &File{Data: []byte(`# rollcast: ignore a -- why
a: b # one
c: 'd # not' # two
e: |  # three
  # not
f: "# not"
g: x#not
h: [a, #four
  b] # five
--- # six
i: one
  two # seven
	# eight
`)}
	type comment struct {
		Line, Column int
		Text         string
		Alone        bool
	}
	var got []comment
	for c := range f.Comments() {
		got = append(got, comment{c.Pos.Line, c.Pos.Column, c.Text, c.Alone})
	}
	want := []comment{
		{1, 1, "rollcast: ignore a -- why", true},
		{2, 6, "one", false},
		{3, 14, "two", false},
		{4, 7, "three", false},
		{8, 8, "four", false},
		{9, 6, "five", false},
		{10, 5, "six", false},
		{12, 7, "seven", false},
		{13, 2, "eight", true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if n := len(slices.Collect(func(yield func(Comment) bool) {
		for c := range f.Comments() {
			if !yield(c) {
				return
			}
			return
		}
	})); n != 1 {
		t.Errorf("stopping early gave %d", n)
	}
}
