package facts

import (
	"encoding/json"

	"github.com/rollcast/rollcast/manifest"
)

// Raw is an object as it was written, without defaults.
type Raw struct{ Node *manifest.Node }

// MarshalJSON writes the object as JSON, its keys in the order of the source.
func (r Raw) MarshalJSON() ([]byte, error) { return appendJSON(nil, r.Node) }

func appendJSON(b []byte, n *manifest.Node) ([]byte, error) {
	if n == nil {
		return append(b, "null"...), nil
	}
	var err error
	switch n.Kind {
	case manifest.Mapping:
		b = append(b, '{')
		first := true
		for i, pair := range n.Pairs {
			if repeated(n.Pairs[i+1:], pair.Key.Text) {
				continue // the last one counts
			}
			if !first {
				b = append(b, ',')
			}
			first = false
			if b, err = appendString(b, pair.Key.Text); err != nil {
				return nil, err
			}
			b = append(b, ':')
			if b, err = appendJSON(b, pair.Value); err != nil {
				return nil, err
			}
		}
		return append(b, '}'), nil
	case manifest.Sequence:
		b = append(b, '[')
		for i, item := range n.Items {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = appendJSON(b, item); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	case manifest.String:
		return appendString(b, n.Text)
	case manifest.Null, manifest.Bool, manifest.Int, manifest.Float:
		return append(b, n.Text...), nil
	}
	return append(b, "null"...), nil
}

func appendString(b []byte, s string) ([]byte, error) {
	quoted, err := json.Marshal(s)
	return append(b, quoted...), err
}

func repeated(pairs []manifest.Pair, key string) bool {
	for _, p := range pairs {
		if p.Key.Text == key {
			return true
		}
	}
	return false
}
