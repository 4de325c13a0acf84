package fix

import (
	"bytes"
	"fmt"
	"strings"
)

// around is how many unchanged lines a diff shows before and after a change.
const around = 3

// Diff is the difference of two texts in the unified form that patch reads, ""
// where they are equal.
func Diff(name string, old, changed []byte) string {
	if bytes.Equal(old, changed) {
		return ""
	}
	a, b := lines(old), lines(changed)
	script := compare(a, b)
	var out strings.Builder
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", name, name)
	for start := 0; start < len(script); {
		if script[start].op == ' ' {
			start++
			continue
		}
		first := max(0, start-around)
		end, last := start, start // last is the last change of the hunk
		for end < len(script) && end <= last+2*around {
			if script[end].op != ' ' {
				last = end
			}
			end++
		}
		end = min(len(script), last+around+1)
		hunk(&out, script, first, end)
		start = end
	}
	return out.String()
}

// A step keeps, removes or adds one line.
type step struct {
	op   byte // ' ', '-' or '+'
	line string
}

func hunk(out *strings.Builder, script []step, first, end int) {
	before, after := [2]int{1, 0}, [2]int{1, 0} // the first line, and how many
	for i, s := range script[:end] {
		for _, side := range []struct {
			counts *[2]int
			other  byte
		}{{&before, '+'}, {&after, '-'}} {
			switch {
			case s.op == side.other:
			case i < first:
				side.counts[0]++
			default:
				side.counts[1]++
			}
		}
	}
	fmt.Fprintf(out, "@@ -%d,%d +%d,%d @@\n", before[0], before[1], after[0], after[1])
	for _, s := range script[first:end] {
		fmt.Fprintf(out, "%c%s", s.op, s.line)
		if !strings.HasSuffix(s.line, "\n") {
			out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

func lines(data []byte) []string {
	if len(data) == 0 {
		return nil
	}
	list := strings.SplitAfter(string(data), "\n")
	if list[len(list)-1] == "" {
		list = list[:len(list)-1]
	}
	return list
}

// compare finds the shortest script from a to b (Myers 1986): after d changes,
// v[k] is how far down a the path on diagonal k has come.
func compare(a, b []string) []step {
	offset := len(a) + len(b) + 1
	v := map[int]int{1: 0}
	var history []map[int]int
	for d := 0; ; d++ {
		next := map[int]int{}
		for k := -d; k <= d; k += 2 {
			x := v[k-1] + 1
			if k == -d || k != d && v[k-1] < v[k+1] {
				x = v[k+1]
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			next[k] = x
			if x >= len(a) && x-k >= len(b) {
				return retrace(a, b, append(history, next))
			}
		}
		history = append(history, next)
		v = next
		if d > offset {
			return nil // cannot be: every text is reached by removing and adding all
		}
	}
}

// retrace reads the script backwards from the ends.
func retrace(a, b []string, history []map[int]int) []step {
	var reversed []step
	x, y := len(a), len(b)
	for d := len(history) - 1; d >= 0; d-- {
		k := x - y
		fromX, fromY := 0, 0
		if d > 0 {
			before := history[d-1]
			down := k == -d || k != d && before[k-1] < before[k+1]
			if down {
				fromX = before[k+1]
				fromY = fromX - (k + 1)
			} else {
				fromX = before[k-1]
				fromY = fromX - (k - 1)
			}
			for x > fromX && y > fromY && x-y == k && !(down && x == fromX || !down && y == fromY) {
				x, y = x-1, y-1
				reversed = append(reversed, step{' ', a[x]})
			}
			if down {
				y--
				reversed = append(reversed, step{'+', b[y]})
			} else {
				x--
				reversed = append(reversed, step{'-', a[x]})
			}
			continue
		}
		for x > 0 && y > 0 {
			x, y = x-1, y-1
			reversed = append(reversed, step{' ', a[x]})
		}
	}
	script := make([]step, len(reversed))
	for i, s := range reversed {
		script[len(reversed)-1-i] = s
	}
	return script
}
