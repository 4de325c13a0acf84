package review_test

import (
	"context"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/workload"
)

const roomy = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 4
  strategy: {rollingUpdate: {maxSurge: 2, maxUnavailable: MISSING}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "web:1", resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {memory: 1Gi}}PORT}
`

const quotaOf = `---
apiVersion: v1
kind: ResourceQuota
metadata: {name: team}
spec: {hard: {requests.cpu: "LIMIT"}}
`

// TestRooms: whether the surge of a rollout finds room in a quota, under a
// LimitRange and on the nodes, and whether the rollout ends.
func TestRooms(t *testing.T) {
	nodes := func(n int, cpu string, more string) *workload.Pool {
		var yaml strings.Builder
		for i := range n {
			yaml.WriteString("---\napiVersion: v1\nkind: Node\nmetadata: {name: n" + string(rune('0'+i)) + ", labels: {disk: ssd}}\nspec: {" + more + "}\nstatus: {allocatable: {cpu: \"" + cpu + "\", memory: 64Gi, pods: \"110\"}}\n")
		}
		list := workload.ReadNodes(manifest.Parse("nodes.yaml", []byte(yaml.String()), manifest.Options{}).Documents)
		return &workload.Pool{Count: int32(len(list)), Nodes: list}
	}
	const claim = "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n"
	for _, tc := range []struct {
		name, more string
		edits      []string
		pool       *workload.Pool
		want       string // of the text
		stalls     bool
	}{
		// 4 × 500m are 2; the surge of 2 needs 1 more.
		{"quota is enough", quotaOf, []string{"LIMIT", "3", "MISSING", "0"}, nil, "leaves 1 of requests.cpu, enough for the surge of 2", false},
		{"one of two fits", quotaOf, []string{"LIMIT", "2500m", "MISSING", "0"}, nil, "1 of 2 surge pods find room in ResourceQuota team (requests.cpu is 2500m and 2 are used): the rollout takes longer", false},
		{"none fits and none may go", quotaOf, []string{"LIMIT", "2", "MISSING", "0"}, nil, "none of the old ones may be missing: the rollout stops at 4 pods available", true},
		{"none fits and one may go", quotaOf, []string{"LIMIT", "2", "MISSING", "1"}, nil, "0 of 2 surge pods find room", false},
		{"the wanted do not fit", quotaOf, []string{"LIMIT", "1500m", "MISSING", "1"}, nil, "1 of 4 pods find no room in ResourceQuota team", true},
		{"limit range", "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: small}\nspec: {limits: [{type: Container, max: {memory: 512Mi}}]}\n", []string{"MISSING", "1"}, nil, "LimitRange small refuses the new pods: container \"web\" has a memory request of 1Gi, above the maximum of 512Mi; the rollout stops at 3 pods available", true},
		{"nodes are enough", "", []string{"MISSING", "0"}, nodes(3, "4", ""), "the 3 nodes have room for all 6 pods of the peak", false},
		{"one node too few for all", "", []string{"MISSING", "0"}, nodes(1, "2500m", ""), "1 of 2 surge pods find room in the node (the cpu request of 500m): the rollout takes longer", false},
		{"full nodes", "", []string{"MISSING", "0"}, nodes(2, "1", ""), "not one more pod finds room in the 2 nodes (the cpu request of 500m), and none of the old ones may be missing: the rollout stops at 4 pods available", true},
		{"host port on few nodes", "", []string{"MISSING", "0", "PORT", ", ports: [{containerPort: 80, hostPort: 80}]"}, nodes(4, "64", ""), "not one more pod finds room in the 4 nodes (hostPort 80 lets one pod run on a node)", true},
		{"host port, nodes counted", "", []string{"MISSING", "0", "PORT", ", ports: [{containerPort: 80, hostPort: 80}]"}, &workload.Pool{Count: 5}, "1 of 2 surge pods find room in the 5 nodes (hostPort 80", false},
		{"anti-affinity", "", []string{"MISSING", "0", "      containers:", "      affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}\n      containers:"}, &workload.Pool{Count: 4}, "the required anti-affinity lets one pod run on a node", true},
		{"one volume", claim, []string{"MISSING", "0", "      containers:", "      volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]\n      containers:"}, nodes(3, "2", ""), "claim data is ReadWriteOnce, so that all pods share one node", true},
		{"node selector", "", []string{"MISSING", "0", "      containers:", "      nodeSelector: {disk: hdd}\n      containers:"}, nodes(3, "64", ""), "4 of 4 pods find no room in the 3 nodes (nodeSelector)", true},
		{"taint", "", []string{"MISSING", "0"}, nodes(3, "64", "taints: [{key: gpu, effect: NoSchedule}]"), "4 of 4 pods find no room in the 3 nodes (taint gpu)", true},
		{"tolerated", "", []string{"MISSING", "0", "      containers:", "      tolerations: [{key: gpu, operator: Exists}]\n      containers:"}, nodes(3, "64", "taints: [{key: gpu, effect: NoSchedule}]"), "the 3 nodes have room", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := roomy + tc.more
			for i := 0; i < len(tc.edits); i += 2 {
				text = strings.Replace(text, tc.edits[i], tc.edits[i+1], 1)
			}
			text = strings.Replace(text, "PORT", "", 1)
			head := strings.Replace(text, "web:1", "web:2", 1)
			res, err := review.Compare(context.Background(), review.Base{Name: "main", Files: parse(map[string]string{"a.yaml": text})}, review.Input{Files: parse(map[string]string{"a.yaml": head})}, review.Options{Pool: tc.pool})
			if err != nil || len(res.Plans) != 1 || len(res.Plans[0].Rooms) != 1 {
				t.Fatal(err, len(res.Plans), res.Plans)
			}
			r := res.Plans[0].Rooms[0]
			if !strings.Contains(r.Text, tc.want) || r.Stalls != tc.stalls {
				t.Errorf("%v: %s", r.Stalls, r.Text)
			}
			if res.Judge(); tc.stalls != (res.Verdict == review.VerdictStop) {
				t.Errorf("%s: %q", res.Verdict, res.Reasons)
			}
		})
	}
}

// TestCombined: two rollouts that are well alone, and not together.
func TestCombined(t *testing.T) {
	one := strings.Replace(strings.Replace(roomy, "MISSING", "1", 1), "PORT", "", 1)
	two := strings.NewReplacer("name: web", "name: api", "app: web", "app: api").Replace(one)
	both := one + "---" + two
	for _, tc := range []struct {
		name, more string
		pool       *workload.Pool
		over       string
		short      bool
		want       string
	}{
		{"namespace", "", nil, "the namespace that is applied to", false, "2 workloads of the namespace that is applied to roll out at the same time: together up to 12 pods, "},
		// 8 × 500m are 4; each surge needs 1 more.
		{"quota for both", strings.Replace(quotaOf, "LIMIT", "6", 1), nil, "ResourceQuota team", false, "together ask for 2 more of requests.cpu, and ResourceQuota team leaves 2"},
		{"quota for one", strings.Replace(quotaOf, "LIMIT", "5", 1), nil, "ResourceQuota team", true, "together ask for 2 more of requests.cpu, and ResourceQuota team leaves 1"},
		{"budget", "---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: all}\nspec: {minAvailable: 7, selector: {}}\n", nil, "PodDisruptionBudget all", true, "together go down to 6 ready pods, and PodDisruptionBudget all wants 7"},
		{"budget that is kept", "---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: all}\nspec: {minAvailable: 6, selector: {}}\n", nil, "PodDisruptionBudget all", false, "together go down to 6 ready pods, and PodDisruptionBudget all wants 6"},
		{"nodes", "", &workload.Pool{Count: 1, Nodes: workload.ReadNodes(manifest.Parse("n.yaml", []byte("apiVersion: v1\nkind: Node\nmetadata: {name: n}\nstatus: {allocatable: {cpu: \"5\", memory: 64Gi}}\n"), manifest.Options{}).Documents)}, "the node", true, "at their peaks the 2 rollouts ask for 6 CPU and 12Gi memory"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			head := strings.ReplaceAll(both, ":1\"", ":2\"")
			res, err := review.Compare(context.Background(), review.Base{Name: "main", Files: parse(map[string]string{"a.yaml": both + tc.more})}, review.Input{Files: parse(map[string]string{"a.yaml": head + tc.more})}, review.Options{Pool: tc.pool, WithoutRules: true})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range res.Combined {
				if c.Over == tc.over {
					if c.Short != tc.short || !strings.Contains(c.Text, tc.want) || len(c.Workloads) != 2 {
						t.Errorf("%+v", c)
					}
					if res.Judge(); tc.short && res.Verdict == review.VerdictSafe {
						t.Errorf("%s: %q", res.Verdict, res.Reasons)
					}
					return
				}
			}
			t.Errorf("nothing of %s in %+v", tc.over, res.Combined)
		})
	}
}
