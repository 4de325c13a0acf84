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
	Unbounded bool   // an emptyDir in memory without a sizeLimit
	Used      bool   // a container mounts it, or uses it as a device, or an injected one may
}

// volumes reads the pod's volumes; its containers have been read.
func (r *reader) volumes(p *Pod) []Volume {
	used := map[string]bool{}
	for _, c := range p.Containers {
		for _, key := range []string{"volumeMounts", "volumeDevices"} {
			items, _ := r.list(r.in(c.Path, key))
			for _, item := range items {
				if name := item.Get("name"); name != nil && name.Kind == manifest.String {
					used[name.Text] = true
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
		v := Volume{Name: name, Path: at, Used: !ok || used[name] || injected}
		v.Claim, _ = r.str(field("persistentVolumeClaim", "claimName"), "")
		medium, _ := r.str(field("emptyDir", "medium"), "")
		v.Unbounded = medium == "Memory" && r.node(field("emptyDir", "sizeLimit")) == nil
		volumes = append(volumes, v)
	}
	return volumes
}
