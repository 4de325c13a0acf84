package review_test

// moreObjects are what the pairs of morePairs change.
var moreObjects = map[string]string{
	"beside": `
apiVersion: apps/v1
kind: Deployment
metadata: {name: beside}
spec:
  replicas: 4
  selector: {matchLabels: {app: web, tier: back}}
  template:
    metadata: {labels: {app: web, tier: back}}
    spec:
      containers:
      - name: beside
        image: web:1
        resources: {requests: {cpu: 500m, memory: 1Gi}}
        readinessProbe: {httpGet: {path: /ready, port: 8080}}
`,
	"quota": `
apiVersion: v1
kind: ResourceQuota
metadata: {name: team}
spec:
  hard: {requests.cpu: 4500m, pods: "12"}
`,
	"bounded": `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 4
  strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      nodeSelector: {disk: ssd, zone: a}
      containers:
      - name: web
        image: web:1
        ports: [{containerPort: 8080, name: http}]
        resources: {requests: {cpu: 1000m}}
        livenessProbe: {httpGet: {path: /live, port: 8080}, periodSeconds: 10}
      - name: log
        image: log:1
      volumes:
      - {name: a, emptyDir: {}}
      - {name: b, emptyDir: {}}
`,
	"floating": `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "web:1"}
`,
	"suspended": `
apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  suspend: true
  template:
    spec:
      restartPolicy: Never
      nodeSelector: {disk: ssd}
      containers:
      - {name: once, image: "once:1", resources: {requests: {cpu: 100m}}}
`,
	"envFrom": `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "web:1", envFrom: [{configMapRef: {name: conf}}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      initContainers:
      - {name: init, image: "db:1", env: [{name: LEVEL, valueFrom: {configMapKeyRef: {name: conf, key: level}}}]}
      containers:
      - {name: db, image: "db:1"}
---
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
          - {name: once, image: "once:1", envFrom: [{configMapRef: {name: conf}}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: conf}
data: {level: info}
`,
	"projected": `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: web:1
        volumeMounts:
        - {name: files, mountPath: /etc/web}
        - {name: picked, mountPath: /etc/one, subPath: one.txt}
      volumes:
      - {name: files, projected: {sources: [{configMap: {name: conf}}]}}
      - {name: picked, configMap: {name: conf, items: [{key: one, path: one.txt}]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: conf}
data: {one: x, two: "2"}
`,
	"oldBudget": `
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {}}
`,
	"oldDeploy": `
apiVersion: extensions/v1beta1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 10
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "web:1"}
`,
	"oldSet": `
apiVersion: apps/v1beta1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 3
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
      - {name: db, image: "db:1"}
`,
	"oldHpa": `
apiVersion: autoscaling/v2beta2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 5
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
`,
	"oldCron": `
apiVersion: batch/v1beta1
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
	"parted": `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 5
  updateStrategy: {rollingUpdate: {partition: 3}}
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
      - {name: db, image: "db:1"}
`,
}

// morePairs complete pairs: every sentence of what a review promises about
// changes has one.
var morePairs = []pair{
	// order and meaning
	{"containers reordered", "bounded", []string{"      - name: log\n        image: log:1\n", "", "      containers:\n", "      containers:\n      - name: log\n        image: log:1\n"}},
	{"volumes reordered", "bounded", []string{"      - {name: a, emptyDir: {}}\n", "", "      - {name: b, emptyDir: {}}\n", "      - {name: b, emptyDir: {}}\n      - {name: a, emptyDir: {}}\n"}},
	{"map reordered in the template", "bounded", []string{"{disk: ssd, zone: a}", "{zone: a, disk: ssd}", "{containerPort: 8080, name: http}", "{name: http, containerPort: 8080}"}},
	{"1000m and 1", "bounded", []string{"cpu: 1000m", `cpu: "1"`}},
	{"1000m and 1.0 without quotes", "bounded", []string{"cpu: 1000m", "cpu: 1.0"}},
	{"port by its name", "bounded", []string{"path: /live, port: 8080", "path: /live, port: http"}},
	{"surge in quotes", "bounded", []string{"maxSurge: 25%", `maxSurge: "25%"`}},
	{"surge of the same number", "bounded", []string{"maxSurge: 25%", "maxSurge: 1"}},
	{"defaults of a probe written out", "bounded", []string{"periodSeconds: 10", "periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3, successThreshold: 1"}},
	{"defaults of a pod written out", "bounded", []string{"      containers:\n", "      restartPolicy: Always\n      dnsPolicy: ClusterFirst\n      terminationGracePeriodSeconds: 30\n      schedulerName: default-scheduler\n      securityContext: {}\n      containers:\n"}},
	{"anchors instead of copies", "bounded", []string{"metadata: {labels: {app: web}}", "metadata: {labels: &l {app: web}}", "{matchLabels: {app: web}}", "{matchLabels: {app: 'web'}}"}},
	{"label of another type", "bounded", []string{"disk: ssd", `disk: "ssd"`}},
	// the rollout
	{"restarted by an annotation", "bounded", []string{"metadata: {labels: {app: web}}", "metadata: {labels: {app: web}, annotations: {kubectl.kubernetes.io/restartedAt: \"2026-01-01T00:00:00Z\"}}"}},
	{"container removed", "bounded", []string{"      - name: log\n        image: log:1\n", ""}},
	{"no more pods than there are", "bounded", []string{"maxSurge: 25%, maxUnavailable: 1", "maxSurge: 0, maxUnavailable: 1", "web:1", "web:2"}},
	{"lowered with a new image", "bounded", []string{"replicas: 4", "replicas: 2", "web:1", "web:2"}},
	{"latest with a pull policy", "latest", []string{`image: "registry:5000/web"`, `image: "registry:5000/web", imagePullPolicy: Always`}},
	{"latest written out", "latest", []string{"registry:5000/web", "registry:5000/web:latest"}},
	{"resumed", "deploy", []string{"  replicas: 4", "  replicas: 4\n  paused: true", "*base", "", "  paused: true\n", ""}},
	{"partition lowered", "parted", []string{"partition: 3", "partition: 0"}},
	{"daemon on delete", "daemon", []string{"agent:1", "agent:2", "spec:\n  selector", "spec:\n  updateStrategy: {type: OnDelete}\n  selector"}},
	{"daemon's surge", "daemon", []string{"agent:1", "agent:2", "spec:\n  selector", "spec:\n  updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}\n  selector"}},
	{"daemon's selector", "daemon", []string{"app: agent", "app: other"}},
	// recreate
	{"forced by Argo CD", "deploy", []string{"labels: {team: a}", "annotations: {argocd.argoproj.io/sync-options: \"Force=true,Replace=true\"}", "{matchLabels: {app: web}}", "{matchLabels: {app: web, tier: front}}"}},
	{"forced by Flux", "deploy", []string{"labels: {team: a}", "annotations: {kustomize.toolkit.fluxcd.io/force: enabled}", "{matchLabels: {app: web}}", "{matchLabels: {app: web, tier: front}}"}},
	// Jobs
	{"suspended job's node", "suspended", []string{"disk: ssd", "disk: nvme"}},
	{"suspended job's resources", "suspended", []string{"cpu: 100m", "cpu: 200m"}},
	{"suspended job's image", "suspended", []string{"once:1", "once:2"}},
	{"job resumed", "suspended", []string{"suspend: true", "suspend: false"}},
	{"cron suspended", "cron", []string{"  schedule", "  suspend: true\n  schedule"}},
	// what restarts nothing, and surprises for it
	{"read by several", "envFrom", []string{"level: info", "level: debug"}},
	{"read by several, one restarts", "envFrom", []string{"level: info", "level: debug", "web:1", "web:2"}},
	{"projected", "projected", []string{"two: \"2\"", "two: z"}},
	{"subPath of an item", "projected", []string{"one: x", "one: z"}},
	{"key that a pod needs went", "reads", []string{"level: info, ", ""}},
	{"settings deleted", "reads", []string{"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\ndata: {level: info, file: a, one: x}\n", ""}},
	{"settings renamed, reader not", "projected", []string{"metadata: {name: conf}", "metadata: {name: conf-2}"}},
	{"freezing now", "frozen", []string{"immutable: true\n", "", "*base", "", "data: {a", "immutable: true\ndata: {a"}},
	// names and files
	{"file renamed", "deploy", []string{"> b.yaml", ""}},
	{"file renamed and image", "deploy", []string{"> b.yaml", "", "web:1", "web:2"}},
	{"renamed in another file", "deploy", []string{"> b.yaml", "", "name: web\n  labels", "name: shop\n  labels"}},
	{"renamed with another image", "deploy", []string{"name: web\n  labels", "name: shop\n  labels", "web:1", "web:2"}},
	{"renamed set", "set", []string{"metadata: {name: db}", "metadata: {name: data}"}},
	{"another kind", "bounded", []string{"kind: Deployment", "kind: ReplicaSet", "  strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}}\n", ""}},
	{"settings created", "service", []string{"  - {port: 80}\n", "  - {port: 80}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: new}\ndata: {a: b}\n"}},
	// migrations
	{"budget of v1beta1", "bounded oldBudget", []string{"policy/v1beta1", "policy/v1"}},
	{"autoscaler of v2beta2", "floating oldHpa", []string{"autoscaling/v2beta2", "autoscaling/v2"}},
	{"cron of v1beta1", "oldCron", []string{"batch/v1beta1", "batch/v1"}},
	{"deployment of extensions", "oldDeploy", []string{"extensions/v1beta1", "apps/v1"}},
	{"deployment of extensions with another image", "oldDeploy", []string{"extensions/v1beta1", "apps/v1", "web:1", "web:2"}},
	{"set of v1beta1", "oldSet", []string{"apps/v1beta1", "apps/v1"}},
	// autoscalers
	{"replicas committed", "floating hpa", []string{"spec:\n  selector", "spec:\n  replicas: 2\n  selector"}},
	{"replicas committed with a new image", "floating hpa", []string{"spec:\n  selector", "spec:\n  replicas: 5\n  selector", "web:1", "web:2"}},
	{"image with replicas left to the autoscaler", "floating hpa", []string{"web:1", "web:2"}},
	{"autoscaler deleted", "floating hpa", []string{"---\n\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n  minReplicas: 3\n  maxReplicas: 12\n", ""}},
	// several at once
	{"two under one budget", "deploy beside budget", []string{"web:1", "web:2", "minAvailable: 4", "minAvailable: 7"}},
	{"two under one quota", "deploy beside quota", []string{"web:1", "web:2"}},
	{"two of one namespace", "deploy daemon", []string{"web:1", "web:2", "agent:1", "agent:2"}},
	// traffic
	{"port of both sides", "bounded service", []string{"containerPort: 8080", "containerPort: 9090", "port: 8080}, period", "port: 9090}, period", "- {port: 80}", "- {port: 80, targetPort: 9090}"}},
}
