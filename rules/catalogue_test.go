package rules_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/schema"
)

// rows reads docs/catalogue.md: row, told by, fix, note.
func rows(t *testing.T) (list [][]string) {
	t.Helper()
	text, err := os.ReadFile("../docs/catalogue.md")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) == 4 && regexp.MustCompile(`^ [A-Z]+[0-9]+[a-z]? $`).MatchString(cells[0]) {
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			list = append(list, cells)
		}
	}
	return list
}

var (
	ruleLink  = regexp.MustCompile(`\[([a-z0-9-]+)\]\(rules/([a-z0-9-]+)\.md\)`)
	schemaIDs = regexp.MustCompile("`((?:schema|api)/[a-z-]+)`")
)

// TestCatalogueTable holds docs/catalogue.md against what there is: each row is
// told by a rule, the schema or the review, or says why nothing tells of it; each
// rule stands in a row; and a fix is proposed exactly where the row says so.
func TestCatalogueTable(t *testing.T) {
	list := rows(t)
	if len(list) < 131 {
		t.Fatalf("only %d rows", len(list))
	}
	mapped, seen := map[string]bool{}, map[string]bool{}
	for _, row := range list {
		id, told, fix, note := row[0], row[1], row[2], row[3]
		if seen[id] {
			t.Errorf("%s stands twice", id)
		}
		seen[id] = true
		proposes := false
		links := ruleLink.FindAllStringSubmatch(told, -1)
		for _, m := range links {
			if _, ok := rules.Find(m[1]); !ok || m[1] != m[2] {
				t.Errorf("%s: there is no rule %s", id, m[1])
			}
			mapped[m[1]] = true
			text, err := os.ReadFile(m[1] + "/rule.rego")
			if err != nil {
				t.Fatal(err)
			}
			proposes = proposes || strings.Contains(string(text), `"fix"`)
		}
		switch {
		case told == "nothing" && note == "":
			t.Errorf("%s: nothing tells of it, and no reason is given", id)
		case told != "nothing" && len(links) == 0 && !schemaIDs.MatchString(told) && !strings.HasPrefix(told, "review") && !strings.HasPrefix(told, "plan"):
			t.Errorf("%s: told by %q", id, told)
		case len(links) > 0 && proposes != (fix != "—"):
			t.Errorf("%s: fix is %q, and the rules propose one: %v", id, fix, proposes)
		}
	}
	for _, r := range rules.Catalogue() {
		if !mapped[r.ID] {
			t.Errorf("%s stands in no row", r.ID)
		}
	}
}

