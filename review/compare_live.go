package review

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/rollcast/rollcast/manifest"
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
			live[d] = text(d.Root, "metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration")
			d.Root = without(d.Root, "status")
			for i, p := range d.Root.Pairs {
				if p.Key.Text == "metadata" {
					meta := without(p.Value, serverMetadata...)
					for j, q := range meta.Pairs {
						if q.Key.Text == "annotations" {
							meta.Pairs[j].Value = without(q.Value, "kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision", "deprecated.daemonset.template.generation")
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

// underway tells of Deployments of a live base whose rollout has not ended, as
// kubectl rollout status would. The plan does not know where it stands: it starts
// from ready pods of the version that the cluster has now.
func underway(base Base) map[*manifest.Document]string {
	told := map[*manifest.Document]string{}
	if !base.Elsewhere {
		return told
	}
	for _, f := range base.Files {
		for _, d := range f.Documents {
			status := d.Root.Get("status")
			if status == nil || d.Kind != "Deployment" || text(d.Root, "metadata", "uid") == "" {
				continue
			}
			number := func(keys ...string) int { // what is absent is 0
				n, _ := strconv.Atoi(text(d.Root, keys...))
				return n
			}
			want, updated := number("spec", "replicas"), number("status", "updatedReplicas")
			all, ready := number("status", "replicas"), number("status", "readyReplicas")
			if updated < want || all > updated || ready < want {
				told[d] = fmt.Sprintf("a rollout is under way in the cluster: of %s, %d have its newest version and %d are ready, and %d are wanted; "+
					"the figures here take all of them for ready pods of that version", pods(int64(all)), updated, ready, want)
			}
		}
	}
	return told
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
