package review_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rollcast/rollcast/review"
)

// objects are what the pairs below change.
var objects = map[string]string{
	"deploy": `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {team: a}
spec:
  replicas: 4
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web, tier: front}
    spec:
      containers:
      - name: web
        image: web:1
        env:
        - {name: A, value: "1"}
        - {name: B, value: "2"}
        resources: {requests: {cpu: 500m, memory: 1Gi}}
        readinessProbe: {httpGet: {path: /ready, port: 8080}}
`,
	"latest": `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {team: a}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "registry:5000/web"}
`,
	"reads": `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
      annotations: {checksum/config: "1"}
    spec:
      containers:
      - name: web
        image: web:1
        env:
        - {name: LEVEL, valueFrom: {configMapKeyRef: {name: conf, key: level}}}
        volumeMounts:
        - {name: files, mountPath: /etc/web}
        - {name: files, mountPath: /etc/one, subPath: one}
      volumes:
      - {name: files, configMap: {name: conf}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: conf}
data: {level: info, file: a, one: x}
`,
	"secret": `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "web:1", envFrom: [{secretRef: {name: key}}]}
---
apiVersion: v1
kind: Secret
metadata: {name: key}
stringData: {password: hunter2}
`,
	"set": `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 5
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
      - {name: db, image: "db:1"}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`,
	"daemon": `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      containers:
      - {name: agent, image: "agent:1"}
`,
	"job": `
apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  completions: 3
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: once, image: "once:1"}
`,
	"cron": `
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - {name: once, image: "once:1"}
`,
	"service": `
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
  - {port: 80}
`,
	"claim": `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: fast
  resources: {requests: {storage: 10Gi}}
`,
	"frozen": `
apiVersion: v1
kind: ConfigMap
metadata: {name: conf}
immutable: true
data: {a: b}
`,
	"hpa": `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 12
`,
	"budget": `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  minAvailable: 4
  selector: {matchLabels: {app: web}}
`,
	"others": `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: may}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: ServiceAccount, name: web}]
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: example.com/disk
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high}
value: 1000
---
apiVersion: v1
kind: Pod
metadata: {name: bare}
spec:
  containers:
  - {name: bare, image: "bare:1"}
---
apiVersion: v1
kind: Namespace
metadata: {name: team}
`,
}

// A pair is base and head: the names of objects, and the edits that make the
// head of them: old, new, old, new, …
//
// "*" takes what was edited so far as the base, and its new text as the head;
// "*base" goes on editing; "> name" is another name of the file.
type pair struct {
	name  string
	base  string
	edits []string
}

