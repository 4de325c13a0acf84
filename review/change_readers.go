package review

import (
	"slices"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/workload"
)

// TemplatePath is where the kind has its pod template, ok is false for one
// without.
func TemplatePath(d *manifest.Document) (p manifest.Path, ok bool) {
	kind, ok := workload.KindOf(d.APIVersion, d.Kind)
	switch {
	case !ok:
		return nil, false
	case kind == workload.BarePod:
		return manifest.Path{}, true
	case kind == workload.CronJob:
		return manifest.Keys("spec", "jobTemplate", "spec", "template"), true
	}
	return manifest.Keys("spec", "template"), true
}

// A reading is how a workload reads a ConfigMap or Secret.
type reading struct {
	workload *manifest.Document
	env      bool     // all of it, by envFrom
	keys     []string // by env
	subPath  []string // keys by a mount with subPath, which is never updated; "*" for what cannot be told
	mounted  bool     // by a plain mount, which is updated
}

// readings lists how the pods of a workload read an object.
func readings(w *manifest.Document, kind, name string) (r reading, ok bool) {
	path, ok := TemplatePath(w)
	if !ok {
		return reading{}, false
	}
	r = reading{workload: w}
	pod := w.Root.At(path.Append(manifest.Key("spec")))
	volumes := map[string]*manifest.Node{}
	for _, v := range items(pod.Get("volumes")) {
		if source := volumeSource(v, kind, name); source != nil {
			volumes[text(v, "name")] = source
		}
	}
	key, from, named := "configMapKeyRef", "configMapRef", "name"
	if kind == "Secret" {
		key, from = "secretKeyRef", "secretRef"
	}
	for _, list := range []string{"initContainers", "containers"} {
		for _, c := range items(pod.Get(list)) {
			for _, e := range items(c.Get("envFrom")) {
				r.env = r.env || text(e, from, named) == name
			}
			for _, e := range items(c.Get("env")) {
				if ref := e.At(manifest.Keys("valueFrom", key)); ref != nil && text(ref, named) == name {
					r.keys = append(r.keys, text(ref, "key"))
				}
			}
			for _, m := range items(c.Get("volumeMounts")) {
				source := volumes[text(m, "name")]
				switch {
				case source == nil:
				case text(m, "subPath") != "":
					r.subPath = append(r.subPath, keyAt(source, text(m, "subPath")))
				case text(m, "subPathExpr") != "":
					r.subPath = append(r.subPath, "*")
				default:
					r.mounted = true
				}
			}
		}
	}
	return r, r.env || r.mounted || len(r.keys) > 0 || len(r.subPath) > 0
}

func items(n *manifest.Node) []*manifest.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

// volumeSource is where a volume names the object, nil where it does not.
func volumeSource(v *manifest.Node, kind, name string) *manifest.Node {
	source, named := "configMap", "name"
	if kind == "Secret" {
		source, named = "secret", "secretName"
	}
	if own := v.Get(source); own != nil && text(own, named) == name {
		return own
	}
	for _, s := range items(v.At(manifest.Keys("projected", "sources"))) {
		if part := s.Get(source); part != nil && text(part, "name") == name {
			return part
		}
	}
	return nil
}

// keyAt is the key that a volume shows at a path: the path itself, unless the
// volume's items say otherwise.
func keyAt(source *manifest.Node, path string) string {
	list := items(source.Get("items"))
	for _, item := range list {
		if text(item, "path") == path {
			return text(item, "key")
		}
	}
	if len(list) > 0 {
		return "*" // a folder that the items make up
	}
	return path
}

// stale lists the changed keys that the pods keep the old values of until they
// restart.
func (r *reading) stale(changed []string) (keys []string, by string) {
	for _, k := range changed {
		switch {
		case r.env || slices.Contains(r.keys, k):
			by = join(by, "env")
		case slices.Contains(r.subPath, k) || slices.Contains(r.subPath, "*"):
			by = join(by, "subPath")
		default:
			continue
		}
		keys = append(keys, k)
	}
	return keys, by
}

func join(list, word string) string {
	if list == "" || list == word {
		return word
	}
	return "env and subPath"
}

// reloaded reports whether a controller restarts the workload when what it reads
// changes: annotations of Reloader and Wave ask for that.
func reloaded(w *manifest.Document, kind string) bool {
	path, _ := TemplatePath(w)
	for _, p := range []manifest.Path{manifest.Keys("metadata", "annotations"), path.Append(manifest.Keys("metadata", "annotations")...)} {
		notes := w.Root.At(p)
		for _, key := range []string{"reloader.stakater.com/auto", "wave.pusher.com/update-on-config-change", "configmap.reloader.stakater.com/auto", "secret.reloader.stakater.com/auto"} {
			if v := notes.Get(key); v != nil && v.Text == "true" && !(kind == "Secret" && key[:3] == "con") && !(kind == "ConfigMap" && key[:3] == "sec") {
				return true
			}
		}
		if notes.Get("configmap.reloader.stakater.com/reload") != nil && kind == "ConfigMap" || notes.Get("secret.reloader.stakater.com/reload") != nil && kind == "Secret" {
			return true
		}
	}
	return false
}