// TestCatalogueIsWhole compares the rows with the list that they come from.
func TestCatalogueIsWhole(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "shared", "reference", "rules.md"))
	if err != nil {
		t.Skip("the list is not beside the checkout")
	}
	var want, got []string
	for _, m := range regexp.MustCompile(`(?m)^\| ★?((?:PRB|ROL|PDB|HPA|STS|DS|JOB|SVC|VOL|API|CAP)[0-9]+) `).FindAllStringSubmatch(string(text), -1) {
		want = append(want, m[1])
	}
	for _, row := range rows(t) {
		if !regexp.MustCompile(`^(D[0-9]+[a-z]?|X[0-9]+)$`).MatchString(row[0]) || strings.HasPrefix(row[0], "DS") {
			got = append(got, row[0])
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if len(want) < 131 || !slices.Equal(want, got) {
		t.Errorf("%d rows of the list, %d here:\n%v\n%v", len(want), len(got), want, got)
	}
}

// refused are manifests for the rows that the schema tells of, as the change of
// one that is accepted.
var refused = map[string][2]string{
	"PRB012": {"livenessProbe: {", "livenessProbe: {successThreshold: 2, "},
	"PRB013": {"livenessProbe: {", "livenessProbe: {tcpSocket: {port: 80}, "},
	"PRB015": {"livenessProbe: {httpGet: {path: /, port: http}}", "livenessProbe: {grpc: {port: http}}"},
	"PRB020": {"port: http}}", "port: http, scheme: https}}"},
	"PRB026": {"containers:", "initContainers: [{name: i, image: i:1, livenessProbe: {httpGet: {port: 80}}}]\n      containers:"},
	"ROL005": {"strategy: {", "strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}, "},
	"ROL009": {"image: web:1", "image: web:1\n        lifecycle: {preStop: {sleep: {seconds: 31}}}"},
	"ROL013": {"replicas: 2", "replicas: 2\n  minReadySeconds: 600"},
	"ROL031": {"strategy: {type: RollingUpdate}", "strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}"},
	"DS002":  {"kind: Deployment", "kind: DaemonSet"},
	"JOB001": {"---", "---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {template: {spec: {containers: [{name: j, image: j:1}]}}}\n---"},
	"JOB008": {"---", "---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: j}\nspec: {schedule: hourly, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: j, image: j:1}]}}}}}\n---"},
	"SVC001": {"matchLabels: {app: web}", "matchLabels: {app: api}"},
	"SVC007": {"spec: {selector", "spec: {clusterIP: None, type: LoadBalancer, selector"},
	"VOL003": {"image: web:1", "image: web:1\n        volumeMounts: [{name: data, mountPath: /data}]"},
	"API001": {"apiVersion: apps/v1", "apiVersion: extensions/v1beta1"},
	"API003": {"replicas: 2", "replica: 2"},
	"API004": {"containers:", "containers: {}\n      x:"},
	"API006": {"replicas: 2", "replicas: 2\n  replicas: 3"},
	"API007": {"metadata: {name: web}", "metadata: {name: web, resourceVersion: \"1\"}"},
	"CAP003": {"image: web:1", "image: web:1\n        resources: {requests: {cpu: 2}, limits: {cpu: 1}}"},
	"PDB007": {"---", "---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {minAvailable: 1, maxUnavailable: 1, selector: {matchLabels: {app: web}}}\n---"},
	"HPA006": {"---", "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {minReplicas: 3, maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n---"},
	"HPA008": {"---", "---\napiVersion: autoscaling/v2beta1\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n---"},
	"JOB007": {"---", "---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: " + strings.Repeat("j", 53) + "}\nspec: {schedule: '0 * * * *', jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: j, image: j:1}]}}}}}\n---"},
	"STS009": {"---", "---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec: {updateStrategy: {rollingUpdate: {maxUnavailable: 2}}, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: db:1}]}}}\n---"},
	"DS005":  {"---", "---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec: {updateStrategy: {rollingUpdate: {maxUnavailable: 1, maxSurge: 1}}, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: a:1}]}}}\n---"},
}

const accepted = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  strategy: {type: RollingUpdate}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: web:1
        ports: [{name: http, containerPort: 80}]
        livenessProbe: {httpGet: {path: /, port: http}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`

// TestCatalogueSchema shows that the schema tells of the rows that name it. What
// it says of a change, and of versions that lose a default, is shown elsewhere.
func TestCatalogueSchema(t *testing.T) {
	check := func(text string) (said []string) {
		for _, doc := range manifest.Parse("web.yaml", []byte(text), manifest.Options{}).Documents {
			for _, f := range schema.Check(doc, schema.Options{}).Findings {
				said = append(said, f.Rule)
			}
		}
		return said
	}
	if said := check(accepted); len(said) > 0 {
		t.Fatalf("not accepted: %v", said)
	}
	shownElsewhere := []string{"API002", "API008", "JOB011", "ROL020"}
	for _, row := range rows(t) {
		ids := schemaIDs.FindAllStringSubmatch(row[1], -1)
		if len(ids) == 0 || slices.Contains(shownElsewhere, row[0]) {
			continue
		}
		change, ok := refused[row[0]]
		text := strings.Replace(accepted, change[0], change[1], 1)
		if !ok || text == accepted {
			t.Errorf("%s names the schema, and no manifest shows it", row[0])
			continue
		}
		said := check(text)
		if !slices.ContainsFunc(ids, func(id []string) bool { return slices.Contains(said, id[1]) }) {
			t.Errorf("%s: the schema says %v, the row %s", row[0], said, row[1])
		}
	}
}
