package workload

import (
	"slices"

	"github.com/rollcast/rollcast/manifest"
)

// A Webhook is an admission webhook that every new pod of the cluster, the
// server's own included, has to pass: failurePolicy Fail, no selector that lets
// some pass.
type Webhook struct {
	Document *manifest.Document
	Path     manifest.Path // of the webhook
	Name     string

	service manifest.ObjectKey
}

// readWebhooks lists the webhooks of a configuration that stop the creation of
// pods while nobody answers.
func readWebhooks(r *reader) (list []*Webhook) {
	path := manifest.Keys("webhooks")
	items, _ := r.list(path)
	for i := range items {
		at := path.Append(manifest.Index(i))
		field := func(keys ...string) manifest.Path { return at.Append(manifest.Keys(keys...)...) }
		selective := slices.ContainsFunc([]string{"namespaceSelector", "objectSelector", "matchConditions"}, func(key string) bool {
			n := r.node(field(key))
			return n != nil && (len(n.Pairs) > 0 || len(n.Items) > 0)
		})
		policy, _ := r.str(field("failurePolicy"), "Fail")
		if selective || policy != "Fail" || !r.meetsPods(field("rules")) {
			continue
		}
		v := &Webhook{Document: r.doc, Path: at}
		v.Name, _ = r.str(field("name"), "")
		name, _ := r.str(field("clientConfig", "service", "name"), "")
		namespace, _ := r.str(field("clientConfig", "service", "namespace"), "")
		v.service = manifest.ObjectKey{Kind: "Service", Namespace: namespace, Name: name}
		if name != "" {
			list = append(list, v)
		}
	}
	return list
}

// meetsPods reports whether a rule is about the creation of pods.
func (r *reader) meetsPods(rules manifest.Path) bool {
	items, _ := r.list(rules)
	for i := range items {
		has := func(key string, values ...string) bool {
			words, _ := r.words(rules.Append(manifest.Index(i), manifest.Key(key)))
			return slices.ContainsFunc(words, func(word string) bool { return slices.Contains(values, word) })
		}
		if has("apiGroups", "", "*") && has("resources", "pods", "*", "*/*") && has("operations", "CREATE", "*") {
			return true
		}
	}
	return false
}

// joinWebhooks finds the workloads that answer for webhooks.
func (s *Set) joinWebhooks() {
	if len(s.webhooks) == 0 {
		return
	}
	for _, w := range s.Workloads {
		for _, service := range w.Services {
			for _, v := range s.webhooks {
				if v.service.Name == service.Document.Name && v.service.Namespace == service.Document.Namespace && len(w.Webhooks) < maxJoined {
					w.Webhooks = append(w.Webhooks, v)
				}
			}
		}
	}
}
