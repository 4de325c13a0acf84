package review

import (
	"slices"

	"github.com/rollcast/rollcast/manifest"
)

// openVolumeFields are the fields of a PersistentVolume's spec that an update
// may change (ValidatePersistentVolumeUpdate).
var openVolumeFields = []string{"capacity", "accessModes", "claimRef", "persistentVolumeReclaimPolicy", "storageClassName", "mountOptions"}

// generalLabels are the keys that took the place of beta ones, which the node
// affinity of a volume may take over (getMaskNodeSelectorLabelChangeEqualities).
var generalLabels = map[string]string{
	"failure-domain.beta.kubernetes.io/zone":   "topology.kubernetes.io/zone",
	"failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
	"beta.kubernetes.io/os":                    "kubernetes.io/os",
	"beta.kubernetes.io/arch":                  "kubernetes.io/arch",
	"beta.kubernetes.io/instance-type":         "node.kubernetes.io/instance-type",
}

// volumeRefuses: where a PersistentVolume is stays as it is. A node affinity
// may be added, and so may the secret with which the driver makes it grow. A
// class of attributes may be replaced, but not taken away.
func volumeRefuses(a *manifest.Node, x difference) bool {
	if len(x.path) < 2 || x.path[0].Key != "spec" {
		return false
	}
	switch field := x.path[1].Key; {
	case field == "volumeAttributesClassName":
		return x.from != nil && x.to == nil
	case field == "nodeAffinity":
		renamed := x.from != nil && x.to != nil && x.path[len(x.path)-1].Key == "key" && generalLabels[x.from.Text] == x.to.Text && x.to.Text != ""
		return a.At(manifest.Keys("spec", "nodeAffinity")) != nil && !renamed
	case below(x.path, "spec.csi.controllerExpandSecretRef"):
		return a.At(manifest.Keys("spec", "csi", "controllerExpandSecretRef")) != nil
	default:
		return !slices.Contains(openVolumeFields, field)
	}
}
