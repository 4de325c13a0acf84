package source_test

import (
	"testing"

	"github.com/rollcast/rollcast/internal/source"
)

func TestPatterns(t *testing.T) {
	for _, tc := range []struct {
		patterns []string
		name     string
		want     bool
	}{
		{[]string{"dev/"}, "k8s/dev/web.yaml", true}, // a folder at any depth
		{[]string{"/dev/"}, "k8s/dev/web.yaml", false},
		{[]string{"k8s/dev"}, "k8s/dev/sub/web.yaml", true},
		{[]string{"k8s/**/web.yaml"}, "k8s/web.yaml", true},
		{[]string{"*.test.yaml"}, "a/b/c.test.yaml", true},
		{[]string{"*.yaml", "!keep.yaml"}, "a/keep.yaml", false},
		{[]string{"dev"}, "developer/web.yaml", false},
		{[]string{"*"}, "../web.yaml", false}, // outside
		{nil, "web.yaml", false},
	} {
		p, err := source.NewPatterns(tc.patterns...)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Match(tc.name); got != tc.want {
			t.Errorf("%q match %s: %v, want %v", tc.patterns, tc.name, got, tc.want)
		}
	}
	for _, bad := range []string{"", "# comment", "[a", `a\`} {
		if _, err := source.NewPatterns(bad); err == nil {
			t.Errorf("pattern %q was taken", bad)
		}
	}
}
