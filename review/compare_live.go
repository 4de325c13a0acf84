package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

// liveObjects finds the objects that a cluster gave, as kubectl get -o yaml
// prints them, each with what was applied last ("" if nobody knows). What the
// server writes is taken out of them, and what controllers made is left out:
// that the head does not have those says nothing.
func liveObjects(base Base) map[*manifest.Document]string {
	live := map[*manifest.Document]string{}
	if !base.Elsewhere {
		return live // manifests that people wrote, whatever they copied into them
	}
	for _, f := range base.Files {
		f.Documents = slices.DeleteFunc(f.Documents, func(d *manifest.Document) bool {
			if text(d.Root, "metadata", "uid") == "" {
				return false
			}
			if len(items(d.Root.At(manifest.Keys("metadata", "ownerReferences")))) > 0 {
				return true
			}
			live[d] = text(d.Root, "metadata", "annotations", lastApplied)
			d.Root = without(d.Root, "status")
			for i, p := range d.Root.Pairs {
				if p.Key.Text == "metadata" {
					meta := without(p.Value, serverMetadata...)
					for j, q := range meta.Pairs {
						if q.Key.Text == "annotations" {
							meta.Pairs[j].Value = without(q.Value, lastApplied, "deployment.kubernetes.io/revision", "deprecated.daemonset.template.generation")
						}
					}
					d.Root.Pairs[i].Value = meta
				}
			}
			return false
		})
	}
	return live
}

// A liveState is a workload of a live base: where the plan begins.
type liveState struct {
	*workload.Live
	applied string // the configuration that was applied last, "" if nobody knows
	back    int    // the revision whose template the head brings back, 0 for none
}

// liveStates reads the workloads of a live base, before liveObjects takes out of
// them what the plan begins with.
func liveStates(base Base) map[*manifest.Document]*liveState {
	states := map[*manifest.Document]*liveState{}
	if !base.Elsewhere {
		return states
	}
	owned := workload.Owned{}
	for _, f := range base.Files {
		for _, d := range f.Documents {
			if d.Root.Get("status") != nil || d.Kind == "ControllerRevision" {
				owned.Add(d)
			}
		}
	}
	for _, f := range base.Files {
		for _, d := range f.Documents {
			if text(d.Root, "metadata", "uid") == "" {
				continue
			}
			if live := workload.ReadLive(d, owned); live != nil {
				states[d] = &liveState{Live: live, applied: text(d.Root, "metadata", "annotations", lastApplied)}
			}
		}
	}
	return states
}

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

// said is the state of a rollout that has not ended, as kubectl rollout status
// tells it, "" for one that has.
func (l *liveState) said() string {
	if l == nil || !l.UnderWay {
		return ""
	}
	text := fmt.Sprintf("a rollout is under way in the cluster: of %s, %d have its newest version and %d are ready, and %d are wanted; the plan goes on from there",
		pods(l.All), l.Updated, l.Ready, l.Wanted)
	if waiting := l.All - l.Ready; waiting > 0 && l.stuck() == waiting {
		text += fmt.Sprintf(", and %s cannot start as things are", pods(waiting))
	}
	return text
}

// stuck is how many pods cannot start.
func (l *liveState) stuck() (n int64) {
	for _, r := range l.Start.Revisions {
		n += int64(r.Stuck)
	}
	for _, o := range l.Start.Ordinals {
		if o.State == planner.PodStuck {
			n += o.N
		}
	}
	for _, node := range l.Start.Nodes {
		for _, p := range node.Pods {
			if p.State == planner.PodStuck {
				n += node.N
			}
		}
	}
	return n
}

// comesBack is the revision that has the template already, as created; 0 where
// none has. A change that goes back to it makes no new one.
func (l *liveState) comesBack(template *manifest.Node) int {
	for i, old := range l.Templates {
		if old != nil && i+1 != l.Start.Template && workload.SameTemplate(old, template) {
			return i + 1
		}
	}
	return 0
}

// others are the pods that are not of the template that the head has.
func (l *liveState) others() int64 {
	if l.back == 0 {
		return l.All
	}
	r := l.Start.Revisions[l.back-1]
	return l.All - int64(r.Available) - int64(r.Ready) - int64(r.Waiting) - int64(r.Stuck)
}

// undoes says where kubectl rollout undo leads after a change that is applied in
// the middle of a rollout: not to the version that ran before, but to the one
// that is half rolled out. "" where no rollout is under way.
//
// Example: revision 4 runs and 5 is being rolled out; the change makes 6, and undo
// goes back to 5. To 4 only --to-revision=4 does.
func (l *liveState) undoes(d *manifest.Document) string {
	if !l.UnderWay || l.Updated >= l.All || l.Start.Template == 0 {
		return ""
	}
	text := "`kubectl rollout undo` after this change goes back to the version that is half rolled out now"
	var before int64
	for i, r := range l.Start.Revisions {
		if i+1 != l.Start.Template && i+1 != l.back && r.Number < l.Start.Revisions[l.Start.Template-1].Number {
			before = max(before, r.Number)
		}
	}
	if before == 0 {
		return text
	}
	return fmt.Sprintf("%s; `kubectl rollout undo %s/%s%s --to-revision=%d` goes back to the one before it", text, strings.ToLower(d.Kind), d.Name, inNamespace(d), before)
}

// keep leaves to the live object what the head does not write and nobody applied:
// kubectl apply does not touch it.
//
// Example: an autoscaler made 7 of 3 replicas, and the manifest does not name
// them: 7 stay.
func (l *liveState) keep(head *manifest.Document, from planner.Spec, to *planner.Spec) {
	for _, f := range []struct {
		path string
		keep func()
	}{
		{"spec.replicas", func() { to.Replicas = from.Replicas }},
		{"spec.paused", func() { to.Paused = from.Paused }},
		{"spec.minReadySeconds", func() { to.MinReadySeconds = from.MinReadySeconds }},
		{"spec.progressDeadlineSeconds", func() { to.ProgressDeadlineSeconds = from.ProgressDeadlineSeconds }},
		{"spec.revisionHistoryLimit", func() { to.RevisionHistoryLimit = from.RevisionHistoryLimit }},
		{"spec.strategy", func() { to.Strategy = from.Strategy }},
		{"spec.updateStrategy", func() { to.Strategy, to.Set.Partition = from.Strategy, from.Set.Partition }},
	} {
		p := manifest.Keys(strings.Split(f.path, ".")...)
		if unwritten(head, p) && !writtenBefore(l.applied, p) {
			f.keep()
		}
	}
}

// serverMetadata is what only the API server writes.
var serverMetadata = []string{"uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink", "deletionTimestamp"}

// without is a copy of a mapping without some keys.
func without(n *manifest.Node, keys ...string) *manifest.Node {
	out := *n
	out.Pairs = nil
	for _, p := range n.Pairs {
		if !slices.Contains(keys, p.Key.Text) {
			out.Pairs = append(out.Pairs, p)
		}
	}
	return &out
}
