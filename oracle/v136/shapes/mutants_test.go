package shapes

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
)

// mutants are some copies of an object, each with one fault of shape below its
// metadata: a key renamed, or a value of another type.
func mutants(tree map[string]any) [][]byte {
	random := rand.New(rand.NewPCG(1, uint64(len(tree))))
	var out [][]byte
	for range 20 {
		text, err := json.Marshal(tree)
		if err != nil {
			return nil
		}
		var copied map[string]any
		if json.Unmarshal(text, &copied) != nil {
			return nil
		}
		for _, key := range []string{"apiVersion", "kind", "metadata"} {
			delete(copied, key)
		}
		if len(copied) == 0 {
			return out
		}
		spoil(random, copied)
		for _, key := range []string{"apiVersion", "kind", "metadata"} {
			if v, ok := tree[key]; ok {
				copied[key] = v
			}
		}
		if text, err = json.Marshal(copied); err == nil {
			out = append(out, text)
		}
	}
	return out
}

// spoil walks to a random place and changes it.
func spoil(random *rand.Rand, m map[string]any) {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	key := keys[random.IntN(len(keys))]
	inner := m[key]
	if l, ok := inner.([]any); ok && len(l) > 0 {
		inner = l[random.IntN(len(l))]
	}
	if below, ok := inner.(map[string]any); ok && len(below) > 0 && random.IntN(4) > 0 {
		spoil(random, below)
		return
	}
	if random.IntN(3) == 0 {
		m[key+"X"] = m[key]
		delete(m, key)
		return
	}
	values := []any{nil, true, "text", "", 3, 3.5, []any{}, []any{"a"}, []any{1}, map[string]any{}, map[string]any{"a": "b"}, []any{nil}}
	m[key] = values[random.IntN(len(values))]
}
