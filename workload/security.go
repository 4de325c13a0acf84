package workload

import (
	"github.com/rollcast/rollcast/manifest"
)

// asRoot is where a container is told to run as user 0 although it, or its pod,
// demands runAsNonRoot; nil where there is no such contradiction. The
// container's own fields win over the pod's (DetermineEffectiveSecurityContext);
// the kubelet then refuses to create the container, for ever.
//
// Example: runAsNonRoot: true on the pod and runAsUser: 0 on a container meet,
// and the place is the container's runAsUser.
func (r *reader) asRoot(pod, container manifest.Path) manifest.Path {
	var user manifest.Path
	nonRoot := false
	for _, path := range []manifest.Path{pod, container} {
		if at := r.in(path, "securityContext", "runAsUser"); r.node(at) != nil {
			user = nil
			if id, ok := r.int64(at, -1); ok && id == 0 {
				user = at.Clone()
			}
		}
		if at := r.in(path, "securityContext", "runAsNonRoot"); r.node(at) != nil {
			nonRoot, _ = r.bool(at)
		}
	}
	if !nonRoot {
		return nil
	}
	return user
}
