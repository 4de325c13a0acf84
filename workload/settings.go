package workload

import (
	"github.com/rollcast/rollcast/manifest"
)

// Settings is a ConfigMap or a Secret: the keys that it holds.
type Settings struct {
	Document *manifest.Document
	Keys     map[string]bool
}

// A KeyRef is a reference to a key of a ConfigMap or Secret that the container
// cannot start without.
type KeyRef struct {
	Path manifest.Path // of the key
	Kind string        // ConfigMap or Secret
	Name string
	Key  string

	// Missing is the object that lacks the key; nil where the key is there, or
	// where the set does not hold the object.
	Missing *manifest.Document
}

// readSettings is nil where the keys cannot be known.
func readSettings(r *reader) *Settings {
	s := &Settings{Document: r.doc, Keys: map[string]bool{}}
	for _, key := range []string{"data", "binaryData", "stringData"} {
		n := r.node(manifest.Keys(key))
		if n == nil {
			continue
		}
		if n.Kind != manifest.Mapping {
			return nil
		}
		for _, pair := range n.Pairs {
			s.Keys[pair.Key.Text] = true
		}
	}
	// An empty one is filled by somebody else: a controller, or by hand.
	if len(s.Keys) == 0 {
		return nil
	}
	return s
}

// keyRefs reads the valueFrom of the container's env, as far as they are not
// optional.
func (r *reader) keyRefs(container manifest.Path) (refs []*KeyRef) {
	env := container.Append(manifest.Key("env"))
	items, _ := r.list(env)
	for i, item := range items {
		if item.Get("valueFrom") == nil {
			continue
		}
		for _, source := range []struct{ field, kind string }{{"configMapKeyRef", "ConfigMap"}, {"secretKeyRef", "Secret"}} {
			path := env.Append(manifest.Index(i), manifest.Key("valueFrom"), manifest.Key(source.field))
			if r.node(path) == nil {
				continue
			}
			name, ok1 := r.str(r.in(path, "name"), "")
			key, ok2 := r.str(r.in(path, "key"), "")
			optional, ok3 := r.bool(r.in(path, "optional"))
			if ok1 && ok2 && ok3 && !optional && name != "" && key != "" {
				refs = append(refs, &KeyRef{Path: path.Append(manifest.Key("key")), Kind: source.kind, Name: name, Key: key})
			}
		}
	}
	return refs
}
