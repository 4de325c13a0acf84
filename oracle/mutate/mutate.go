package mutate

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// A Source makes mutants. It knows what stands where in the samples it was
// given, so that it can put plausible things into plausible places.
type Source struct {
	rand    *rand.Rand
	samples []Tree
	atPath  map[string][]any               // values seen at a path without indexes
	byKey   map[string][]any               // values seen under a key, wherever
	beside  map[string]map[string]struct{} // keys seen in the map at a path
	keys    []string
}

// New is a source over samples, which are not changed; equal seeds give equal
// mutants.
func New(seed uint64, samples ...Tree) *Source {
	s := &Source{
		rand:    rand.New(rand.NewPCG(seed, 0x726f6c6c63617374)),
		samples: samples,
		atPath:  map[string][]any{},
		byKey:   map[string][]any{},
		beside:  map[string]map[string]struct{}{},
	}
	for _, t := range samples {
		for _, sl := range slots(&t) {
			s.atPath[sl.path] = append(s.atPath[sl.path], sl.get())
			if sl.key == "" {
				continue
			}
			s.byKey[sl.key] = append(s.byKey[sl.key], sl.get())
			parent := parentPath(sl.path)
			if s.beside[parent] == nil {
				s.beside[parent] = map[string]struct{}{}
			}
			s.beside[parent][sl.key] = struct{}{}
		}
	}
	s.keys = slices.Sorted(maps.Keys(s.byKey))
	return s
}

func parentPath(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i]
	}
	return ""
}

// Next is a sample with one to three random edits, and the names of the edits.
func (s *Source) Next() (Tree, string) {
	sample := s.samples[s.rand.IntN(len(s.samples))]
	t := Copy(sample)
	var did []string
	for range 1 + s.rand.IntN(3) {
		if what := s.edit(&t); what != "" {
			did = append(did, what)
		}
	}
	// What identifies the kind stays, or the mutant is nobody's.
	if m, ok := t.(map[string]any); ok {
		m["apiVersion"], m["kind"] = At(sample, "apiVersion"), At(sample, "kind")
	}
	return t, strings.Join(did, ", ")
}

// edit makes one edit at a random place; "" where the edit did not fit it.
func (s *Source) edit(t *Tree) string {
	all := slots(t)
	if len(all) == 0 {
		return ""
	}
	sl := all[s.rand.IntN(len(all))]
	e := edits[s.rand.IntN(len(edits))]
	if !e.do(s, t, sl) {
		return ""
	}
	return e.name + " " + sl.path
}

type edit struct {
	name string
	do   func(s *Source, t *Tree, at slot) bool
}

var edits = []edit{
	{"drop", func(_ *Source, _ *Tree, at slot) bool { at.del(); return true }},
	{"add", (*Source).add},
	{"rename", (*Source).rename},
	{"retype", (*Source).retype},
	{"boundary", (*Source).boundary},
	{"boundary", (*Source).boundary},
	{"case", (*Source).recase},
	{"duplicate", (*Source).duplicate},
	{"move", (*Source).move},
	{"swap", (*Source).swap},
	{"swap", (*Source).swap},
}

// add puts a field into the map at a place, or beside it: mostly one that is
// known there.
func (s *Source) add(_ *Tree, at slot) bool {
	path, m := at.path, map[string]any(nil)
	if v, ok := at.get().(map[string]any); ok {
		m = v
	} else if v, ok := at.parent.(map[string]any); ok {
		path, m = parentPath(at.path), v
	} else {
		return false
	}
	if s.rand.IntN(8) == 0 {
		m["extra"] = "x"
		return true
	}
	known := slices.Sorted(maps.Keys(s.beside[path]))
	if len(known) == 0 {
		known = s.keys
	}
	key := known[s.rand.IntN(len(known))]
	values := s.atPath[strings.TrimPrefix(path+"."+key, ".")]
	if len(values) == 0 {
		values = s.byKey[key]
	}
	m[key] = Copy(values[s.rand.IntN(len(values))])
	return true
}

func (s *Source) rename(_ *Tree, at slot) bool {
	m, ok := at.parent.(map[string]any)
	if !ok {
		return false
	}
	v := m[at.key]
	at.del()
	switch s.rand.IntN(4) {
	case 0:
		m[strings.ToLower(at.key)] = v
	case 1:
		m[at.key+"s"] = v
	case 2:
		m[at.key[:len(at.key)/2]] = v
	default:
		m[s.keys[s.rand.IntN(len(s.keys))]] = v
	}
	return true
}

