package workload

import (
	"strconv"

	"github.com/rollcast/rollcast/manifest"
)

const maxScaled = 100 // KEDA's default of maxReplicaCount

// readScaledObject reads KEDA's ScaledObject: the range of replicas that it and
// the HorizontalPodAutoscaler it makes may choose from. Its target is a
// Deployment where it names no kind; idleReplicaCount, which has to be below
// minReplicaCount, is the least where it is there, and the annotation
// autoscaling.keda.sh/paused-replicas keeps one number.
//
// Example: minReplicaCount 2, maxReplicaCount 10 and idleReplicaCount 0 give 0
// to 10; without any of them it is 0 to 100.
func readScaledObject(r *reader) *Autoscaler {
	field := func(keys ...string) manifest.Path { return r.in(manifest.Keys("spec"), keys...) }
	least, ok1 := r.int32(field("minReplicaCount"), 0)
	most, ok2 := r.int32(field("maxReplicaCount"), maxScaled)
	idle, ok3 := r.int32(field("idleReplicaCount"), least)
	name, ok4 := r.str(field("scaleTargetRef", "name"), "")
	kind, ok5 := r.str(field("scaleTargetRef", "kind"), "Deployment")
	version, ok6 := r.str(field("scaleTargetRef", "apiVersion"), "apps/v1")
	if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 || !ok6 || name == "" || most < least {
		return nil
	}
	least = min(least, idle)
	annotations, _ := r.strings(manifest.Keys("metadata", "annotations"))
	if n, err := strconv.ParseInt(annotations["autoscaling.keda.sh/paused-replicas"], 10, 32); err == nil && n >= 0 {
		least, most = int32(n), int32(n)
	}
	return &Autoscaler{
		Document:    r.doc,
		MinReplicas: least,
		MaxReplicas: most,
		target:      manifest.ObjectKey{Group: manifest.GroupFamily(version, kind), Kind: kind, Namespace: r.doc.Namespace, Name: name},
	}
}
