package review

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
)

// An immutability is a field that an update may not change.
type immutability struct {
	path   manifest.Path // of the field, in the head
	what   string        // the field and why, in words
	recipe string        // what to do instead
}

// fixedFields are the fields of each kind that no update may change, below which
// everything counts. Kinds with conditions of their own are in immutables.
var fixedFields = map[string][]string{
	"apps/Deployment":                               {"spec.selector"},
	"apps/ReplicaSet":                               {"spec.selector"},
	"apps/DaemonSet":                                {"spec.selector"},
	"rbac.authorization.k8s.io/RoleBinding":         {"roleRef"},
	"rbac.authorization.k8s.io/ClusterRoleBinding":  {"roleRef"},
	"storage.k8s.io/StorageClass":                   {"provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"},
	"scheduling.k8s.io/PriorityClass":               {"value", "preemptionPolicy"},
	"networking.k8s.io/IngressClass":                {"spec.controller"},
	"node.k8s.io/RuntimeClass":                      {"handler"},
	"discovery.k8s.io/EndpointSlice":                {"addressType"},
	"/Secret":                                       {"type"},
	"apiextensions.k8s.io/CustomResourceDefinition": {"spec.group", "spec.scope", "spec.names.kind", "spec.names.plural"},
}

// statefulSetFields are the only fields of a StatefulSet's spec that an update
// may change (ValidateStatefulSetUpdate).
var statefulSetFields = []string{"replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"}

