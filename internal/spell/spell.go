// Package spell helps people who mistyped a word.
package spell

import "strings"

// Nearest is the choice that a mistyped word most likely meant, or "". At most
// a third of the word may differ: "fromat" means "format", "xml" means nothing.
// Else it may be the beginning of one choice: "prof" means "profile".
func Nearest(word string, choices []string) string {
	best, least := "", len(word)/3+1
	for _, c := range choices {
		if d := distance(strings.ToLower(word), strings.ToLower(c)); d < least {
			best, least = c, d
		}
	}
	if best == "" && len(word) > 2 {
		return begun(word, choices)
	}
	return best
}

// begun is the one choice that begins with the word, or "".
func begun(word string, choices []string) string {
	only := ""
	for _, c := range choices {
		switch {
		case !strings.HasPrefix(strings.ToLower(c), strings.ToLower(word)):
		case only != "":
			return ""
		default:
			only = c
		}
	}
	return only
}

// Distance counts the letters to insert, drop, replace or swap with their
// neighbour to turn a into b.
func Distance(a, b string) int { return distance(a, b) }

// distance counts the letters to insert, drop, replace or swap with their
// neighbour to turn a into b: distance("fromat", "format") is 1.
func distance(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	rows := make([][]int, len(ra)+1)
	for i := range rows {
		rows[i] = make([]int, len(rb)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(ra); i++ {
		for j := 1; j <= len(rb); j++ {
			cost := 1
			if ra[i-1] == rb[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && ra[i-1] == rb[j-2] && ra[i-2] == rb[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(ra)][len(rb)]
}

// Or writes choices as a sentence does: a, b or c.
func Or(choices []string) string {
	switch n := len(choices); n {
	case 0:
		return "nothing"
	case 1:
		return choices[0]
	default:
		return strings.Join(choices[:n-1], ", ") + " or " + choices[n-1]
	}
}
