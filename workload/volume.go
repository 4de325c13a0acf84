package workload

import (
	"strings"

	"github.com/rollcast/rollcast/manifest"
)

// A Volume is one volume of a pod.
type Volume struct {
	Name      string
	Path      manifest.Path
	Claim     string // of a persistentVolumeClaim volume, "" elsewhere
	HostPath  string // of a hostPath volume, "" elsewhere
	EmptyDir  bool
	Unbounded bool // an emptyDir in memory without a sizeLimit
	Used      bool // a container mounts it, or uses it as a device, or an injected one may
	Mounts    []Mount
	KeyRefs   []*KeyRef // keys that it names of a ConfigMap or Secret
}

// A Mount is a volume in the files of a container.
type Mount struct {
	At        manifest.Path // of the mount
	Container string
	Path      string
	ReadOnly  bool
}

// volumes reads the pod's volumes; its containers have been read.
func (r *reader) volumes(p *Pod) []Volume {
	used, mounts := map[string]bool{}, map[string][]Mount{}
	for _, c := range p.Containers {
		for _, key := range []string{"volumeMounts", "volumeDevices"} {
			items, _ := r.list(r.in(c.Path, key))
			for i, item := range items {
				name := text(item, "name")
				if name == "" {
					continue
				}
				used[name] = true
				readOnly := item.Get("readOnly")
				if at := text(item, "mountPath"); at != "" {
					mounts[name] = append(mounts[name], Mount{c.Path.Append(manifest.Key(key), manifest.Index(i)), c.Name, at, readOnly != nil && readOnly.Kind == manifest.Bool && readOnly.Text == "true"})
				}
			}
		}
	}
	injected := false
	for key := range p.Annotations { // sidecar.istio.io/inject, vault.hashicorp.com/agent-inject
		injected = injected || strings.Contains(key, "inject")
	}
	var volumes []Volume
	path := p.Path.Append(manifest.Key("volumes"))
	items, _ := r.list(path)
	for i := range items {
		at := path.Append(manifest.Index(i))
		field := func(keys ...string) manifest.Path { return r.in(at, keys...) }
		name, ok := r.str(field("name"), "")
		v := Volume{Name: name, Path: at, Used: !ok || used[name] || injected, Mounts: mounts[name]}
		v.Claim, _ = r.str(field("persistentVolumeClaim", "claimName"), "")
		v.HostPath, _ = r.str(field("hostPath", "path"), "")
		v.EmptyDir = r.node(field("emptyDir")) != nil
		medium, _ := r.str(field("emptyDir", "medium"), "")
		v.Unbounded = medium == "Memory" && r.node(field("emptyDir", "sizeLimit")) == nil
		v.KeyRefs = r.itemRefs(at)
		volumes = append(volumes, v)
	}
	return volumes
}

// text is a field of a map that holds a string, "" elsewhere.
func text(n *manifest.Node, key string) string {
	if v := n.Get(key); v != nil && v.Kind == manifest.String {
		return v.Text
	}
	return ""
}

// itemRefs reads the keys that a volume names of a ConfigMap or Secret: without
// them the kubelet does not set the volume up, unless it is optional.
func (r *reader) itemRefs(volume manifest.Path) (refs []*KeyRef) {
	read := func(source manifest.Path, kind, nameKey string) {
		name, ok := r.str(r.in(source, nameKey), "")
		optional, ok2 := r.bool(r.in(source, "optional"))
		if !ok || !ok2 || optional || name == "" {
			return
		}
		path := source.Append(manifest.Key("items"))
		items, _ := r.list(path)
		for i, item := range items {
			if key := text(item, "key"); key != "" {
				refs = append(refs, &KeyRef{Path: path.Append(manifest.Index(i), manifest.Key("key")), Kind: kind, Name: name, Key: key})
			}
		}
	}
	for _, s := range []struct{ field, kind, name string }{{"configMap", "ConfigMap", "name"}, {"secret", "Secret", "secretName"}} {
		if r.node(r.in(volume, s.field, "items")) != nil {
			read(volume.Append(manifest.Key(s.field)), s.kind, s.name)
		}
	}
	sources, _ := r.list(r.in(volume, "projected", "sources"))
	for i := range sources {
		source := volume.Append(manifest.Keys("projected", "sources")...).Append(manifest.Index(i))
		read(source.Append(manifest.Key("configMap")), "ConfigMap", "name")
		read(source.Append(manifest.Key("secret")), "Secret", "name")
	}
	return refs
}
