package review_test

import (
	"context"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/review"
)

// TestUnderway: a rollout that the cluster has not ended is told where the change
// makes another one, and asks for a look.
func TestUnderway(t *testing.T) {
	const uid = "  uid: 11111111-2222-3333-4444-555555555555\n"
	live := strings.Replace(objects["deploy"], "  labels: {team: a}\n", "  labels: {team: a}\n"+uid, 1)
	for _, tc := range []struct {
		name, status string
		from, to     string
		want         bool
	}{
		// Surge 25 % of 4 is 1, unavailable 1: 3 old and 2 new pods, 3 of them ready.
		{"half way", "status: {replicas: 5, updatedReplicas: 2, readyReplicas: 3, availableReplicas: 3}\n", "web:1", "web:2", true},
		{"old pods remain", "status: {replicas: 5, updatedReplicas: 4, readyReplicas: 4, availableReplicas: 4}\n", "web:1", "web:2", true},
		{"complete", "status: {replicas: 4, updatedReplicas: 4, readyReplicas: 4, availableReplicas: 4}\n", "web:1", "web:2", false},
		{"no other rollout", "status: {replicas: 5, updatedReplicas: 2, readyReplicas: 3, availableReplicas: 3}\n", "team: a", "team: b", true},
	} {
		base := parse(map[string]string{"live.yaml": live + tc.status})
		head := parse(map[string]string{"web.yaml": strings.Replace(objects["deploy"], tc.from, tc.to, 1)})
		res, err := review.Compare(context.Background(), review.Base{Name: "live.yaml", Files: base, Elsewhere: true}, review.Input{Files: head}, review.Options{})
		if err != nil || len(res.Changes) != 1 {
			t.Fatal(tc.name, err, len(res.Changes))
		}
		res.Judge()
		// The plan begins where the pods stand, and there is one although the
		// change may do nothing to them.
		if tc.want {
			if len(res.Plans) != 1 || res.Plans[0].Plan == nil || res.Plans[0].Plan.Steps[0].Pods != 5 || res.Plans[0].Plan.Steps[0].Available != 3 && tc.name != "old pods remain" {
				t.Errorf("%s: %+v", tc.name, res.Plans)
			}
		}
		// Undo goes back to what is half rolled out, and the status does not tell
		// the number of what ran before.
		if undo, half := strings.Contains(strings.Join(res.Changes[0].Messages, "\n"), "goes back to the version that is half rolled out now"), tc.name == "half way" || tc.name == "old pods remain"; undo != half {
			t.Errorf("%s: the way back is told: %v, %q", tc.name, undo, res.Changes[0].Messages)
		}
		said := strings.Contains(strings.Join(res.Changes[0].Messages, "\n"), "a rollout is under way in the cluster: of 5 pods")
		if said != tc.want || (res.Verdict == review.VerdictReview) != (tc.want && tc.to != "team: b") {
			t.Errorf("%s: %s, %q", tc.name, res.Verdict, res.Changes[0].Messages)
		}
	}
}

// TestSameTag: that running pods keep an image is news to whoever applies a
// manifest that means the same, and no news beside another change.
func TestSameTag(t *testing.T) {
	for _, tc := range []struct {
		from, to string
		want     bool
	}{
		{"team: a", "team: b", true},
		{"spec:\n  selector", "spec:\n  replicas: 3\n  selector", false},
		{"spec:\n  selector", "spec:\n  strategy: {type: Recreate}\n  selector", false},
	} {
		base, head := map[string]string{"a.yaml": objects["latest"]}, map[string]string{"a.yaml": strings.Replace(objects["latest"], tc.from, tc.to, 1)}
		res, err := review.Compare(context.Background(), review.Base{Name: "main", Files: parse(base)}, review.Input{Files: parse(head)}, review.Options{})
		if err != nil || len(res.Changes) != 1 {
			t.Fatal(tc.to, err, len(res.Changes))
		}
		all := strings.Join(res.Changes[0].Messages, "\n")
		if got := strings.Contains(all, "is named alike before and after"); got != tc.want {
			t.Errorf("%s: %q", tc.to, all)
		}
		if got := strings.Contains(all, "from the next rollout on"); got != strings.Contains(tc.to, "Recreate") {
			t.Errorf("%s: %q", tc.to, all)
		}
	}
}
