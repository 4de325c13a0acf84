package workload

import (
	"slices"
	"strings"

	"github.com/rollcast/rollcast/internal/spell"
	"github.com/rollcast/rollcast/manifest"
)

// A Reference is a name by which a pod asks for another object of its
// namespace: without it no pod starts.
type Reference struct {
	Path manifest.Path
	Kind string
	Name string
}

// A Misspelling is a reference to an object that the set does not hold, while
// it holds one with almost that name which no pod asks for.
type Misspelling struct {
	Reference
	Meant *manifest.Document
}

// references lists what the pod asks for; optional ones are left out.
func (r *reader) references(p *Pod) (list []Reference) {
	add := func(kind string, path manifest.Path, keys ...string) {
		name, ok := r.str(r.in(path, keys...), "")
		if !ok || name == "" {
			return
		}
		at := path.Append(manifest.Keys(keys...)...)
		if optional, _ := r.bool(r.in(at[:len(at)-1], "optional")); !optional {
			list = append(list, Reference{at, kind, name})
		}
	}
	each := func(path manifest.Path, keys []string, visit func(item manifest.Path)) {
		items, _ := r.list(r.in(path, keys...))
		for i := range items {
			visit(path.Append(manifest.Keys(keys...)...).Append(manifest.Index(i)))
		}
	}
	add("ServiceAccount", p.Path, "serviceAccountName")
	each(p.Path, []string{"imagePullSecrets"}, func(item manifest.Path) { add("Secret", item, "name") })
	for _, c := range p.Containers {
		each(c.Path, []string{"envFrom"}, func(item manifest.Path) {
			add("ConfigMap", item, "configMapRef", "name")
			add("Secret", item, "secretRef", "name")
		})
		for _, ref := range c.KeyRefs {
			list = append(list, Reference{ref.Path[:len(ref.Path)-1].Append(manifest.Key("name")), ref.Kind, ref.Name})
		}
	}
	each(p.Path, []string{"volumes"}, func(v manifest.Path) {
		add("ConfigMap", v, "configMap", "name")
		add("Secret", v, "secret", "secretName")
		add("PersistentVolumeClaim", v, "persistentVolumeClaim", "claimName")
		each(v, []string{"projected", "sources"}, func(item manifest.Path) {
			add("ConfigMap", item, "configMap", "name")
			add("Secret", item, "secret", "name")
		})
	})
	return list
}

// joinReferences finds the misspelt ones.
func (s *Set) joinReferences() {
	type group struct{ kind, namespace string }
	known, asked := map[group]map[string]*manifest.Document{}, map[group]map[string]bool{}
	for _, doc := range s.named {
		g := group{doc.Kind, doc.Namespace}
		if known[g] == nil {
			known[g], asked[g] = map[string]*manifest.Document{}, map[string]bool{}
		}
		known[g][doc.Name] = doc
	}
	for _, w := range s.Workloads {
		for _, ref := range w.Pod.References {
			if g := (group{ref.Kind, w.Document.Namespace}); known[g] != nil {
				asked[g][ref.Name] = true
			}
		}
	}
	free := map[group][]string{} // by kind and namespace, sorted, at most maxJoined
	for g, docs := range known {
		for name := range docs {
			if !asked[g][name] {
				free[g] = append(free[g], name)
			}
		}
		slices.Sort(free[g])
		free[g] = free[g][:min(len(free[g]), maxJoined)]
	}
	for _, w := range s.Workloads {
		told := map[[2]string]bool{} // by kind and name
		for _, ref := range w.Pod.References {
			g := group{ref.Kind, w.Document.Namespace}
			same := [2]string{ref.Kind, ref.Name}
			if told[same] {
				continue
			}
			told[same] = true
			if doc := known[g][ref.Name]; doc != nil {
				if ref.Kind == "ConfigMap" || ref.Kind == "Secret" {
					w.Sources = append(w.Sources, doc)
				}
				continue
			}
			for _, name := range free[g] {
				if misspelt(ref.Name, name) {
					w.Misspelt = append(w.Misspelt, Misspelling{ref, known[g][name]})
					break
				}
			}
		}
	}
}

// misspelt reports whether a name differs from another by what slips in while
// typing: one letter in eight or so, but not a number, a hyphen's part more or
// less is another object.
//
// Example: web-confg means web-config. web-1 does not mean web-2, and web does
// not mean web2.
func misspelt(name, meant string) bool {
	if len(meant) < 5 || spell.Distance(name, meant) > max(1, len(meant)/8) {
		return false
	}
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return -1
			}
			return r
		}, s)
	}
	return letters(name) != letters(meant)
}
