package workload

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

const liveDeployment = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, uid: d1, generation: 4, annotations: {deployment.kubernetes.io/revision: "8"}}
spec:
  replicas: 4
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:2"}]}}
status: {observedGeneration: 4, replicas: 5, updatedReplicas: 2, readyReplicas: 3, availableReplicas: 3, conditions: [{type: Progressing, status: "True", reason: ReplicaSetUpdated}]}
`

func replicaSetYAML(name, uid, created, image string, revision, desired int, status string) string {
	return fmt.Sprintf(`---
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: %s
  uid: %s
  creationTimestamp: %q
  annotations: {deployment.kubernetes.io/revision: "%d", deployment.kubernetes.io/desired-replicas: "4", deployment.kubernetes.io/max-replicas: "5"}
  ownerReferences: [{kind: Deployment, name: web, uid: d1, controller: true}]
spec:
  replicas: %d
  template: {metadata: {labels: {app: web, pod-template-hash: %s}}, spec: {containers: [{name: web, image: %q}]}}
status: %s
`, name, uid, created, revision, desired, name, image, status)
}

func podYAML(name, owner, status string, more string) string {
	return fmt.Sprintf("---\napiVersion: v1\nkind: Pod\nmetadata: {name: %s, uid: %s, ownerReferences: [{uid: %s, controller: true}]%s}\nstatus: %s\n", name, name, owner, more, status)
}

const (
	isReady = `{conditions: [{type: Ready, status: "True"}]}`
	isNot   = `{conditions: [{type: Ready, status: "False"}]}`
	backOff = `{conditions: [{type: Ready, status: "False"}], containerStatuses: [{state: {waiting: {reason: ImagePullBackOff}}}]}`
	goes    = `, deletionTimestamp: "2026-01-01T00:00:00Z"`
)

// TestReadLive: what is not in the output is not made up, and what stands in for
// it is said.
func TestReadLive(t *testing.T) {
	old := replicaSetYAML("web-a", "r1", "2026-01-01T00:00:00Z", "web:1", 7, 3, "{replicas: 3, readyReplicas: 3, availableReplicas: 3}")
	fresh := replicaSetYAML("web-b", "r2", "2026-01-02T00:00:00Z", "web:2", 8, 2, "{replicas: 2}")
	pods := podYAML("p1", "r1", isReady, "") + podYAML("p2", "r1", isReady, "") + podYAML("p3", "r1", isReady, "") + podYAML("p4", "r1", isReady, goes) +
		podYAML("p5", "r2", isNot, "") + podYAML("p6", "r2", backOff, "")
	const set = `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, uid: s1, generation: 2}
spec: {replicas: 5, template: {spec: {containers: [{name: db, image: "db:2"}]}}}
status: {observedGeneration: 2, replicas: 5, currentReplicas: 3, updatedReplicas: 1, readyReplicas: 3, availableReplicas: 3, currentRevision: db-a, updateRevision: db-b}
`
	const daemon = `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, uid: a1, generation: 2, annotations: {deprecated.daemonset.template.generation: "2"}}
