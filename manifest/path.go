package manifest

import (
	"strconv"
	"strings"
)

// A Step is one hop of a Path: a mapping key, or an index into a sequence.
type Step struct {
	Key   string
	Index int // -1 for a key
}

// Key is the step to a mapping's value.
func Key(k string) Step { return Step{Key: k, Index: -1} }

// Index is the step to a sequence's item, counted from 0.
func Index(i int) Step { return Step{Index: i} }

// IsIndex reports whether the step goes into a sequence.
func (s Step) IsIndex() bool { return s.Index >= 0 }

// A Path leads from a document's root to one of its nodes.
type Path []Step

// Keys is the path along mapping keys only.
func Keys(keys ...string) Path {
	p := make(Path, len(keys))
	for i, k := range keys {
		p[i] = Key(k)
	}
	return p
}

// Append is p with the steps added; p itself is never changed, so that
// siblings can share their parent's path.
func (p Path) Append(steps ...Step) Path {
	return append(p[:len(p):len(p)], steps...)
}

// HasPrefix reports whether p is q or lies below it.
func (p Path) HasPrefix(q Path) bool {
	if len(p) < len(q) {
		return false
	}
	for i := range q {
		if p[i] != q[i] {
			return false
		}
	}
	return true
}

// String writes the path as the API server does, spec.containers[0].image,
// with keys that are no plain word quoted: metadata.labels["app.kubernetes.io/name"].
func (p Path) String() string {
	var b strings.Builder
	for i, s := range p {
		switch {
		case s.IsIndex():
			b.WriteByte('[')
			b.WriteString(strconv.Itoa(s.Index))
			b.WriteByte(']')
		case plainKey(s.Key):
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(s.Key)
		default:
			b.WriteByte('[')
			b.WriteString(strconv.Quote(s.Key))
			b.WriteByte(']')
		}
	}
	return b.String()
}

// plainKey reports whether a key can stand after a dot without being misread:
// letters, digits, _ and -.
func plainKey(k string) bool {
	if k == "" {
		return false
	}
	for _, r := range k {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '-':
		default:
			return false
		}
	}
	return true
}

// Clone is a copy of p that shares nothing with it.
func (p Path) Clone() Path { return append(Path(nil), p...) }
