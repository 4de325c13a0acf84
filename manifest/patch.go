package manifest

import (
	"bytes"
	"strings"
)

// directives are the keys, or how they begin, that only a strategic merge patch
// has. The API server knows them in no object.
var directives = []string{"$patch", "$retainKeys", "$setElementOrder/", "$deleteFromPrimitiveList/"}

// isPatch reports whether an object of a kind of Kubernetes is a strategic merge
// patch by what it says. Other objects may hold patches: Kyverno's policies do,
// and a ControllerRevision is one with the data of a StatefulSet.
func (f *File) isPatch(d *Document) bool {
	group, _, _ := strings.Cut(d.APIVersion, "/")
	if strings.Contains(group, ".") && !strings.HasSuffix(group, ".k8s.io") || d.Kind == "ControllerRevision" || !bytes.Contains(f.Data, []byte{'$'}) {
		return false
	}
	found := false
	d.Root.Walk(func(_ Path, key, _ *Node) bool {
		for _, directive := range directives {
			if key != nil && (key.Text == directive || strings.HasSuffix(directive, "/") && strings.HasPrefix(key.Text, directive)) {
				found = true
			}
		}
		return !found
	})
	return found
}
