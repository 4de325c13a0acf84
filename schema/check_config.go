package schema

import (
	"encoding/base64"
	"encoding/json"
	"strconv"

	"github.com/rollcast/rollcast/manifest"
)

// decoded is what a value in base64 holds, as encoding/json reads it: line
// breaks do not count.
func decoded(n *manifest.Node) ([]byte, bool) {
	if n.Kind == manifest.Null {
		return nil, true
	}
	if n.Kind != manifest.String {
		return nil, false
	}
	b, err := base64.StdEncoding.DecodeString(n.Text)
	return b, err == nil
}

// checkBase64: bytes in standard base64, with padding.
func checkBase64(k *call) {
	if _, ok := decoded(k.node); !ok {
		k.fail(k.node, "%s must be base64; plain text goes into stringData or data of a ConfigMap", k.name(k.node))
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

// checkSecretContent: what some types of Secrets must hold: JSON in a
// configuration of Docker, and a key that is not empty in one of SSH.
func checkSecretContent(k *call) {
	switch k.get("type").value().text {
	case "kubernetes.io/dockercfg":
		k.jsonObject(".dockercfg")
	case "kubernetes.io/dockerconfigjson":
		k.jsonObject(".dockerconfigjson")
	case "kubernetes.io/ssh-auth":
		if n, b := k.secretValue("ssh-privatekey"); n != nil && len(b) == 0 {
			k.failAs("required", n, nil, "ssh-privatekey must not be empty in a secret of type kubernetes.io/ssh-auth")
		}
	}
}

func (k *call) jsonObject(key string) {
	n, b := k.secretValue(key)
	if n == nil || b == nil && n.Kind != manifest.Null && textOf(n) != "" {
		return
	}
	var object map[string]any
	if err := json.Unmarshal(b, &object); err != nil {
		k.fail(n, "%s must hold a JSON object in a secret of type %s", key, k.get("type").value().text)
	}
}

// secretValue is the value of a key of a Secret, and the bytes it stands for.
func (k *call) secretValue(key string) (*manifest.Node, []byte) {
	if m := k.get("stringData").node; m != nil {
		if n := m.Get(key); n != nil {
			return n, []byte(textOf(n))
		}
	}
	if m := k.get("data").node; m != nil {
		if n := m.Get(key); n != nil {
			b, _ := decoded(n)
			return n, b
		}
	}
	return nil, nil
}
