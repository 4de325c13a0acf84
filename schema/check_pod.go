package schema

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"k8s.io/apimachinery/pkg/api/resource"
)

// items are the mappings of a list field.
func items(n *manifest.Node, key string) []*manifest.Node {
	l := n.Get(key)
	if l == nil || l.Kind != manifest.Sequence {
		return nil
	}
	return l.Items
}

// amounts are the readable amounts of resources.requests or resources.limits.
func amounts(n *manifest.Node, which string) map[string]resource.Quantity {
	m := n.At(manifest.Keys("resources", which))
	if m == nil {
		return nil
	}
	out := map[string]resource.Quantity{}
	for _, p := range m.Pairs {
		if q, ok := amountOf(p.Value); ok {
			out[p.Key.Text] = q
		}
	}
	return out
}

// checkPodResources: what the containers ask for together fits into the
// resources of the pod as a whole, where those are set. Containers and sidecars
// add up; an init container counts with the sidecars before it, and only the
// peak counts (component-helpers/resource.AggregateContainerRequests).
//
// Example: two containers of 200m, a sidecar of 100m and after it an init
// container of 600m ask for max(200m+200m+100m, 100m+600m) = 700m.
//
// With pod, a container's requests are first filled from its limits, as the
// server does for a Pod but not for a template (core/v1.SetDefaults_Pod).
func checkPodResources(k *call) {
	if k.get("resources").node == nil {
		return
	}
	requests, limits := amounts(k.node, "requests"), amounts(k.node, "limits")
	filled := slices.Contains(k.args, "pod")
	for _, name := range names(requests) {
		if sum := aggregate(k.node, "requests", name, filled); sum.Cmp(requests[name]) > 0 {
			k.fail(k.node.At(manifest.Keys("resources", "requests", name)),
				"the pod requests %s %s, and its containers together %s", show(requests[name]), name, sum.String())
		}
	}
	for _, name := range names(limits) {
		most := limits[name]
		above := false
		if strings.HasPrefix(name, hugePagesPrefix) {
			if sum := aggregate(k.node, "limits", name, false); sum.Cmp(most) > 0 {
				k.fail(k.node.At(manifest.Keys("resources", "limits", name)),
					"the pod is limited to %s %s, and its containers together to %s", show(most), name, sum.String())
			}
		}
		for _, container := range items(k.node, "containers") {
			if q, ok := amounts(container, "limits")[name]; ok && q.Cmp(most) > 0 {
				above = true
				k.fail(container.At(manifest.Keys("resources", "limits", name)),
					"the limit of %s %s is above the pod's limit of %s", show(q), name, show(most))
			}
		}
		if _, asked := requests[name]; asked || above || !filled || strings.HasPrefix(name, hugePagesPrefix) {
			continue
		}
		// What the containers ask for becomes what the pod asks for
		// (core/v1.defaultPodRequests).
		if sum := aggregate(k.node, "requests", name, true); sum.Cmp(most) > 0 {
			k.fail(k.node.At(manifest.Keys("resources", "limits", name)),
				"the pod is limited to %s %s, and its containers together request %s", show(most), name, sum.String())
		}
	}
}

func show(q resource.Quantity) string { return q.String() }