// jobFields are the fields of a Job's spec that no update may change
// (ValidateJobSpecUpdate).
var jobFields = []string{"selector", "template", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"}

// suspendedFields may change in the template of a Job that was suspended and has
// not started, and the resources of its containers.
var suspendedFields = []string{"metadata", "spec.nodeSelector", "spec.tolerations", "spec.schedulingGates", "spec.affinity.nodeAffinity"}

// immutables picks from the differences of two objects those that the API
// server refuses in an update. a and b are completed.
func immutables(d *manifest.Document, a, b *manifest.Node, found []difference) []immutability {
	kind := manifest.GroupFamily(d.APIVersion, d.Kind) + "/" + d.Kind
	refused := func(x difference) bool {
		return slices.ContainsFunc(fixedFields[kind], func(f string) bool { return below(x.path, f) })
	}
	switch kind {
	case "apps/StatefulSet":
		refused = func(x difference) bool {
			return len(x.path) > 1 && x.path[0].Key == "spec" && !slices.Contains(statefulSetFields, x.path[1].Key) && !ofNoClaim(x)
		}
	case "batch/Job":
		refused = func(x difference) bool { return jobRefuses(a, b, x) }
	case "/Service":
		refused = func(x difference) bool { return serviceRefuses(a, b, x) }
	case "/PersistentVolumeClaim":
		refused = func(x difference) bool { return claimRefuses(x) }
	case "/PersistentVolume":
		refused = func(x difference) bool { return volumeRefuses(a, x) }
	case "/ConfigMap", "/Secret":
		frozen := isTrue(a.At(manifest.Keys("immutable")))
		fixed := refused
		refused = func(x difference) bool {
			return fixed(x) || frozen && len(x.path) > 0 && slices.Contains([]string{"data", "binaryData", "stringData", "immutable"}, x.path[0].Key)
		}
	case "/ResourceQuota":
		refused = func(x difference) bool {
			scopes := manifest.Keys("spec", "scopes")
			return (x.path.HasPrefix(scopes) || scopes.HasPrefix(x.path)) && !sameWords(a.At(manifest.Keys("spec", "scopes")), b.At(manifest.Keys("spec", "scopes")))
		}
	case "/Pod":
		refused = podRefuses
	}
	var list []immutability
	for _, x := range found {
		if !refused(x) {
			continue
		}
		field := head(x.path, kind)
		if slices.ContainsFunc(list, func(m immutability) bool { return m.path.String() == field.String() }) {
			continue
		}
		list = append(list, immutability{field, whyImmutable(kind, field), recipe(kind, d)})
	}
	return list
}

// sameWords reports whether two lists hold the same texts.
func sameWords(a, b *manifest.Node) bool {
	words := func(n *manifest.Node) []string {
		var list []string
		for _, item := range items(n) {
			list = append(list, item.Text)
		}
		slices.Sort(list)
		return slices.Compact(list)
	}
	return slices.Equal(words(a), words(b))
}

// ofNoClaim reports whether a path leads to what the server fills in itself in a
// template of a claim: its kind and phase.
func ofNoClaim(x difference) bool {
	p := x.path
	if len(p) < 4 || p[1].Key != "volumeClaimTemplates" {
		return false
	}
	return p[3].Key == "apiVersion" || p[3].Key == "kind" || len(p) == 5 && p[3].Key == "status" && p[4].Key == "phase" && (x.from == nil || x.to == nil)
}

// head is the immutable field that a path lies in: what a message names.
func head(p manifest.Path, kind string) manifest.Path {
	n := 2
	switch {
	case p[0].Key != "spec":
		n = 1
	case kind == "/PersistentVolumeClaim" && len(p) > 1 && p[1].Key == "resources":
		n = 4
	case kind == "/Pod":
		n = len(p)
	}
	return p[:min(n, len(p))]
}

// below reports whether a path is at or below a dotted one.
func below(p manifest.Path, dotted string) bool {
	return p.HasPrefix(manifest.Keys(strings.Split(dotted, ".")...))
}

func isTrue(n *manifest.Node) bool { return n != nil && n.Kind == manifest.Bool && n.Text == "true" }

func text(n *manifest.Node, keys ...string) string {
	if n = n.At(manifest.Keys(keys...)); n != nil {
		return n.Text
	}
	return ""
}

// jobRefuses: completions may change with parallelism in an indexed Job, and
// what places the pods of a suspended one may change too.
func jobRefuses(a, b *manifest.Node, x difference) bool {
	if len(x.path) < 2 || x.path[0].Key != "spec" {
		return false
	}
	field := x.path[1].Key
	if field == "completions" {
		return text(b, "spec", "completionMode") != "Indexed" || text(b, "spec", "completions") != text(b, "spec", "parallelism")
	}
	if field == "template" && isTrue(a.At(manifest.Keys("spec", "suspend"))) {
		rest := x.path[2:]
		mayChange := len(rest) > 3 && strings.HasSuffix(strings.ToLower(rest[1].Key), "containers") && rest[3].Key == "resources"
		return !mayChange && !slices.ContainsFunc(suspendedFields, func(f string) bool { return below(rest, f) })
	}
	return slices.Contains(jobFields, field)
}

// serviceRefuses: cluster IPs and IP families stay as they are, unless
// the Service becomes or was an ExternalName. One that the manifest no longer
// names is kept by the server.
func serviceRefuses(a, b *manifest.Node, x difference) bool {
	if text(a, "spec", "type") == "ExternalName" || text(b, "spec", "type") == "ExternalName" || len(x.path) < 2 || x.path[0].Key != "spec" {
		return false
	}
	balanced := text(a, "spec", "type") == "LoadBalancer" && text(b, "spec", "type") == "LoadBalancer"
	if x.path[1].Key == "loadBalancerClass" {
		return balanced && x.from != nil
	}
	if x.to == nil { // the second family goes only with the policy
		policy := text(b, "spec", "ipFamilyPolicy")
		return releasesFamily(a, b, x) && text(b, "spec", "clusterIP") != "None" && policy != "" && policy != "SingleStack"
	}
	switch x.path[1].Key {
	case "clusterIP":
		return true
	case "clusterIPs", "ipFamilies":
		if x.path[1].Key == "ipFamilies" && text(b, "spec", "clusterIP") == "None" {
			return false // a headless Service has no address to keep
		}
		return len(x.path) > 2 && x.from != nil || x.path[1].Key == "clusterIPs" && len(x.path) == 2 && x.to.At(manifest.Path{manifest.Index(0)}) != nil
	case "healthCheckNodePort":
		return balanced && x.from != nil && text(a, "spec", "externalTrafficPolicy") == "Local" && text(b, "spec", "externalTrafficPolicy") == "Local"
	}
	return false
}

// releasesFamily reports whether a Service had two addresses or families and a
// difference takes the second away.
func releasesFamily(a, b *manifest.Node, x difference) bool {
	field := x.path[1].Key
	if field != "clusterIPs" && field != "ipFamilies" {
		return false
	}
	p := manifest.Keys("spec", field)
	left := len(items(b.At(p)))
	return len(items(a.At(p))) > 1 && left < 2 && (left == 1 || field == "clusterIPs") // without any families the server keeps them
}

// claimRefuses: a bound claim may only ask for more storage, and for another
// class of attributes.
func claimRefuses(x difference) bool {
	if len(x.path) < 2 || x.path[0].Key != "spec" {
		return false
	}
	switch {
	case x.path[1].Key == "volumeAttributesClassName":
		return false
	case below(x.path, "spec.resources.requests.storage") && x.from != nil && x.to != nil:
		from, err1 := strconv.ParseFloat(x.from.Text, 64)
		to, err2 := strconv.ParseFloat(x.to.Text, 64)
		return err1 != nil || err2 != nil || to < from
	}
	return true
}

// podRefuses: of a running Pod's spec only images, the deadline and further
// tolerations may change.
func podRefuses(x difference) bool {
	if len(x.path) < 2 || x.path[0].Key != "spec" {
		return false
	}
	switch x.path[1].Key {
	case "activeDeadlineSeconds":
		return x.to == nil
	case "tolerations":
		return x.from != nil
	case "schedulingGates":
		return x.to != nil // they can only go
	case "containers", "initContainers":
		return len(x.path) < 4 || x.path[3].Key != "image"
	}
	return true
}
