package manifest

import (
	"encoding/json"
	"strings"
)

// toJSON writes a node as the JSON that the server makes of it; the last of
// repeated keys counts.
func toJSON(n *Node) string {
	var b strings.Builder
	writeJSON(&b, n)
	return b.String()
}

func writeJSON(b *strings.Builder, n *Node) {
	switch n.Kind {
	case Mapping:
		b.WriteByte('{')
		first := true
		for i, p := range n.Pairs {
			if n.pair(p.Key.Text) != &n.Pairs[i] {
				continue
			}
			if !first {
				b.WriteByte(',')
			}
			first = false
			writeString(b, p.Key.Text)
			b.WriteByte(':')
			writeJSON(b, p.Value)
		}
		b.WriteByte('}')
	case Sequence:
		b.WriteByte('[')
		for i, item := range n.Items {
			if i > 0 {
				b.WriteByte(',')
			}
			writeJSON(b, item)
		}
		b.WriteByte(']')
	case String:
		writeString(b, n.Text)
	default:
		b.WriteString(n.Text)
	}
}

func writeString(b *strings.Builder, s string) {
	text, _ := json.Marshal(s)
	b.Write(text)
}
