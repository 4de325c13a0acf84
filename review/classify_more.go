package review

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/rollcast/rollcast/manifest"
)

// deletion says what goes with a deleted object.
func (c *comparison) deletion(ch *Change) {
	d := ch.Document
	switch d.Kind {
	case "PersistentVolumeClaim":
		ch.say("its volume goes with it, unless the reclaim policy is Retain: the data may be lost")
	case "Namespace":
		ch.say("everything in the namespace goes with it")
	case "HorizontalPodAutoscaler":
		ch.say("the number of pods stays where the autoscaler left it")
	case "CustomResourceDefinition":
		ch.say("every object of this kind in the cluster goes with it")
	case "StatefulSet":
		if claimsGo(d) {
			ch.say("its claims are deleted with it (persistentVolumeClaimRetentionPolicy.whenDeleted: Delete): the data may be lost")
		} else {
			ch.say("its pods stop, its claims stay")
		}
	}
	ch.say("who prunes (Argo CD, Flux, Helm, kubectl apply --prune) deletes it; kubectl apply alone leaves it running")
}

// claimsGo reports whether a StatefulSet's claims are deleted with it.
func claimsGo(d *manifest.Document) bool {
	return text(d.Root, "spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted") == "Delete"
}

// written is a value as the manifest has it, or as the server fills it in.
func written(d *manifest.Document, p manifest.Path, n *manifest.Node) string {
	if n == nil {
		return ""
	}
	if source := d.Root.At(p); source != nil && source.Kind != manifest.Null {
		n = source
	}
	return inline(n)
}

// maxInline is how much of a value is shown, in bytes.
const maxInline = 200

// inline is a value in one line.
func inline(n *manifest.Node) string {
	var s string
	if n.Kind == manifest.Mapping || n.Kind == manifest.Sequence {
		var b strings.Builder
		flow(&b, n)
		s = b.String()
	} else {
		s = n.Text
	}
	if len(s) > maxInline {
		s = strings.ToValidUTF8(s[:maxInline], "") + "…"
	}
	return s
}

// flow writes a value in YAML's flow style, as far as it will be shown.
func flow(b *strings.Builder, n *manifest.Node) {
	if b.Len() > maxInline {
		return
	}
	switch n.Kind {
	case manifest.Mapping:
		b.WriteByte('{')
		for i, p := range n.Pairs {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(p.Key.Text + ": ")
			flow(b, p.Value)
		}
		b.WriteByte('}')
	case manifest.Sequence:
		b.WriteByte('[')
		for i, item := range n.Items {
			if i > 0 {
				b.WriteString(", ")
			}
			flow(b, item)
		}
		b.WriteByte(']')
	case manifest.String:
		if strings.ContainsAny(n.Text, "\n,:{}[]\"'#") || n.Text == "" {
			quoted, _ := json.Marshal(n.Text)
			b.Write(quoted)
			return
		}
		b.WriteString(n.Text)
	default:
		b.WriteString(n.Text)
	}
}

// orderOf names the items of a list in their order.
func orderOf(list *manifest.Node) string {
	var words []string
	for _, item := range list.Items {
		for _, key := range mergeKeys {
			if v := item.Get(key); v != nil {
				words = append(words, v.Text)
				break
			}
		}
	}
	return strings.Join(words, ", ")
}

// ownedByServer reports whether a difference is none of the change's: what the
// server writes, and what somebody else wrote into a live object, which apply
// leaves alone.
func (c *comparison) ownedByServer(p pairing, x difference) bool {
	if len(x.path) == 0 {
		return true // not to be told in words
	}
	applied, live := c.live[p.base]
	switch x.path[0].Key {
	case "status", "apiVersion", "kind":
		return true
	case "metadata":
		if len(x.path) > 1 {
			switch x.path[1].Key {
			case "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink", "deletionTimestamp":
				return true
			case "name", "namespace":
				return p.renamed || live || x.path[1].Key == "name"
			}
		}
	}
	if !live || x.order || x.to != nil && !unwritten(p.head, x.path) {
		return false
	}
	// Only what the last apply wrote is removed, or goes back to its default, by
	// the next one.
	if applied == "" {
		return true
	}
	return !writtenBefore(applied, x.basePath)
}

// writtenBefore reports whether the configuration that was applied last has the
// field. Items of lists are taken for those at the same place.
func writtenBefore(applied string, p manifest.Path) bool {
	var v any
	if json.Unmarshal([]byte(applied), &v) != nil {
		return false
	}
	for _, s := range p {
		switch t := v.(type) {
		case map[string]any:
			v = t[s.Key]
		case []any:
			if !s.IsIndex() || s.Index >= len(t) {
				return false
			}
			v = t[s.Index]
		default:
			return false
		}
	}
	return v != nil
}

// pods counts in words: 1 pod, 3 pods.
func pods(n int64) string {
	if n == 1 {
		return "1 pod"
	}
	return fmt.Sprintf("%d pods", n)
}

// withoutStringData is a Secret as the server keeps it: stringData is written
// over data, in base64.
func withoutStringData(n *manifest.Node) *manifest.Node {
	plain := n.Get("stringData")
	if plain == nil || plain.Kind != manifest.Mapping {
		return n
	}
	data := &manifest.Node{Kind: manifest.Mapping}
	if old := n.Get("data"); old != nil {
		data.Pairs = append(data.Pairs, old.Pairs...)
	}
	for _, p := range plain.Pairs { // the last pair of a key counts
		v := &manifest.Node{Kind: manifest.String, Text: base64.StdEncoding.EncodeToString([]byte(p.Value.Text))}
		data.Pairs = append(data.Pairs, manifest.Pair{Key: p.Key, Value: v})
	}
	seen := map[string]bool{}
	for i := len(data.Pairs) - 1; i >= 0; i-- {
		if key := data.Pairs[i].Key.Text; seen[key] {
			data.Pairs = append(data.Pairs[:i], data.Pairs[i+1:]...)
		} else {
			seen[key] = true
		}
	}
	out := *n
	out.Pairs = nil
	for _, p := range n.Pairs {
		if p.Key.Text != "data" && p.Key.Text != "stringData" {
			out.Pairs = append(out.Pairs, p)
		}
	}
	out.Pairs = append(out.Pairs, manifest.Pair{Key: &manifest.Node{Kind: manifest.String, Text: "data"}, Value: data})
	return &out
}
