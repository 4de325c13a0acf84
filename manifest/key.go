package manifest

import "strings"

// An ObjectKey is what makes an object the same object within a set: group
// family, kind, namespace and name, not the API version. Keys compare with ==.
type ObjectKey struct {
	Group     string // "" for the core group; where a kind moved, the group it moved to
	Kind      string
	Namespace string // "" where the object names none
	Name      string
}

// ObjectKey is the document's key. An object without a name, or with
// generateName, has none: it is a new one each time, and ok is false.
func (d *Document) ObjectKey() (key ObjectKey, ok bool) {
	key = ObjectKey{
		Group:     GroupFamily(d.APIVersion, d.Kind),
		Kind:      d.Kind,
		Namespace: d.Namespace,
		Name:      d.Name,
	}
	return key, d.Name != "" && d.Kind != ""
}

// GroupFamily is the group of an apiVersion: "" for v1, "apps" for apps/v1.
// The kinds that left extensions count to the group they moved to, so that an
// object keeps its key when its manifest follows.
func GroupFamily(apiVersion, kind string) string {
	group, _, ok := strings.Cut(apiVersion, "/")
	if !ok {
		return ""
	}
	if group != "extensions" {
		return group
	}
	switch kind {
	case "Deployment", "DaemonSet", "ReplicaSet":
		return "apps"
	case "Ingress", "NetworkPolicy":
		return "networking.k8s.io"
	case "PodSecurityPolicy":
		return "policy"
	}
	return group
}
