package workload

import "github.com/rollcast/rollcast/manifest"

// A ClaimTemplate is one of a StatefulSet's volumeClaimTemplates.
type ClaimTemplate struct {
	Path        manifest.Path
	Name        string
	AccessModes []string
	Namespace   string // as written: the server ignores it
}

func (r *reader) claimTemplates() (list []ClaimTemplate) {
	path := manifest.Keys("spec", "volumeClaimTemplates")
	items, _ := r.list(path)
	for i := range items[:min(len(items), maxJoined)] {
		t := ClaimTemplate{Path: path.Append(manifest.Index(i))}
		t.Name, _ = r.str(r.in(t.Path, "metadata", "name"), "")
		t.Namespace, _ = r.str(r.in(t.Path, "metadata", "namespace"), "")
		t.AccessModes, _ = r.words(r.in(t.Path, "spec", "accessModes"))
		list = append(list, t)
	}
	return list
}
