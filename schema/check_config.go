package schema

import (
	"encoding/base64"
	"encoding/json"
	"strconv"

	"github.com/rollcast/rollcast/manifest"
)

// decoded is what a value in base64 holds, as encoding/json reads it: line
// breaks do not count, and a list of numbers is bytes too.
func decoded(n *manifest.Node) ([]byte, bool) {
	switch n.Kind {
	case manifest.Null:
		return nil, true
	case manifest.String:
		b, err := base64.StdEncoding.DecodeString(n.Text)
		return b, err == nil
	case manifest.Sequence:
		b := make([]byte, 0, len(n.Items))
		for _, item := range n.Items {
			v, err := strconv.ParseUint(item.Text, 10, 8)
			if err != nil {
				return nil, false
			}
			b = append(b, byte(v))
		}
		return b, true
	default:
		return nil, false
	}
}

// checkDataSize: what a ConfigMap or Secret holds is at most so many bytes, in
// base64 or not. A key of stringData takes the place of the same key of data.
func checkDataSize(k *call) {
	limit, _ := strconv.Atoi(k.args[0])
	total := 0
	plain := map[string]bool{}
	secret := k.c.doc.Kind == "Secret"
	for _, field := range []string{"stringData", "data", "binaryData"} {
		m := k.get(field).node
		if m == nil || m.Kind != manifest.Mapping {
			continue
		}
		for _, p := range m.Pairs {
			switch {
			case field == "stringData":
				plain[p.Key.Text] = true
				total += len(textOf(p.Value))
			case plain[p.Key.Text]:
			case field == "data" && !secret:
				total += len(textOf(p.Value))
			default:
				b, _ := decoded(p.Value)
				total += len(b)
			}
		}
	}
	if total > limit {
		where := k.node
		if n := k.get("data").node; n != nil && secret {
			where = n
		}
		k.fail(where, "the data is %d bytes, and at most %d are allowed", total, limit)
	}
}

// checkSecretContent: the configuration of Docker in a Secret is a JSON object,
// or null.
func checkSecretContent(k *call) {
	switch k.get("type").value().text {
	case "kubernetes.io/dockercfg":
		k.jsonObject(".dockercfg")
	case "kubernetes.io/dockerconfigjson":
		k.jsonObject(".dockerconfigjson")
	}
}

func (k *call) jsonObject(key string) {
	n, b, ok := k.secretValue(key)
	if n == nil || !ok {
		return
	}
	var object map[string]any
	if err := json.Unmarshal(b, &object); err != nil {
		k.fail(n, "%s must hold a JSON object in a secret of type %s", key, k.get("type").value().text)
	}
}

// secretValue is the value of a key of a Secret, and the bytes it stands for.
func (k *call) secretValue(key string) (n *manifest.Node, b []byte, ok bool) {
	if m := k.get("stringData").node; m != nil {
		if n := m.Get(key); n != nil {
			return n, []byte(textOf(n)), true
		}
	}
	if m := k.get("data").node; m != nil {
		if n := m.Get(key); n != nil {
			b, ok := decoded(n)
			return n, b, ok
		}
	}
	return nil, nil, false
}
