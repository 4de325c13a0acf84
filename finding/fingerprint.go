package finding

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
)

// Fingerprint recognises the finding after edits elsewhere: 32 hexadecimal
// digits over the rule, the object's key, the path and a scalar's value. Lists
// of named items are entered by name, so that neither shifted lines nor a new
// container change it. Where the file could not be read, the file's name and
// the message stand in for the object.
func (f *Finding) Fingerprint() string {
	return f.digest(f.Set, func(file string) string { return file })
}

// Identity is the fingerprint without the place in the tree: it is the same
// after the file has moved to another folder, or the set has another name. The
// same object in two sets has it twice.
func (f *Finding) Identity() string { return f.digest("", path.Base) }

// digest hashes the finding in a set, or, without an object, in a file by what
// name makes of it.
func (f *Finding) digest(set string, name func(file string) string) string {
	h := sha256.New()
	write := func(parts ...string) {
		for _, p := range parts {
			h.Write([]byte(strconv.Itoa(len(p)) + ":" + p)) // so that no two lists of parts read alike
		}
	}
	write(f.Rule)
	if d := f.Document; d != nil {
		write(set, manifest.GroupFamily(d.APIVersion, d.Kind), d.Kind, d.Namespace, d.Name, namedPath(d.Root, f.Path))
		if n := d.Root.At(f.Path); n != nil && n.Kind != manifest.Mapping && n.Kind != manifest.Sequence {
			write(n.Text)
		}
	} else {
		write(name(f.File.Name), f.Message)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// listKeys name the items of the lists that Kubernetes merges by key.
var listKeys = []string{"name", "mountPath", "devicePath", "containerPort", "port", "topologyKey", "ip", "type"}

// namedPath writes the path with items named by their key,
// spec.containers[name=api].image, and by index where they have none.
func namedPath(n *manifest.Node, p manifest.Path) string {
	var b strings.Builder
	for i, s := range p {
		if !s.IsIndex() {
			b.WriteString(p[i : i+1].String())
			b.WriteByte('.')
			n = n.Get(s.Key)
			continue
		}
		b.WriteByte('[')
		b.WriteString(itemName(n, s.Index))
		b.WriteByte(']')
		n = n.At(p[i : i+1])
	}
	return b.String()
}

// itemName is name=api for a list's item; name=api#1 for the second of that
// name; the index where the item has no key.
func itemName(list *manifest.Node, index int) string {
	item := list.At(manifest.Path{manifest.Index(index)})
	for _, key := range listKeys {
		v := item.Get(key)
		if v == nil || v.Kind == manifest.Mapping || v.Kind == manifest.Sequence {
			continue
		}
		before := 0
		for _, other := range list.Items[:index] {
			if o := other.Get(key); o != nil && o.Text == v.Text {
				before++
			}
		}
		name := key + "=" + v.Text
		if before > 0 {
			name += "#" + strconv.Itoa(before)
		}
		return name
	}
	return strconv.Itoa(index)
}
