package review

import (
	"crypto/sha256"
	"regexp"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
)

// A pairing is one object of the base, of the head, or of both.
type pairing struct {
	set        string // the head's, or the base's where it is deleted
	base, head *manifest.Document
	renamed    bool // its name or namespace changed
}

// An object is a document as one set holds it.
type object struct {
	set string
	doc *manifest.Document
	key manifest.ObjectKey
}

// objects lists the named documents of the sets.
func objects(sets []manifest.Set) []object {
	var list []object
	for _, s := range sets {
		for _, d := range s.Documents {
			if key, ok := d.ObjectKey(); ok {
				list = append(list, object{s.Name, d, key})
			}
		}
	}
	return list
}

// match pairs the objects of base and head: by set and key; then what is left by
// file and key, since a set can fall apart when a file is added; then by key
// alone where both sides hold it once, which is a file that moved; then what was
// given another name.
func match(base, head []manifest.Set, live map[*manifest.Document]string) []pairing {
	type setKey struct {
		set string
		key manifest.ObjectKey
	}
	type fileKey struct {
		file string
		key  manifest.ObjectKey
	}
	old, now := objects(base), objects(head)
	var pairs []pairing
	old, now = pairUp(old, now, &pairs, func(o object) setKey { return setKey{o.set, o.key} })
	old, now = pairUp(old, now, &pairs, func(o object) fileKey { return fileKey{o.doc.File.Name, o.key} })
	old, now = pairUp(old, now, &pairs, func(o object) manifest.ObjectKey { return o.key })
	old, now = pairUp(old, now, &pairs, func(o object) manifest.ObjectKey {
		if _, is := live[o.doc]; is {
			o.key.Namespace = "" // the head leaves it to whoever applies
		}
		return o.key
	})
	old, now = pairRenamed(old, now, &pairs)
	for _, o := range old {
		if applied, is := live[o.doc]; !is || applied != "" { // else nobody applied it
			pairs = append(pairs, pairing{set: o.set, base: o.doc})
		}
	}
	for _, o := range now {
		pairs = append(pairs, pairing{set: o.set, head: o.doc})
	}
	return pairs
}

// pairUp pairs objects with equal keys that occur as often on both sides, in
// their order, and returns what is left.
func pairUp[K comparable](old, now []object, pairs *[]pairing, key func(object) K) (_, _ []object) {
	if len(old) == 0 || len(now) == 0 {
		return old, now
	}
	byKey := map[K][]int{}
	for i, o := range old {
		byKey[key(o)] = append(byKey[key(o)], i)
	}
	count := map[K]int{}
	for _, o := range now {
		count[key(o)]++
	}
	paired := make([]bool, len(old))
	var left []object
	for _, o := range now {
		k := key(o)
		at := byKey[k]
		if len(at) == 0 || len(at) != count[k] {
			left = append(left, o)
			continue
		}
		byKey[k] = at[1:]
		count[k]--
		paired[at[0]] = true
		*pairs = append(*pairs, pairing{set: o.set, base: old[at[0]].doc, head: o.doc})
	}
	var rest []object
	for i, o := range old {
		if !paired[i] {
			rest = append(rest, o)
		}
	}
	return rest, left
}

// hashed is the name that a generator gives a ConfigMap or Secret: with a hash of
// what it holds.
var hashed = regexp.MustCompile(`^(.+)-[a-z0-9]{5,10}$`)

