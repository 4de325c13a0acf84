package review

import (
	"fmt"
	"strings"

	"github.com/rollcast/rollcast/manifest"
)

// whyImmutable says in words that an update may not change the field.
func whyImmutable(kind string, field manifest.Path) string {
	name := field.String()
	switch kind {
	case "apps/StatefulSet":
		return name + " of a StatefulSet cannot be changed: of its spec only replicas, template, updateStrategy and a few more can"
	case "/PersistentVolumeClaim":
		if len(field) > 2 {
			return "a PersistentVolumeClaim cannot shrink: " + name + " may only grow"
		}
		return name + " of a PersistentVolumeClaim cannot be changed: only spec.resources.requests.storage can grow"
	case "/ConfigMap":
		return name + " cannot be changed: the base says immutable: true"
	case "/Secret":
		if name != "type" {
			return name + " cannot be changed: the base says immutable: true"
		}
	case "/Pod":
		return name + " of a Pod cannot be changed: only images, activeDeadlineSeconds and further tolerations can"
	}
	return name + " of a " + kind[strings.IndexByte(kind, '/')+1:] + " cannot be changed"
}

// recipe says how to get to the new object all the same, and what that costs.
func recipe(kind string, d *manifest.Document) string {
	name := strings.ToLower(d.Kind) + " " + d.Name + inNamespace(d)
	switch kind {
	case "apps/Deployment", "apps/ReplicaSet", "apps/DaemonSet":
		return fmt.Sprintf("give the %s a new name and delete the old one once the new pods are ready, or `kubectl delete %s` and apply again, which stops every pod first", d.Kind, name)
	case "apps/StatefulSet":
		return fmt.Sprintf("`kubectl delete %s --cascade=orphan` keeps the pods and their claims running; then apply again, and the pods are adopted; claims that exist already do not change", name)
	case "batch/Job":
		return fmt.Sprintf("`kubectl delete %s` and apply again, which starts the Job from the beginning, or give it a new name", name)
	case "/Service":
		return fmt.Sprintf("`kubectl delete %s` and apply again: the Service is gone in between and may get another address", name)
	case "/PersistentVolumeClaim":
		return "create a claim with a new name, copy the data, and let the workload mount the new one: deleting the claim may delete its data"
	case "/ConfigMap", "/Secret":
		return fmt.Sprintf("create one with a new name and let the workloads read that, or `kubectl delete %s` and apply again", name)
	case "/PersistentVolume":
		return "create a volume with a new name"
	}
	return fmt.Sprintf("`kubectl delete %s` and apply again", name)
}

// inNamespace is the flag that a kubectl command on the object needs.
func inNamespace(d *manifest.Document) string {
	if d.Namespace == "" {
		return ""
	}
	return " -n " + d.Namespace
}

// forced reports whether the tool that applies the object is told to delete it
// and create it again where an update is refused, and by what.
func forced(d *manifest.Document) (by string, ok bool) {
	notes := d.Root.At(manifest.Keys("metadata", "annotations"))
	switch {
	case hasWords(notes.Get("argocd.argoproj.io/sync-options"), "Replace=true", "Force=true"):
		return "Argo CD", true
	case hasWords(notes.Get("kustomize.toolkit.fluxcd.io/force"), "enabled"):
		return "Flux", true
	case notes.Get("helm.sh/hook") != nil && hookDeletes(notes.Get("helm.sh/hook-delete-policy")):
		return "Helm", true
	case notes.Get("argocd.argoproj.io/hook") != nil && hookDeletes(notes.Get("argocd.argoproj.io/hook-delete-policy")):
		return "Argo CD", true
	}
	return "", false
}

// hasWords reports whether a list of words, parted by commas, holds all of them.
func hasWords(n *manifest.Node, words ...string) bool {
	if n == nil {
		return false
	}
	have := map[string]bool{}
	for w := range strings.SplitSeq(n.Text, ",") {
		have[strings.TrimSpace(w)] = true
	}
	for _, w := range words {
		if !have[w] {
			return false
		}
	}
	return true
}

// hookDeletes reports whether a hook is deleted before it is created again,
// which is also what happens without a policy.
func hookDeletes(policy *manifest.Node) bool {
	return policy == nil || hasWords(policy, "before-hook-creation") || hasWords(policy, "BeforeHookCreation")
}
