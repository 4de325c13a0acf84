package workload

import (
	"slices"

	"github.com/rollcast/rollcast/manifest"
)

// A Missing is a ServiceAccount that pods ask for and the set does not hold,
// although it gives it rights: without it the server refuses every pod. Secrets,
// ConfigMaps and claims may be made by hand or by a program, and are not missed:
// 16 workloads of public manifests ask for a Secret that is absent from a set
// with its Namespace, three Secrets in all. A Job of the set makes one (9), an
// operator one (6), and the cluster one that an annotation asks for (1).
type Missing struct {
	Reference
	By *manifest.Document // the binding that names it
	At manifest.Path      // in that
}

// A grant is a binding's mention of a ServiceAccount.
type grant struct {
	by *manifest.Document
	at manifest.Path
}

// readGrants reads the subjects of a RoleBinding or ClusterRoleBinding.
func (s *Set) readGrants(r *reader) {
	path := manifest.Keys("subjects")
	items, _ := r.list(path)
	for i, item := range items {
		if item.Kind != manifest.Mapping || text(item, "kind") != "ServiceAccount" {
			continue
		}
		key := manifest.ObjectKey{Kind: "ServiceAccount", Namespace: text(item, "namespace"), Name: text(item, "name")}
		if _, ok := s.grants[key]; !ok {
			s.grants[key] = grant{r.doc, path.Append(manifest.Index(i))}
		}
	}
}

// joinMissing finds the ServiceAccounts that are missing; misspelt ones are told
// already, and an operator may make what its custom resources ask for.
func (s *Set) joinMissing() {
	if s.Foreign || len(s.grants) == 0 {
		return
	}
	there := map[manifest.ObjectKey]bool{}
	for _, doc := range s.named {
		there[manifest.ObjectKey{Kind: doc.Kind, Namespace: doc.Namespace, Name: doc.Name}] = true
	}
	for _, w := range s.Workloads {
		for _, ref := range w.Pod.References {
			key := manifest.ObjectKey{Kind: ref.Kind, Namespace: w.Document.Namespace, Name: ref.Name}
			v, granted := s.grants[key]
			if granted && ref.Name != "default" && !there[key] && !w.misspells(ref) {
				w.Missing = append(w.Missing, Missing{ref, v.by, v.at})
			}
		}
	}
}

func (w *Workload) misspells(ref Reference) bool {
	return slices.ContainsFunc(w.Misspelt, func(m Misspelling) bool { return m.Kind == ref.Kind && m.Name == ref.Name })
}