// pairRenamed pairs objects of one kind and set that differ in hardly more than
// their name. What holds data is never the same under another name.
func pairRenamed(old, now []object, pairs *[]pairing) (_, _ []object) {
	if len(old) == 0 || len(now) == 0 {
		return old, now
	}
	var keptOld, keptNow []object
	old, keptOld = part(old)
	now, keptNow = part(now)
	type like struct{ set, group, kind, namespace, name, content string }
	found := len(*pairs)
	contents := map[*manifest.Document]string{}
	content := func(o object) string {
		if _, known := contents[o.doc]; !known {
			contents[o.doc] = contentOf(o.doc)
		}
		return contents[o.doc]
	}
	// The same but for the namespace, or but for the name.
	old, now = pairUp(old, now, pairs, func(o object) like {
		return like{o.set, o.key.Group, o.key.Kind, "", o.key.Name, content(o)}
	})
	old, now = pairUp(old, now, pairs, func(o object) like {
		return like{o.set, o.key.Group, o.key.Kind, o.key.Namespace, "", content(o)}
	})
	// A generator's name with another hash.
	old, now = pairUp(old, now, pairs, func(o object) like {
		stem := o.key.Name
		if m := hashed.FindStringSubmatch(stem); m != nil && (o.key.Kind == "ConfigMap" || o.key.Kind == "Secret") {
			stem = m[1]
		}
		return like{o.set, o.key.Group, o.key.Kind, o.key.Namespace, stem, ""}
	})
	old, now = pairAlike(old, now, pairs)
	for i := range (*pairs)[found:] {
		(*pairs)[found+i].renamed = true
	}
	return append(old, keptOld...), append(now, keptNow...)
}

// part parts what may have been renamed from what may not.
func part(list []object) (may, not []object) {
	for _, o := range list {
		if holdsData(o.key) {
			not = append(not, o)
		} else {
			may = append(may, o)
		}
	}
	return may, not
}

// maxAlike bounds how many objects of one file are compared with each other.
const maxAlike = 16

// pairAlike pairs what is left of one file where most of it is the same.
func pairAlike(old, now []object, pairs *[]pairing) (_, _ []object) {
	inFile := map[string]int{}
	for _, o := range old {
		inFile[o.doc.File.Name]++
	}
	now = slices.DeleteFunc(now, func(b object) bool {
		if n := inFile[b.doc.File.Name]; n == 0 || n > maxAlike {
			return false
		}
		i := slices.IndexFunc(old, func(a object) bool {
			return a.doc.File.Name == b.doc.File.Name && a.set == b.set && a.key.Group == b.key.Group && a.key.Kind == b.key.Kind && alike(a.doc, b.doc)
		})
		if i < 0 {
			return false
		}
		*pairs = append(*pairs, pairing{set: b.set, base: old[i].doc, head: b.doc})
		old = slices.Delete(old, i, i+1)
		return true
	})
	return old, now
}

// holdsData reports whether losing the object loses data.
func holdsData(k manifest.ObjectKey) bool {
	switch k.Kind {
	case "PersistentVolumeClaim", "PersistentVolume", "Namespace", "CustomResourceDefinition", "StatefulSet":
		return true
	}
	return false
}

// contentOf is what an object holds but for its metadata, in a form that equal
// objects have in common; what holds next to nothing is like nothing else.
func contentOf(d *manifest.Document) string {
	var list []string
	scalars(d.Root, func(path, text string) { list = append(list, path+"\x00"+text) })
	if len(list) < 2 {
		return d.File.Name + "\x00" + d.Name
	}
	slices.Sort(list)
	sum := sha256.Sum256([]byte(strings.Join(list, "\x01")))
	return string(sum[:])
}

// alike reports whether most of two objects is the same, metadata aside.
func alike(a, b *manifest.Document) bool {
	equal, all := likeness(a.Root, b.Root)
	return all > 0 && 10*equal >= 6*all
}

// likeness counts the scalars of two objects, metadata aside, and those that are
// at one path in both.
func likeness(a, b *manifest.Node) (equal, all int) {
	values := map[string]string{}
	scalars(a, func(path, text string) { values[path] = text; all++ })
	scalars(b, func(path, text string) {
		if old, ok := values[path]; !ok {
			all++
		} else if old == text {
			equal++
		}
	})
	return equal, all
}

func scalars(root *manifest.Node, each func(path, text string)) {
	root.Walk(func(p manifest.Path, _, v *manifest.Node) bool {
		if len(p) == 1 && (p[0].Key == "metadata" || p[0].Key == "apiVersion" || p[0].Key == "kind" || p[0].Key == "status") {
			return false
		}
		if v.Kind != manifest.Mapping && v.Kind != manifest.Sequence {
			each(p.String(), v.Text)
		}
		return true
	})
}
