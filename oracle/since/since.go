// Package since finds out which minor of Kubernetes first had a field, or a
// value of an enumeration, by reading the Go types of k8s.io/api in each of
// them: the data behind added="1.N" in schema/.
package since

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// Oldest and Newest are the minors that are compared.
const (
	Oldest = 25
	Newest = 36
)

// Kinds are those whose fields schema/ writes down with all their rules, as
// the folder of k8s.io/api and the name of the type.
var Kinds = strings.Fields(`apps/v1.Deployment apps/v1.ReplicaSet apps/v1.StatefulSet apps/v1.DaemonSet
	batch/v1.Job batch/v1.CronJob
	core/v1.Pod core/v1.PodTemplate core/v1.ReplicationController core/v1.Service core/v1.ConfigMap core/v1.Secret
	core/v1.ServiceAccount core/v1.Namespace core/v1.PersistentVolumeClaim core/v1.ResourceQuota core/v1.LimitRange
	autoscaling/v1.HorizontalPodAutoscaler autoscaling/v2.HorizontalPodAutoscaler
	policy/v1.PodDisruptionBudget scheduling/v1.PriorityClass networking/v1.Ingress networking/v1.NetworkPolicy
	core/v1.PersistentVolume discovery/v1.EndpointSlice rbac/v1.Role rbac/v1.ClusterRole rbac/v1.RoleBinding rbac/v1.ClusterRoleBinding storage/v1.StorageClass`)

// Lines has a line for each field, or value of an enumeration, that came after
// Oldest or went before Newest, sorted, but for those that did so together with
// what they belong to:
//
//	apps/v1.StatefulSet spec.ordinals 1.26
//	core/v1.Pod spec.volumes[].gone 1.25 until 1.30
//	batch/v1.Job spec.podFailurePolicy.rules[].action=FailIndex 1.28
func Lines() ([]string, error) {
	first, last := map[string]int{}, map[string]int{}
	for minor := Oldest; minor <= Newest; minor++ {
		r := &release{packages: map[string]*goPackage{}}
		var err error
		if r.folders, err = download(minor); err != nil {
			return nil, err
		}
		for _, kind := range Kinds {
			folder, name, _ := strings.Cut(kind, ".")
			paths := map[string]bool{}
			p, err := r.load("k8s.io/api/" + folder)
			if err == nil {
				err = r.named(p, name, "", paths)
			}
			if err != nil {
				return nil, fmt.Errorf("1.%d %s: %w", minor, kind, err)
			}
			for path := range paths {
				path = kind + " " + path
				if first[path] == 0 {
					first[path] = minor
				}
				last[path] = minor
			}
		}
	}
	var lines []string
	for path, minor := range first {
		if up := parent(path); first[up] == minor && last[up] == last[path] {
			continue // it came with what it belongs to
		}
		switch {
		case last[path] < Newest:
			lines = append(lines, fmt.Sprintf("%s 1.%d until 1.%d", path, minor, last[path]+1))
		case minor > Oldest:
			lines = append(lines, fmt.Sprintf("%s 1.%d", path, minor))
		}
	}
	slices.Sort(lines)
	return lines, nil
}

// parent is the path of what holds a field or value.
func parent(path string) string {
	if i := strings.LastIndexAny(path, ".="); i > strings.LastIndexByte(path, ' ') {
		path = path[:i]
	}
	for strings.HasSuffix(path, "[]") {
		path = strings.TrimSuffix(path, "[]")
	}
	return path
}

// download is where the module cache has the two modules of a minor.
func download(minor int) (map[string]string, error) {
	folders := map[string]string{}
	for _, module := range []string{"k8s.io/api", "k8s.io/apimachinery"} {
		out, err := exec.Command("go", "mod", "download", "-json", fmt.Sprintf("%s@v0.%d.0", module, minor)).Output()
		var answer struct{ Dir, Error string }
		if e := json.Unmarshal(out, &answer); e != nil || answer.Dir == "" {
			return nil, fmt.Errorf("%s of 1.%d: %v %s", module, minor, err, answer.Error)
		}
		folders[module] = answer.Dir
	}
	return folders, nil
}
