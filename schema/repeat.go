package schema

import "github.com/rollcast/rollcast/manifest"

// A pair of items of lists, of which the second repeats the first in some way.
type pair struct{ first, second *manifest.Node }

// A repetition is what has been told of a pair.
type repetition struct {
	text  string // the value that they share
	equal bool   // nothing but repetitions can be told of them
}

// isRepeated reports whether a value occurs twice only because an item of a list
// does, which has been told, or because two fields say the same; else it notes
// that this is told now.
//
// Example: a second port {name: http, port: 80} beside an equal one repeats the
// name and the number, and is one fault. Beside {name: http, port: 81} it
// repeats the name; where it repeats both of {name: http, port: 80, nodePort: 1},
// there are two faults, because mending one leaves the other.
func (c *checker) isRepeated(first, second *manifest.Node, text string) bool {
	var nearest pair
	a, b := first, second
	for a != nil && b != nil && a != b {
		la, lb := c.links[a], c.links[b]
		if la.step.IsIndex() && lb.step.IsIndex() {
			p := pair{a, b}
			if told, ok := c.repeated[p]; ok && (told.equal || nearest.first == nil && told.text == text) {
				return true
			}
			if nearest.first == nil {
				nearest = p
			}
		}
		a, b = la.parent, lb.parent
	}
	if nearest.first == nil {
		return false
	}
	if _, ok := c.repeated[nearest]; !ok {
		if c.repeated == nil {
			c.repeated = map[pair]repetition{}
		}
		c.repeated[nearest] = repetition{text, equal(nearest.first, nearest.second)}
	}
	return false
}

// equal reports whether two values are written alike, the order of a few keys
// aside.
func equal(a, b *manifest.Node) bool {
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Pairs) != len(b.Pairs) || len(a.Items) != len(b.Items) {
		return false
	}
	for i := range a.Pairs {
		key, v := a.Pairs[i].Key.Text, b.Pairs[i].Value
		if b.Pairs[i].Key.Text != key {
			if len(b.Pairs) > 50 {
				return false
			}
			v = b.Get(key)
		}
		if v == nil || !equal(a.Pairs[i].Value, v) {
			return false
		}
	}
	for i := range a.Items {
		if !equal(a.Items[i], b.Items[i]) {
			return false
		}
	}
	return true
}