func (s *Source) retype(_ *Tree, at slot) bool {
	v := at.get()
	str, _ := v.(string)
	others := []any{nil, true, "x", json.Number("1"), json.Number("1.5"), []any{}, map[string]any{}, []any{v}, map[string]any{"name": v}}
	if n, ok := v.(json.Number); ok {
		others = append(others, n.String(), n.String())
	}
	if _, err := strconv.Atoi(str); err == nil {
		others = append(others, json.Number(str), json.Number(str))
	}
	at.set(others[s.rand.IntN(len(others))])
	return true
}

var (
	numbers = strings.Fields("-2147483649 -2147483648 -1 0 1 2 3 10 30 31 100 101 255 256 511 512 600 601 3599 3600 65535 65536 2147483647 2147483648 4294967296 4294967297 9223372036854775807 9223372036854775808")
	texts   = []string{"", " ", "a", "A", "a.b", "a_b", "a-", "-a", "a/b", "a b", "/", "/a", "a/../b", "..", "..a", ".", "é", "1", "0", "-1", "1.5",
		"0%", "1%", "100%", "101%", "1000%", "%", "100m", "0.5", "1Gi", "1gi", "1e3", "-1Gi", "2Ki", "*", "=", "a=b", "A_B", "true", "example.com/a", "kubernetes.io/a",
		"Always", "Never", "OnFailure", "None", "Default", "In", "Exists", "10.0.0.1", "010.0.0.1", "::1", "10.0.0.0/8", "fd00::/8",
		"2024-01-02T03:04:05Z", "* * * * *", "@daily", "0-3,5", strings.Repeat("a", 16), strings.Repeat("a", 64), strings.Repeat("a", 254)}
)

// boundary replaces a scalar by one at the edge of what some field allows.
func (s *Source) boundary(_ *Tree, at slot) bool {
	switch v := at.get().(type) {
	case json.Number:
		if i, err := v.Int64(); err == nil && s.rand.IntN(3) == 0 {
			at.set(json.Number(strconv.FormatInt(i+int64(1-2*s.rand.IntN(2)), 10)))
			return true
		}
		at.set(json.Number(numbers[s.rand.IntN(len(numbers))]))
	case string:
		at.set(texts[s.rand.IntN(len(texts))])
	case bool:
		at.set(!v)
	case []any:
		at.set([]any{})
	case map[string]any:
		at.set(map[string]any{})
	default:
		return false
	}
	return true
}

func (s *Source) recase(_ *Tree, at slot) bool {
	v, ok := at.get().(string)
	if !ok || v == "" {
		return false
	}
	switch s.rand.IntN(3) {
	case 0:
		v = strings.ToLower(v)
	case 1:
		v = strings.ToUpper(v)
	default:
		v = strings.ToUpper(v[:1]) + strings.ToLower(v[1:])
	}
	at.set(v)
	return true
}

// duplicate repeats an item of a list, once as it is, once with one change.
func (s *Source) duplicate(_ *Tree, at slot) bool {
	l, ok := at.get().([]any)
	if !ok || len(l) == 0 {
		return false
	}
	item := Copy(l[s.rand.IntN(len(l))])
	if m, ok := item.(map[string]any); ok && s.rand.IntN(2) == 0 {
		if name, ok := m["name"].(string); ok {
			m["name"] = name + "2"
		}
	}
	at.set(append(slices.Clone(l), item))
	return true
}

// move takes a subtree away and puts it under the same key elsewhere.
func (s *Source) move(t *Tree, at slot) bool {
	if at.key == "" {
		return false
	}
	v := at.get()
	all := slots(t)
	to := all[s.rand.IntN(len(all))]
	m, ok := to.get().(map[string]any)
	if !ok || strings.HasPrefix(to.path, at.path) {
		return false
	}
	m[at.key] = Copy(v)
	if s.rand.IntN(2) == 0 {
		at.del()
	}
	return true
}

// swap puts another value that the samples have at this path, or under this
// key, into its place.
func (s *Source) swap(_ *Tree, at slot) bool {
	values := s.atPath[at.path]
	if at.key != "" && s.rand.IntN(2) == 0 {
		values = s.byKey[at.key]
	}
	if len(values) < 2 {
		return false
	}
	at.set(Copy(values[s.rand.IntN(len(values))]))
	return true
}