func names(m map[string]resource.Quantity) []string {
	var out []string
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func aggregate(pod *manifest.Node, which, name string, filled bool) resource.Quantity {
	amount := func(c *manifest.Node) resource.Quantity {
		q, ok := amounts(c, which)[name]
		if !ok && filled {
			q = amounts(c, "limits")[name]
		}
		return q
	}
	var sum, sidecars, peak resource.Quantity
	for _, c := range items(pod, "containers") {
		sum.Add(amount(c))
	}
	for _, c := range items(pod, "initContainers") {
		q := amount(c)
		if textOf(c.Get("restartPolicy")) == "Always" {
			sum.Add(q)
			sidecars.Add(q)
			q = sidecars.DeepCopy()
		} else {
			q.Add(sidecars)
		}
		if q.Cmp(peak) > 0 {
			peak = q
		}
	}
	if peak.Cmp(sum) > 0 {
		return peak
	}
	return sum
}

const (
	appArmorKey   = "container.apparmor.security.beta.kubernetes.io/"
	seccompPodKey = "seccomp.security.alpha.kubernetes.io/pod"
	seccompKey    = "container.seccomp.security.alpha.kubernetes.io/"
	mirrorKey     = "kubernetes.io/config.mirror"
	costKey       = "controller.kubernetes.io/pod-deletion-cost"
	tolerationKey = "scheduler.alpha.kubernetes.io/tolerations"
)

// checkPodAnnotations: the annotations of a pod template that the server reads
// (core/validation.ValidatePodSpecificAnnotations, and the two functions that
// compare annotations with the fields that took their place). Of a Pod itself,
// the annotation of AppArmor fills the profile of a container that has none, so
// that only a container's own profile can differ.
func checkPodAnnotations(k *call) {
	annotations := k.node.At(manifest.Keys("metadata", "annotations"))
	spec := k.get("spec").node
	if annotations == nil || spec == nil || annotations.Kind != manifest.Mapping {
		return
	}
	ownOnly := slices.Contains(k.args, "pod")
	var containers []*manifest.Node
	for _, p := range annotations.Pairs {
		key, v := p.Key.Text, p.Value
		if !strings.Contains(key, "kubernetes.io/") {
			continue
		}
		if containers == nil {
			containers = append(slices.Clone(items(spec, "containers")), items(spec, "initContainers")...)
		}
		text := textOf(v)
		switch {
		case strings.HasPrefix(key, appArmorKey):
			k.appArmor(strings.TrimPrefix(key, appArmorKey), v, spec, containers, ownOnly)
		case key == seccompPodKey:
			k.sameProfile(v, profile(spec, "seccompProfile"), "docker/default")
		case strings.HasPrefix(key, seccompKey):
			if c := containerNamed(containers, strings.TrimPrefix(key, seccompKey)); c != nil {
				k.sameProfile(v, profile(c, "seccompProfile"), "docker/default")
			}
		case key == costKey:
			if _, err := strconv.ParseInt(text, 10, 32); err != nil {
				k.fail(v, "the pod deletion cost must be a 32-bit integer, not %s", quoted(v))
			}
		case key == mirrorKey && textOf(spec.Get("nodeName")) == "":
			k.fail(v, "the annotation %s needs spec.nodeName", mirrorKey)
		case key == mirrorKey && len(items(spec, "resourceClaims")) > 0:
			k.fail(v, "the annotation %s excludes spec.resourceClaims", mirrorKey)
		case key == tolerationKey && text != "" && !validTolerations(text, k.c):
			k.fail(v, "the annotation %s must be a JSON list of valid tolerations", tolerationKey)
		}
	}
}

func containerNamed(containers []*manifest.Node, name string) *manifest.Node {
	for _, c := range containers {
		if textOf(c.Get("name")) == name {
			return c
		}
	}
	return nil
}

func profile(n *manifest.Node, which string) *manifest.Node {
	p := n.At(manifest.Keys("securityContext", which))
	if p == nil || p.Kind != manifest.Mapping {
		return nil
	}
	return p
}

func (k *call) appArmor(name string, v, spec *manifest.Node, containers []*manifest.Node, ownOnly bool) {
	container := containerNamed(containers, name)
	if container == nil {
		k.failAs("reference", v, nil, "the AppArmor annotation names %s, which is no container", quote(name))
		return
	}
	if textOf(spec.At(manifest.Keys("os", "name"))) == "windows" {
		return
	}
	p := profile(container, "appArmorProfile")
	if p == nil && !ownOnly {
		p = profile(spec, "appArmorProfile")
	}
	k.sameProfile(v, p, "")
}

// sameProfile compares the annotation of a security profile with the field.
// otherDefault is a second name of the default profile.
func (k *call) sameProfile(v, field *manifest.Node, otherDefault string) {
	if field == nil || k.c.anyFaulty(field) {
		return
	}
	text := textOf(v)
	same := true
	switch textOf(field.Get("type")) {
	case "Unconfined":
		same = text == "unconfined"
	case "RuntimeDefault":
		same = text == "runtime/default" || otherDefault != "" && text == otherDefault
	case "Localhost":
		name, local := strings.CutPrefix(text, "localhost/")
		same = local && name == textOf(field.Get("localhostProfile"))
	}
	if !same {
		k.fail(field, "the profile and the annotation that says %s must agree", quoted(v))
	}
}

// validTolerations judges a list of tolerations in JSON by the schema that
// tolerations in YAML have.
func validTolerations(text string, c *checker) bool {
	var list []struct {
		Key, Operator, Value, Effect string
		TolerationSeconds            *int64
	}
	if json.Unmarshal([]byte(text), &list) != nil {
		return false
	}
	for i := range c.tab.Types {
		if c.tab.Types[i].Name != "Toleration" {
			continue
		}
		for _, t := range list {
			n := &manifest.Node{Kind: manifest.Mapping}
			add := func(key string, kind manifest.Kind, text string) {
				n.Pairs = append(n.Pairs, manifest.Pair{
					Key:   &manifest.Node{Kind: manifest.String, Text: key},
					Value: &manifest.Node{Kind: kind, Text: text},
				})
			}
			add("key", manifest.String, t.Key)
			add("operator", manifest.String, t.Operator)
			add("value", manifest.String, t.Value)
			add("effect", manifest.String, t.Effect)
			if t.TolerationSeconds != nil {
				add("tolerationSeconds", manifest.Int, strconv.FormatInt(*t.TolerationSeconds, 10))
			}
			quiet := &checker{doc: c.doc, set: c.set, tab: c.tab, opt: c.opt, checks: c.checks, quiet: 1, budget: maxSteps}
			if quiet.mapping(&c.tab.Types[i], n); quiet.failed {
				return false
			}
		}
		return true
	}
	return true
}
