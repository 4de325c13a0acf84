package workload

import (
	"regexp"
	"strings"
	"sync"

	"github.com/rollcast/rollcast/manifest"
)

// A Placeholder is a value that somebody was to replace.
type Placeholder struct {
	Path manifest.Path
	Text string
}

// placeholder is a whole value such as <your-domain>, {{ .Values.host }}, 【host】
// or xxx.
var placeholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(<[A-Za-z][\w .:/-]*>|\{\{[^{}]*\}\}|【[^【】]*】|[xX]{3,})$`)
})

// placeholders looks through what the manifest says of names, labels and the
// pod: not through annotations, commands and arguments, where such text may be
// meant, nor images, whose names are judged by themselves.
//
// Example: env value: <db-host> is one, and args: ["--format=<json>"] is not.
func (r *reader) placeholders(pod manifest.Path) (list []Placeholder) {
	for _, path := range []manifest.Path{manifest.Keys("metadata", "name"), manifest.Keys("metadata", "namespace"), manifest.Keys("metadata", "labels"), pod} {
		r.scan(path, r.doc.Root.At(path), &list)
	}
	return list
}

func (r *reader) scan(path manifest.Path, n *manifest.Node, list *[]Placeholder) {
	if n == nil || len(*list) >= maxJoined {
		return
	}
	switch n.Kind {
	case manifest.Mapping:
		for _, p := range n.Pairs {
			switch p.Key.Text {
			case "annotations", "args", "command", "image":
			default:
				if mayHold(p.Value) {
					r.scan(path.Append(manifest.Key(p.Key.Text)), p.Value, list)
				}
			}
		}
	case manifest.Sequence:
		for i, item := range n.Items {
			if mayHold(item) {
				r.scan(path.Append(manifest.Index(i)), item, list)
			}
		}
	case manifest.String:
		if placeholder().MatchString(n.Text) && !r.broken(path) {
			*list = append(*list, Placeholder{path, n.Text})
		}
	case manifest.Int, manifest.Float, manifest.Bool, manifest.Null:
	}
}

// mayHold spares most values the building of a path: their first letter tells.
func mayHold(n *manifest.Node) bool {
	if n == nil || n.Kind != manifest.String {
		return n != nil
	}
	return strings.HasPrefix(n.Text, "<") || strings.HasPrefix(n.Text, "{{") || strings.HasPrefix(n.Text, "【") || strings.HasPrefix(n.Text, "x") || strings.HasPrefix(n.Text, "X")
}
