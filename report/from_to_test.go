package report

import (
	"strings"
	"testing"

	"github.com/rollcast/rollcast/review"
)

// TestFromTo: what differs is always seen, and what stays is not said twice.
func TestFromTo(t *testing.T) {
	for _, tc := range []struct {
		from, to string
		most     int
		want     string
	}{
		{"1", "2", 30, "1 → 2"},
		{"", "2", 30, "now 2"},
		{"1", "", 30, "no longer 1"},
		{"web:1", "web:2", 30, "web:1 → web:2"},
		{"registry.example.com/shop/web:1", "registry.example.com/shop/web:2", 60, "registry.example.com/shop/web:1 → …web:2"},
		{"registry.example.com/shop/web:1", "registry.example.com/shop/web:2", 30, "…web:1 → …web:2"},
		// the name alone is longer than there is room for
		{"registry.k8s.io/autoscaling/vpa-admission-controller:1.4.1", "registry.k8s.io/autoscaling/vpa-admission-controller:v999", 30, "…1.4.1 → …v999"},
		{"a@sha256:" + strings.Repeat("1", 64), "a@sha256:" + strings.Repeat("2", 64), 30, "…" + strings.Repeat("1", 24) + "… → …" + strings.Repeat("2", 24) + "…"},
	} {
		got := strings.ReplaceAll(fromTo(&review.Because{From: tc.from, To: tc.to}, tc.most), noBreak, " ")
		if got != tc.want {
			t.Errorf("%s, %s: %q, want %q", tc.from, tc.to, got, tc.want)
		}
	}
}
