// Package workload says what a kind means: it reads documents into typed
// workloads with the API server's defaults filled in, and joins the objects
// of one set: which Services, PodDisruptionBudgets, autoscalers and claims
// touch which workload.
package workload

import (
	"time"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"k8s.io/apimachinery/pkg/labels"
)

// Faults are the places at which the API server would refuse a document. What
// stands at or below them is left out of a workload, because its meaning is
// unknown.
type Faults map[*manifest.Document][]manifest.Path

// A Workload is one object that makes pods.
type Workload struct {
	Document *manifest.Document
	Kind     Kind
	Faults   []manifest.Path // where the server would refuse the document

	// Unreadable is one sentence where the selector, replicas, strategy or
	// template cannot be read: then nothing else is to be relied on, no plan is
	// made and no rule runs. It is "" elsewhere.
	Unreadable string
	// Unplannable is one sentence where the workload can be read but not
	// planned, and "" elsewhere.
	Unplannable string

	Replicas                Replicas
	Strategy                *planner.Strategy // Deployment only
	MinReadySeconds         int32
	ProgressDeadlineSeconds int32             // Deployment only
	RevisionHistoryLimit    int32             // Deployment only
	Paused                  bool              // Deployment only
	Update                  *Update           // StatefulSet and DaemonSet only
	SetStrategy             *planner.Strategy // StatefulSet and DaemonSet only
	Ordered                 *planner.SetSpec  // StatefulSet only
	Run                     *Run              // Job and CronJob only
	JobSpec                 *planner.JobSpec  // Job and CronJob only
	CronSpec                *planner.CronSpec // CronJob only
	Timetable               *Timetable        // CronJob only
	Governing               *Governing        // StatefulSet with a serviceName only
	Selector                labels.Selector
	Pod                     Pod
	Gates                   map[string]bool // feature gates that were set by hand; whoever resolves fills it in
	Minor                   int             // of Kubernetes, 33 for 1.33, filled in like Gates; 0 for the newest
	Nodes                   *int32          // DaemonSet: that its pods may run on, filled in like Gates; nil for DefaultNodes
	At                      time.Time       // CronJob: the present, filled in like Gates; zero for the planner's default

	Services    []*Service      // whose selector matches the pods' labels
	Budgets     []*Budget       // whose selector matches the pods' labels
	Autoscalers []*Autoscaler   // whose scaleTargetRef names the workload
	Claims      []*Claim        // that the pods mount, as far as the set holds them
	Rivals      []*Workload     // each selects the other's pods
	Bounded     bool            // a LimitRange of the set may fill in requests and limits
	Refusals    []Refusal       // why its pods are refused
	Rooms       []Room          // what the quotas of its namespace leave
	Misspelt    []Misspelling   // names of objects that pods ask for
	Webhooks    []*Webhook      // that its pods answer for
	Written     []manifest.Path // fields that only the server writes

	Quotas      []*Quota             // of its namespace, without scopes
	LimitRanges []*manifest.Document // of its namespace
	Sources     []*manifest.Document // ConfigMaps and Secrets of the set that its pods ask for

	ClaimTemplates []ClaimTemplate // StatefulSet only
	Placeholders   []Placeholder
	Missing        []Missing // objects that pods ask for, and that nothing makes
}

// Replicas is how many pods are wanted. Without an autoscaler Min, Max and
// Effective are equal.
type Replicas struct {
	Declared  *int32 // spec.replicas as written, nil where it is absent
	Effective int32  // what a rollout starts from: Declared, else the autoscaler's minimum, else 1
	Min, Max  int32  // the range that an autoscaler may choose from
}

// templates are the paths of the pod templates by kind: of the object itself
// for a Pod.
var templates = map[Kind]manifest.Path{
	BarePod:               {},
	ReplicationController: manifest.Keys("spec", "template"),
	ReplicaSet:            manifest.Keys("spec", "template"),
	Deployment:            manifest.Keys("spec", "template"),
	StatefulSet:           manifest.Keys("spec", "template"),
	DaemonSet:             manifest.Keys("spec", "template"),
	Job:                   manifest.Keys("spec", "template"),
	CronJob:               manifest.Keys("spec", "jobTemplate", "spec", "template"),
}

