package workload

import (
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"k8s.io/apimachinery/pkg/labels"
)

// Governing is the Service that a StatefulSet names, which gives its pods their
// DNS names.
type Governing struct {
	Name     string
	Found    *manifest.Document // nil where the set does not hold it
	Headless bool
	Selects  bool // it selects the StatefulSet's pods
	// PublishNotReady says that it names pods before they are ready.
	PublishNotReady bool
}

func (r *reader) readGoverning() *Governing {
	name, ok := r.str(manifest.Keys("spec", "serviceName"), "")
	if !ok || name == "" {
		return nil
	}
	return &Governing{Name: name}
}

// joinGoverning looks up the Services that StatefulSets name.
func (s *Set) joinGoverning() {
	for _, w := range s.Workloads {
		if w.Governing == nil || w.Unreadable != "" {
			continue
		}
		for _, v := range w.Services {
			if v.Document.Name == w.Governing.Name {
				w.Governing.Found, w.Governing.Headless, w.Governing.Selects = v.Document, v.Headless, true
				w.Governing.PublishNotReady = v.PublishNotReady
			}
		}
	}
	byName := map[manifest.ObjectKey]*Service{}
	for _, v := range s.Services {
		if key, ok := v.Document.ObjectKey(); ok {
			byName[key] = v
		}
	}
	for _, w := range s.Workloads {
		if g := w.Governing; g != nil && g.Found == nil {
			if v := byName[manifest.ObjectKey{Kind: "Service", Namespace: w.Document.Namespace, Name: g.Name}]; v != nil {
				g.Found, g.Headless, g.PublishNotReady = v.Document, v.Headless, v.PublishNotReady
			}
		}
	}
}

// joinSettings looks up the keys of ConfigMaps and Secrets that containers
// need. An object that the set holds twice is not judged.
func (s *Set) joinSettings() {
	byKey := map[manifest.ObjectKey]*Settings{}
	for _, v := range s.Settings {
		if key, ok := v.Document.ObjectKey(); ok {
			if other := byKey[key]; other != nil {
				v = &Settings{} // without a document: unknown
			}
			byKey[key] = v
		}
	}
	for _, w := range s.Workloads {
		join := func(refs []*KeyRef) {
			for _, ref := range refs {
				v := byKey[manifest.ObjectKey{Kind: ref.Kind, Namespace: w.Document.Namespace, Name: ref.Name}]
				if v != nil && v.Document != nil && !v.Keys[ref.Key] {
					ref.Missing = v.Document
				}
			}
		}
		for _, c := range w.Pod.Containers {
			join(c.KeyRefs)
		}
		for i := range w.Pod.Volumes {
			join(w.Pod.Volumes[i].KeyRefs)
		}
	}
}

// joinRivals finds workloads that select each other's pods.
func (s *Set) joinRivals() {
	x := newIndex()
	var selecting []*Workload
	for _, w := range s.Workloads {
		if w.Unreadable == "" && w.Selector != nil && !w.Selector.Empty() {
			selecting = append(selecting, w)
			x.add(w.Document.Namespace, w.Selector)
		}
	}
	for _, w := range selecting {
		for _, i := range x.match(w.Document.Namespace, w.Pod.Labels) {
			if other := selecting[i]; other != w && w.Selector.Matches(labels.Set(other.Pod.Labels)) {
				w.Rivals = append(w.Rivals, other)
			}
		}
	}
}

// foreign reports whether the object is of a kind that Kubernetes itself does
// not have: an operator behind it may make pods. Groups with a dot outside
// k8s.io are such.
func foreign(doc *manifest.Document) bool {
	group, _, found := strings.Cut(doc.APIVersion, "/")
	return found && strings.Contains(group, ".") && !strings.HasSuffix(group, ".k8s.io")
}
