package workload

import (
	"strings"

	"github.com/rollcast/rollcast/manifest"
)

// An Extended is a resource that a device plugin gives out, such as a GPU: a
// node has few of them, and they are not shared.
type Extended struct {
	Path  manifest.Path // of the request or limit
	Name  string        // nvidia.com/gpu
	Count string
}

// extended lists the extended resources of a container: their names have a
// domain that is not Kubernetes' own.
func (r *reader) extended(container manifest.Path) (list []Extended) {
	for _, key := range []string{"limits", "requests"} { // both are the same for them
		n := r.node(r.in(container, "resources", key))
		if n == nil || n.Kind != manifest.Mapping || len(list) > 0 {
			continue
		}
		for _, pair := range n.Pairs {
			name := pair.Key.Text
			if domain, _, ok := strings.Cut(name, "/"); !ok || strings.HasSuffix(domain, "kubernetes.io") {
				continue
			}
			at := container.Append(manifest.Keys("resources", key, name)...)
			if q := r.quantity(at); q != nil && q.Sign() > 0 {
				list = append(list, Extended{at, name, q.String()})
			}
		}
	}
	return list
}

var serverFields = []manifest.Path{
	manifest.Keys("metadata", "creationTimestamp"), manifest.Keys("metadata", "generation"),
	manifest.Keys("metadata", "managedFields"), manifest.Keys("metadata", "selfLink"),
	manifest.Keys("metadata", "uid"), manifest.Keys("status"),
}

// serverFields are the places that only the server writes, and what they hold
// is something: `creationTimestamp: null` and `status: {}` are what generators
// leave behind.
func (r *reader) serverFields() (list []manifest.Path) {
	for _, path := range serverFields {
		if n := r.node(path); n != nil && (n.Text != "" || len(n.Pairs) > 0 || len(n.Items) > 0) && !r.broken(path) {
			list = append(list, path)
		}
	}
	return list
}
