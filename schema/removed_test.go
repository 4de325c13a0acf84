package schema

import (
	"strings"
	"testing"

	"github.com/rollcast/rollcast/manifest"
)

// TestRemoved: whoever names an API that is gone is told what to use and which
// defaults differ there, once, whatever else is wrong; back to 1.16.
func TestRemoved(t *testing.T) {
	for _, c := range []struct {
		api, kind string
		gone      int
		says      []string
	}{
		{"extensions/v1beta1", "Deployment", 16, []string{"use apps/v1", "maxSurge and maxUnavailable default to 25% and not to 1", "progressDeadlineSeconds to 600 and not to none"}},
		{"extensions/v1beta1", "DaemonSet", 16, []string{"use apps/v1", "updateStrategy defaults to RollingUpdate and not to OnDelete"}},
		{"apps/v1beta1", "StatefulSet", 16, []string{"use apps/v1", "not to OnDelete"}},
		{"apps/v1beta2", "Deployment", 16, []string{"use apps/v1"}},
		{"extensions/v1beta1", "Ingress", 22, []string{"use networking.k8s.io/v1", "pathType is required"}},
		{"policy/v1beta1", "PodDisruptionBudget", 25, []string{"use policy/v1", "an empty selector selects every pod"}},
		{"batch/v1beta1", "CronJob", 25, []string{"use batch/v1"}},
		{"autoscaling/v2beta1", "HorizontalPodAutoscaler", 25, []string{"use autoscaling/v2", "under target"}},
		{"autoscaling/v2beta2", "HorizontalPodAutoscaler", 26, []string{"use autoscaling/v2"}},
		{"flowcontrol.apiserver.k8s.io/v1beta3", "PriorityLevelConfiguration", 32, []string{"nominalConcurrencyShares 0 stays 0"}},
	} {
		text := "apiVersion: " + c.api + "\nkind: " + c.kind + "\nmetadata: {name: a}\nspec: {foo: [bar]}\n"
		doc := manifest.Parse("x.yaml", []byte(text), manifest.Options{}).Documents[0]
		for minor := Oldest; minor <= Newest; minor++ {
			found := errorsOf(Check(doc, Options{Minor: minor}))
			if minor < c.gone {
				for _, f := range found {
					if f.Rule == "api/removed" {
						t.Errorf("1.%d: %s", minor, f.Message)
					}
				}
				continue
			}
			if len(found) != 1 || found[0].Rule != "api/removed" {
				t.Errorf("%s %s at 1.%d: %v", c.api, c.kind, minor, found)
				continue
			}
			for _, s := range c.says {
				if !strings.Contains(found[0].Message, s) {
					t.Errorf("%q does not say %q", found[0].Message, s)
				}
			}
		}
	}
}

// TestDeprecated: an API that is served for the last time warns, and its fields
// are judged.
func TestDeprecated(t *testing.T) {
	const text = "apiVersion: autoscaling/v2beta2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec: {maxReplicas: MAX, scaleTargetRef: {kind: Deployment, name: a, apiVersion: apps/v1}}\n"
	for n, want := range map[string]string{"3": "api/deprecated", "0": "api/deprecated schema/value"} {
		doc := manifest.Parse("x.yaml", []byte(strings.Replace(text, "MAX", n, 1)), manifest.Options{}).Documents[0]
		var rules []string
		for _, f := range Check(doc, Options{Minor: 25}).Findings {
			rules = append(rules, f.Rule)
		}
		if got := strings.Join(rules, " "); got != want {
			t.Errorf("maxReplicas %s: %s, want %s", n, got, want)
		}
	}
}