var pairs = []pair{
	{"nothing", "deploy", nil},
	{"image", "deploy", []string{"web:1", "web:2"}},
	{"env value", "deploy", []string{`value: "2"`, `value: "3"`}},
	{"env reordered", "deploy", []string{"        - {name: A, value: \"1\"}\n", "", "        - {name: B, value: \"2\"}\n", "        - {name: B, value: \"2\"}\n        - {name: A, value: \"1\"}\n"}},
	{"labels reordered", "deploy", []string{"{app: web, tier: front}", "{tier: front, app: web}"}},
	{"template label", "deploy", []string{"tier: front", "tier: back"}},
	{"quantity written otherwise", "deploy", []string{"cpu: 500m", "cpu: 0.5", "1Gi", "1024Mi"}},
	{"quantity", "deploy", []string{"cpu: 500m", "cpu: 0.6"}},
	{"default written out", "deploy", []string{"        image: web:1", "        image: web:1\n        imagePullPolicy: IfNotPresent", "  replicas: 4", "  replicas: 4\n  revisionHistoryLimit: 10\n  strategy: {type: RollingUpdate}"}},
	{"port as text", "deploy", []string{"port: 8080", "port: http"}},
	{"container added", "deploy", []string{"      - name: web\n", "      - {name: extra, image: \"extra:1\"}\n      - name: web\n"}},
	{"replicas raised", "deploy", []string{"replicas: 4", "replicas: 6"}},
	{"replicas lowered", "deploy", []string{"replicas: 4", "replicas: 2"}},
	{"replicas and image", "deploy", []string{"replicas: 4", "replicas: 6", "web:1", "web:2"}},
	{"to zero", "deploy", []string{"replicas: 4", "replicas: 0"}},
	{"metadata", "deploy", []string{"team: a", "team: b"}},
	{"comment", "deploy", []string{"spec:\n  replicas", "spec: # why\n  replicas"}},
	{"strategy", "deploy", []string{"  replicas: 4", "  replicas: 4\n  minReadySeconds: 10"}},
	{"recreate", "deploy", []string{"  replicas: 4", "  replicas: 4\n  strategy: {type: Recreate}", "web:1", "web:2"}},
	{"paused", "deploy", []string{"  replicas: 4", "  replicas: 4\n  paused: true", "web:1", "web:2"}},
	{"selector", "deploy", []string{"{matchLabels: {app: web}}", "{matchLabels: {app: web, tier: front}}"}},
	{"selector and template", "deploy", []string{"{matchLabels: {app: web}}", "{matchLabels: {app: shop}}", "app: web, tier", "app: shop, tier"}},
	{"unknown field", "deploy", []string{"image: web:1", "imagee: web:1"}},
	{"renamed", "deploy", []string{"name: web\n  labels", "name: shop\n  labels"}},
	{"namespace", "deploy", []string{"name: web\n  labels", "name: web\n  namespace: shop\n  labels"}},
	{"deleted", "deploy", []string{"*", ""}},
	{"stalls", "deploy", []string{"port: 8080", "port: nowhere"}},
	{"old api", "deploy", []string{"apps/v1", "apps/v1beta2"}},
	{"latest to latest", "latest", []string{"team: a", "team: b"}},
	{"cut from its service", "deploy service", []string{"{matchLabels: {app: web}}", "{matchLabels: {tier: front}}", "{app: web, tier: front}", "{app: shop, tier: front}"}},
	{"below the budget", "deploy budget", []string{"web:1", "web:2"}},
	{"budget alone", "deploy budget", []string{"minAvailable: 4", "minAvailable: 3"}},
	{"env key", "reads", []string{"level: info", "level: debug"}},
	{"mounted key", "reads", []string{"file: a", "file: b"}},
	{"subPath key", "reads", []string{"one: x", "one: z"}},
	{"with a checksum", "reads", []string{"level: info", "level: debug", `checksum/config: "1"`, `checksum/config: "2"`}},
	{"with a hashed name", "reads", []string{"level: info", "level: debug", "name: conf", "name: conf-5k8h2t9b4m"}},
	{"settings of its own", "reads", []string{"metadata: {name: conf}", "metadata: {name: conf, labels: {a: b}}"}},
	{"with a reloader", "reads", []string{"level: info", "level: debug", "metadata: {name: web}", "metadata: {name: web, annotations: {reloader.stakater.com/auto: \"true\"}}"}},
	{"secret", "secret", []string{"hunter2", "hunter3"}},
	{"secret written otherwise", "secret", []string{"stringData: {password: hunter2}", "data: {password: aHVudGVyMg==}"}},
	{"secret's type", "secret", []string{"stringData:", "type: example.com/t\nstringData:"}},
	{"frozen", "frozen", []string{"a: b", "a: c"}},
	{"thawed", "frozen", []string{"immutable: true", "immutable: false"}},
	{"freezing", "frozen", []string{"immutable: true", "immutable: true\nmore: x"}},
	{"set's image", "set", []string{"db:1", "db:2"}},
	{"set's partition", "set", []string{"db:1", "db:2", "  replicas: 5", "  replicas: 5\n  updateStrategy: {rollingUpdate: {partition: 3}}"}},
	{"set on delete", "set", []string{"db:1", "db:2", "  replicas: 5", "  replicas: 5\n  updateStrategy: {type: OnDelete}"}},
	{"set's service", "set", []string{"serviceName: db", "serviceName: other"}},
	{"set's claims", "set", []string{"storage: 1Gi", "storage: 2Gi"}},
	{"set's claims written otherwise", "set", []string{"storage: 1Gi", "storage: 1024Mi"}},
	{"set deleted", "set", []string{"*", ""}},
	{"set deleted with its claims", "set", []string{"  replicas: 5", "  replicas: 5\n  persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}", "*", ""}},
	{"daemon", "daemon", []string{"agent:1", "agent:2"}},
	{"job's template", "job", []string{"once:1", "once:2"}},
	{"job as a hook", "job", []string{"once:1", "once:2", "{name: once}", "{name: once, annotations: {helm.sh/hook: pre-upgrade}}"}},
	{"job's completions", "job", []string{"completions: 3", "completions: 4"}},
	{"job's parallelism", "job", []string{"completions: 3", "completions: 3\n  parallelism: 2"}},
	{"cron's image", "cron", []string{"once:1", "once:2"}},
	{"cron's schedule", "cron", []string{"0 3", "0 4"}},
	{"service's selector", "service", []string{"app: web", "app: shop"}},
	{"service's port", "service", []string{"port: 80", "port: 81"}},
	{"service's port written out", "service", []string{"{port: 80}", "{port: 80, targetPort: 80, protocol: TCP}"}},
	{"headless", "service", []string{"  ports:", "  clusterIP: None\n  ports:"}},
	{"claim grows", "claim", []string{"10Gi", "20Gi"}},
	{"claim shrinks", "claim", []string{"10Gi", "5Gi"}},
	{"claim's class", "claim", []string{"fast", "slow"}},
	{"claim deleted", "claim", []string{"*", ""}},
	{"autoscaler's range", "deploy hpa", []string{"maxReplicas: 12", "maxReplicas: 20"}},
	{"image with an autoscaler", "deploy hpa", []string{"web:1", "web:2"}},
	{"replicas left to the autoscaler", "deploy hpa", []string{"  replicas: 4\n", ""}},
	{"role", "others", []string{"name: reader", "name: writer"}},
	{"provisioner", "others", []string{"example.com/disk", "example.com/other"}},
	{"priority", "others", []string{"value: 1000", "value: 2000"}},
	{"pod's image", "others", []string{"bare:1", "bare:2"}},
	{"pod's name of a container", "others", []string{"- {name: bare, image", "- {name: bear, image"}},
	{"namespace deleted", "others", []string{"apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n", ""}},
	{"created", "service", []string{"  - {port: 80}\n", "  - {port: 80}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: new}\nspec: {replicas: 3, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: \"a:1\"}]}}}\n"}},
}