// read reads one workload, joins aside.
func read(doc *manifest.Document, kind Kind, faults []manifest.Path) *Workload {
	w := &Workload{Document: doc, Kind: kind, Faults: faults}
	r := &reader{doc: doc, faults: faults}
	if w.Unreadable = w.readScale(r); w.Unreadable != "" {
		return w
	}
	if w.Unreadable = w.readSelector(r); w.Unreadable != "" {
		return w
	}
	if kind == Deployment {
		if w.Unreadable = w.readDeployment(r); w.Unreadable != "" {
			return w
		}
	}
	if kind == StatefulSet {
		if w.Unreadable = w.readStatefulSet(r); w.Unreadable != "" {
			return w
		}
	}
	if kind == DaemonSet {
		if w.Unreadable = w.readDaemonSet(r); w.Unreadable != "" {
			return w
		}
	}
	if kind == Job {
		if w.Unreadable = w.readJob(r, manifest.Keys("spec")); w.Unreadable != "" {
			return w
		}
	}
	// A CronJob that cannot be read in full has no plan, but rules still see it.
	unread := ""
	switch kind {
	case CronJob:
		unread = w.readCronJob(r)
	case ReplicaSet, ReplicationController:
		w.MinReadySeconds, _ = r.int32(manifest.Keys("spec", "minReadySeconds"), 0)
	}
	w.readOthers(r)
	w.Written = r.serverFields()
	w.Pod, w.Unreadable = r.pod(templates[kind])
	w.Placeholders = r.placeholders(templates[kind].Append(manifest.Key("spec")))
	switch {
	case w.Unreadable != "":
	case len(faults) > 0:
		w.Unplannable = "the API server would refuse " + place(faults[0])
	case unread != "":
		w.Unplannable = unread
	}
	return w
}

// readOthers reads what only one or two of the other kinds have.
func (w *Workload) readOthers(r *reader) {
	switch w.Kind {
	case StatefulSet:
		w.Update = r.readUpdate()
		w.Governing = r.readGoverning()
		w.ClaimTemplates = r.claimTemplates()
	case DaemonSet:
		w.Update = r.readUpdate()
	case Job:
		w.Run = r.readRun(manifest.Keys("spec"))
	case CronJob:
		w.Run, w.Timetable = r.readRun(manifest.Keys("spec", "jobTemplate", "spec")), r.readTimetable()
	case Deployment, ReplicaSet, ReplicationController, BarePod:
	}
}

func place(p manifest.Path) string {
	if len(p) == 0 {
		return "the document"
	}
	return p.String()
}

// readScale reads spec.replicas of the kinds that have it; a bare Pod is one.
func (w *Workload) readScale(r *reader) (fault string) {
	n := builtin.replicas
	switch w.Kind {
	case ReplicationController, ReplicaSet, Deployment, StatefulSet:
		path := manifest.Keys("spec", "replicas")
		var ok bool
		if n, ok = r.int32(path, builtin.replicas); !ok {
			return "spec.replicas cannot be read: it is no number of pods"
		}
		if r.node(path) != nil {
			declared := n
			w.Replicas.Declared = &declared
		}
	case BarePod, DaemonSet, Job, CronJob:
	}
	w.Replicas.Effective, w.Replicas.Min, w.Replicas.Max = n, n, n
	return ""
}

// readSelector reads spec.selector: required in apps/v1, absent from a Pod, and
// made by the server for Jobs.
func (w *Workload) readSelector(r *reader) (fault string) {
	path := manifest.Keys("spec", "selector")
	var ok bool
	switch w.Kind {
	case Deployment, ReplicaSet, StatefulSet, DaemonSet:
		if r.node(path) == nil {
			return "spec.selector is missing"
		}
		w.Selector, ok = r.selector(path)
	case ReplicationController:
		var set map[string]string
		set, ok = r.strings(path)
		w.Selector = labels.SelectorFromSet(set)
	case BarePod, Job, CronJob:
		return ""
	}
	if !ok {
		return "spec.selector cannot be read"
	}
	return ""
}

// Spec is what the planner simulates, at the given number of replicas, which a
// DaemonSet does not have; ok is false where Unreadable or Unplannable says why there is none.
func (w *Workload) Spec(replicas int32) (spec planner.Spec, ok bool) {
	if w.Unreadable != "" || w.Unplannable != "" {
		return planner.Spec{}, false
	}
	spec = w.spec(replicas)
	spec.Minor = w.Minor
	return spec, true
}

// Running is Spec for an object that a cluster has already: that its apiVersion
// is gone refuses a create, and what was created before is served in another.
func (w *Workload) Running(replicas int32) (spec planner.Spec, ok bool) {
	if spec, ok = w.Spec(replicas); ok || w.Unreadable != "" || len(w.Faults) == 0 {
		return spec, ok
	}
	switch w.Kind {
	case Deployment, StatefulSet, DaemonSet:
	default:
		return spec, false
	}
	for _, f := range w.Faults {
		if f.String() != "apiVersion" {
			return spec, false
		}
	}
	spec = w.spec(replicas)
	spec.Minor = w.Minor
	return spec, true
}

func (w *Workload) spec(replicas int32) planner.Spec {
	switch w.Kind {
	case StatefulSet:
		return w.statefulSetSpec(replicas)
	case DaemonSet:
		return w.daemonSetSpec()
	case Job:
		return w.jobSpec()
	case CronJob:
		return w.cronJobSpec()
	case ReplicaSet, ReplicationController, BarePod:
		return w.keptSpec(replicas)
	}
	return planner.Spec{
		Kind:                    planner.Deployment,
		Replicas:                replicas,
		Strategy:                *w.Strategy,
		MinReadySeconds:         w.MinReadySeconds,
		ProgressDeadlineSeconds: w.ProgressDeadlineSeconds,
		RevisionHistoryLimit:    w.RevisionHistoryLimit,
		Paused:                  w.Paused,
		Pod:                     w.Pod.planned(),
	}
}
