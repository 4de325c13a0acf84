package schema

import (
	"strings"
)

// closest is the candidate that may have been meant by a word: the same in
// other case, or one that few typing errors turn into it. Of equally near ones
// the first in the alphabet is taken.
//
// Example: among livenessProbe and readinessProbe, livenessprobe means the
// first, and readynessProbe (one letter off) the second; port means neither.
// Words of three letters are too near to one another to guess.
func closest(word string, candidates []string) (string, bool) {
	best, distance := "", len(word)/3+1
	if len(word) > 64 {
		return "", false
	}
	for _, c := range candidates {
		if c == "" || c == word {
			continue
		}
		if strings.EqualFold(c, word) {
			return c, true
		}
		if len(word) < 4 {
			continue // gpu is no misspelt cpu
		}
		d := edits(strings.ToLower(word), strings.ToLower(c), distance)
		if d < distance || d == distance && best != "" && c < best || d == distance && best == "" && d <= len(word)/3 {
			best, distance = c, d
		}
	}
	return best, best != ""
}

// edits is the number of letters to insert, delete, replace or swap with a
// neighbour to make b of a (the optimal string alignment distance), or a number
// above limit where that is larger.
//
// Example: replcias becomes replicas by one swap.
func edits(a, b string, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
