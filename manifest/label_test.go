package manifest

import (
	"strings"
	"testing"
)

func TestLabel(t *testing.T) {
	long, cjk := strings.Repeat("x", 1_000_000), strings.Repeat("店", 300_000)
	for _, tc := range []struct{ kind, namespace, name, want string }{
		{"Deployment", "shop", "web", "Deployment shop/web"},
		{"Deployment", "", "web", "Deployment web"},
		{"", "", "", "object"},
		{"Deployment", "", strings.Repeat("店", 253), "Deployment " + strings.Repeat("店", 253)},
		{"Deployment", long, cjk, "Deployment " + long[:253] + "…/" + strings.Repeat("店", 253) + "…"},
		{long, "", "web", long[:253] + "… web"},
	} {
		d := &Document{Kind: tc.kind, Namespace: tc.namespace, Name: tc.name, Root: &Node{}}
		if got := d.Label(); got != tc.want {
			t.Errorf("%.80q, want %.80q", got, tc.want)
		}
	}
}