// TestClassify holds every class of change against testdata/change/pairs.txt,
// which UPDATE=1 rewrites.
func TestClassify(t *testing.T) {
	var got strings.Builder
	for _, p := range slices.Concat(pairs, morePairs) {
		var base []string
		for name := range strings.FieldsSeq(p.base) {
			text, ok := objects[name]
			if !ok {
				text, ok = moreObjects[name]
			}
			if !ok {
				t.Fatalf("%s: there is no %q", p.name, name)
			}
			base = append(base, text)
		}
		old := strings.Join(base, "---\n")
		head, file := old, "a.yaml"
		for i := 0; i < len(p.edits); i += 2 {
			switch p.edits[i] {
			case "*":
				old, head = head, p.edits[i+1]
				continue
			case "*base":
				old = head
				continue
			}
			if to, ok := strings.CutPrefix(p.edits[i], "> "); ok {
				file = to
				continue
			}
			if p.edits[i] == "" || !strings.Contains(head, p.edits[i]) {
				t.Fatalf("%s: the base does not hold %q", p.name, p.edits[i])
			}
			head = strings.ReplaceAll(head, p.edits[i], p.edits[i+1])
		}
		now := map[string]string{}
		if head != "" {
			now[file] = head
		}
		fmt.Fprintf(&got, "== %s\n%s", p.name, summary(t, compare(t, map[string]string{"a.yaml": old}, now)))
	}
	golden(t, filepath.Join("testdata", "change", "pairs.txt"), got.String())
}

func compare(t *testing.T, base, head map[string]string) *review.Result {
	t.Helper()
	res, err := review.Compare(context.Background(), review.Base{Name: "main", Files: parse(base)}, review.Input{Files: parse(head)}, review.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range res.Failures {
		t.Error(err)
	}
	res.Judge()
	return res
}

// summary is a result in a form for people to check.
func summary(t *testing.T, res *review.Result) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", res.Verdict)
	for _, r := range res.Reasons {
		fmt.Fprintf(&b, "  because %s\n", r)
	}
	for _, ch := range res.Changes {
		fmt.Fprintf(&b, "%s: %v", ch.Document.Label(), ch.Kinds)
		if ch.Restarted != nil {
			fmt.Fprintf(&b, ", %d restart", *ch.Restarted)
		}
		b.WriteString("\n")
		for _, c := range ch.Because {
			fmt.Fprintf(&b, "  %s: %q → %q, line %d\n", c.Path, c.From, c.To, c.Line)
		}
		for _, m := range ch.Messages {
			fmt.Fprintf(&b, "  - %s\n", m)
		}
		if ch.Plan >= 0 {
			p := res.Plans[ch.Plan]
			if p.Plan == nil {
				fmt.Fprintf(&b, "  no plan: %s\n", p.NoPlan)
			} else {
				fmt.Fprintf(&b, "  plan: %d to %d, %s in %d steps, %d to %d pods available\n", p.Plan.Replicas.From, p.Plan.Replicas.To, p.Plan.Outcome, len(p.Plan.Steps), p.Plan.MinAvailable, p.Plan.PeakPods)
			}
		}
	}
	for _, one := range res.Combined {
		fmt.Fprintf(&b, "together: %s\n", one.Text)
	}
	for _, f := range res.Findings {
		fmt.Fprintf(&b, "%s %s %s\n", f.Status, f.Severity, f.Rule)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
		t.Errorf("%s (-want +got, UPDATE=1 rewrites it):\n%s", name, d)
	}
}