spec: {template: {spec: {containers: [{name: agent, image: "agent:2"}]}}}
status: {observedGeneration: 2, desiredNumberScheduled: 5, currentNumberScheduled: 5, updatedNumberScheduled: 2, numberReady: 4, numberAvailable: 4}
`
	nodePod := func(name, hash, generation, node, status, more string) string {
		return fmt.Sprintf("---\napiVersion: v1\nkind: Pod\nmetadata: {name: %s, uid: %s, labels: {controller-revision-hash: %s, pod-template-generation: %q}, ownerReferences: [{uid: a1, controller: true}]%s}\nspec: {nodeName: %s}\nstatus: %s\n", name, name, hash, generation, more, node, status)
	}
	setPod := func(name, hash, status, more string) string {
		return fmt.Sprintf("---\napiVersion: v1\nkind: Pod\nmetadata: {name: %s, uid: %s, labels: {controller-revision-hash: %s}, ownerReferences: [{uid: s1, controller: true}]%s}\nstatus: %s\n", name, name, hash, more, status)
	}
	for _, tc := range []struct{ name, yaml, want string }{
		{"ReplicaSets and pods", liveDeployment + old + fresh + pods,
			"2 of 4, 3 ready; 2 templates, has 2; 7: 3 of 3/0/0/0+1; 8: 2 of 0/0/1/1+0"},
		{"ReplicaSets", liveDeployment + fresh + old,
			"2 of 4, 3 ready; 2 templates, has 2; 7: 3 of 3/0/0/0+0; 8: 2 of 0/0/2/0+0; no pod terminates at"},
		{"status", liveDeployment,
			"2 of 4, 3 ready; 1 templates, has 2; 7: 3 of 3/0/0/0+0; 8: 2 of 0/0/2/0+0; which pods are ready; pods of older versions"},
		{"status of one that was given up", strings.Replace(liveDeployment, "ReplicaSetUpdated", "ProgressDeadlineExceeded", 1),
			"2 of 4, 3 ready; 1 templates, has 2; 7: 3 of 3/0/0/0+0; 8: 2 of 0/0/0/2+0; which pods are ready; pods of older versions"},
		{"status of a set", set,
			"1 of 5, 3 ready; 1 templates, has 2; 1; 2; 0+3 r1 available; 3+1 r1 terminating; 4+1 r2 waiting; which pods of StatefulSet"},
		{"pods of a set", set + setPod("db-0", "db-a", isReady, "") + setPod("db-1", "db-a", isReady, "") + setPod("db-2", "db-a", isNot, "") + setPod("db-10", "db-a", isReady, goes) + setPod("db-4", "db-b", isReady, ""),
			"1 of 5, 3 ready; 1 templates, has 2; 1; 2; 0+1 r1 available; 1+1 r1 available; 2+1 r1 waiting; 4+1 r2 available; 10+1 r1 terminating"},
		{"status of nodes", daemon,
			"2 of 5, 4 ready; 1 templates, has 2; 1; 2; 3 nodes 1 available; 1 nodes 2 available; 1 nodes 2 waiting; which pods of DaemonSet"},
		{"pods on nodes", daemon + nodePod("x1", "a", "1", "n1", isReady, "") + nodePod("x2", "b", "2", "n2", isReady, "") + nodePod("x3", "a", "1", "n3", isReady, goes) + nodePod("x4", "b", "2", "n3", isNot, ""),
			"2 of 5, 2 ready; 1 templates, has 2; 1; 2; 1 nodes 1 available; 1 nodes 1 terminating 2 waiting; 1 nodes 2 available; 2 nodes"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := manifest.Parse("live.yaml", []byte(tc.yaml), manifest.Options{})
			owned := Owned{}
			for _, d := range f.Documents {
				owned.Add(d)
			}
			got := liveText(ReadLive(f.Documents[0], owned))
			if d := cmp.Diff(tc.want, got); d != "" {
				t.Error(d)
			}
		})
	}
	for _, none := range []string{"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {}\n", "apiVersion: batch/v1\nkind: Job\nmetadata: {name: web}\nstatus: {}\n"} {
		if ReadLive(manifest.Parse("a.yaml", []byte(none), manifest.Options{}).Documents[0], Owned{}) != nil {
			t.Errorf("a state of %s", none)
		}
	}
}

// liveText writes a state in one line; of what was assumed the first words.
func liveText(l *Live) string {
	states := map[planner.PodState]string{
		planner.PodAvailable: "available", planner.PodReady: "ready", planner.PodWaiting: "waiting", planner.PodStuck: "stuck", planner.PodTerminating: "terminating",
	}
	templates := 0
	for _, n := range l.Templates {
		if n != nil {
			templates++
		}
	}
	parts := []string{fmt.Sprintf("%d of %d, %d ready", l.Updated, l.Wanted, l.Ready), fmt.Sprintf("%d templates, has %d", templates, l.Start.Template)}
	for _, r := range l.Start.Revisions {
		if len(l.Start.Ordinals)+len(l.Start.Nodes) > 0 {
			parts = append(parts, fmt.Sprint(r.Number))
			continue
		}
		parts = append(parts, fmt.Sprintf("%d: %d of %d/%d/%d/%d+%d", r.Number, r.Desired, r.Available, r.Ready, r.Waiting, r.Stuck, r.Terminating))
	}
	for _, o := range l.Start.Ordinals {
		parts = append(parts, fmt.Sprintf("%d+%d r%d %s", o.First, o.N, o.Revision, states[o.State]))
	}
	for _, n := range l.Start.Nodes {
		text := fmt.Sprintf("%d nodes", n.N)
		for _, p := range n.Pods {
			text += fmt.Sprintf(" %d %s", p.Revision, states[p.State])
		}
		parts = append(parts, text)
	}
	for _, a := range l.Start.Assumed {
		words := strings.Fields(a)
		parts = append(parts, strings.Join(words[:min(4, len(words))], " "))
	}
	return strings.Join(parts, "; ")
}
