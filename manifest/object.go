package manifest

import (
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// typedList is what the List around an item says about it: the item's own
// apiVersion and kind, where it names neither. Both are "" for kind List.
type typedList struct {
	apiVersion, kind string
	isItem           bool
}

// addObject takes in one object, or each item of a List.
func (f *File) addObject(root *Node, dups []Duplicate, index int, in typedList) {
	if root.Kind != Mapping {
		f.skip(root, "no Kubernetes object: "+root.Kind.described())
		return
	}
	apiVersion, kind := root.Get("apiVersion"), root.Get("kind")
	d := &Document{File: f, Index: index, Root: root, Duplicates: dups}
	d.APIVersion, d.Kind = apiVersion.str(), kind.str()
	if apiVersion == nil && kind == nil && in.isItem {
		d.APIVersion, d.Kind = in.apiVersion, in.kind
	}
	if items := root.Get("items"); strings.HasSuffix(d.Kind, "List") && items != nil && items.Kind == Sequence {
		f.addList(d, items)
		return
	}
	metadata := root.Get("metadata")
	switch {
	case isKustomizationAPI(d.APIVersion, d.Kind):
		f.skip(root, "kustomization")
		return
	case d.APIVersion == "v1" && d.Kind == "Config" && metadata == nil:
		f.skip(root, "a kubeconfig, which is for clients")
		return
	case in.isItem, apiVersion != nil && kind != nil:
	case (apiVersion != nil || kind != nil) && metadata != nil && metadata.Kind == Mapping:
		// One of the two was forgotten, or misspelt.
	default:
		f.skip(root, "no Kubernetes object: no apiVersion and kind")
		return
	}
	if f.isPatch(d) {
		f.skip(root, "a strategic merge patch, which is no complete object")
		return
	}
	d.Namespace = metadata.Get("namespace").str()
	d.Name = metadata.Get("name").str()
	f.Documents = append(f.Documents, d)
}

// addList takes in the items of a List, as kubectl does: each is an object of
// its own, and one without apiVersion and kind has them from a typed List.
func (f *File) addList(list *Document, items *Node) {
	in := typedList{isItem: true}
	if list.Kind != "List" {
		in.apiVersion, in.kind = list.APIVersion, strings.TrimSuffix(list.Kind, "List")
	}
	own := make([][]Duplicate, len(items.Items))
	for _, d := range list.Duplicates {
		if len(d.Path) > 2 && d.Path[0] == Key("items") && d.Path[1].IsIndex() {
			i := d.Path[1].Index
			if i < len(own) && items.Items[i] == list.Root.At(d.Path[:2]) {
				d.Path = d.Path[2:]
				own[i] = append(own[i], d)
				continue
			}
		}
		r := f.NodeRange(d.Second)
		f.Problems = append(f.Problems, Problem{Range: r,
			Message: "key " + strconv.Quote(d.Second.Text) + " is given twice, first on line " + itoa(int(d.First.line))})
	}
	for i, item := range items.Items {
		if item.Kind != Mapping {
			r := f.NodeRange(item)
			f.Problems = append(f.Problems, Problem{Range: r,
				Message: "item " + itoa(i) + " of the " + list.Kind + " must be an object, not " + item.Kind.described()})
			continue
		}
		f.addObject(item, own[i], list.Index, in)
	}
	if len(items.Items) == 0 {
		f.skip(list.Root, "a "+list.Kind+" without items")
	}
}

func (f *File) skip(n *Node, reason string) {
	f.Skipped = append(f.Skipped, Skipped{File: f, Line: int(n.line), Reason: reason})
}

// isKustomizationAPI tells kustomize's own kinds from Flux's Kustomization,
// which is an object of the cluster.
func isKustomizationAPI(apiVersion, kind string) bool {
	return strings.HasPrefix(apiVersion, "kustomize.config.k8s.io/") && (kind == "Kustomization" || kind == "Component")
}

// str is the text of a string node, "" for anything else.
func (n *Node) str() string {
	if n == nil || n.Kind != String {
		return ""
	}
	return n.Text
}
