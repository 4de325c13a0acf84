package review

import (
	"slices"
	"sort"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// hunkContext is how many unchanged lines a diff shows around what changed.
const hunkContext = 3

// deepest is how many times compareLines looks again between the lines it
// found equal. Texts of people need two or three.
const deepest = 16

// nearness tells of each finding how near to the change it lies. Where the
// base's files have other names there is no telling.
func (c *comparison) nearness(list []finding.Finding) {
	if c.base.Elsewhere {
		return
	}
	old := map[string]*manifest.File{}
	for _, p := range c.pairs { // of a file that was renamed, where an object of it was
		if p.base != nil && p.head != nil && old[p.head.File.Name] == nil {
			old[p.head.File.Name] = p.base.File
		}
	}
	for _, f := range slices.Concat(c.base.Context, c.base.Files) {
		old[f.Name] = f
	}
	hunks := map[*manifest.File][]bool{}
	for i := range list {
		f := &list[i]
		if f.File == nil || f.Status == finding.Fixed || !c.inHead[f.File] {
			continue
		}
		shown, seen := hunks[f.File]
		if !seen {
			if was := old[f.File.Name]; was != f.File {
				shown = changedHunks(was, f.File)
			}
			hunks[f.File] = shown
		}
		switch line := f.Range.Start.Line; {
		case len(shown) == 0:
		case line < len(shown) && shown[line]:
			f.Nearness = finding.InHunk
		default:
			f.Nearness = finding.InChangedFile
		}
	}
}

// changedHunks says of each line of a file, from 1, whether a diff with the
// base's file would show it; nil where nothing changed. A file that the base
// does not have is shown whole.
func changedHunks(was, now *manifest.File) []bool {
	b := linesOf(now)
	changed := make([]bool, len(b)+2)
	if was == nil {
		for i := range changed {
			changed[i] = true
		}
		return changed
	}
	a := linesOf(was)
	if slices.Equal(a, b) {
		return nil
	}
	compareLines(a, b, 0, deepest, func(first, end int) {
		for i := max(0, first-hunkContext); i < min(len(b), end+hunkContext); i++ {
			changed[i+1] = true
		}
	})
	return changed
}

func linesOf(f *manifest.File) []string {
	list := make([]string, f.Lines())
	for i := range list {
		list[i] = strings.TrimSuffix(f.Line(i+1), "\r")
	}
	return list
}

// compareLines calls changed with each stretch of b, from first up to but
// without end and counted from offset, that replaces something of a; where lines
// only went, first is end. It is the patience diff: lines that occur once on
// both sides, in the longest order that both share, are equal, and so are those
// around them. Its time is n log n at each of the levels it may go down.
func compareLines(a, b []string, offset, levels int, changed func(first, end int)) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b, offset = a[1:], b[1:], offset+1
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 && len(b) == 0 {
		return
	}
	var same [][2]int
	if levels > 0 {
		same = uniqueInBoth(a, b)
	}
	if len(same) == 0 {
		changed(offset, offset+len(b))
		return
	}
	i, j := 0, 0
	for _, p := range same {
		compareLines(a[i:p[0]], b[j:p[1]], offset+j, levels-1, changed)
		i, j = p[0]+1, p[1]+1
	}
	compareLines(a[i:], b[j:], offset+j, levels-1, changed)
}

// uniqueInBoth are the places in a and b of lines that occur once in each, the
// most of them that follow each other in the same order on both sides.
func uniqueInBoth(a, b []string) [][2]int {
	type places struct{ inA, inB, countA, countB int }
	seen := map[string]*places{}
	at := func(line string) *places {
		p := seen[line]
		if p == nil {
			p = &places{}
			seen[line] = p
		}
		return p
	}
	for i, line := range a {
		p := at(line)
		p.inA, p.countA = i, p.countA+1
	}
	for j, line := range b {
		p := at(line)
		p.inB, p.countB = j, p.countB+1
	}
	// The longest rising sequence: tails[n] ends the lowest of n+1 pairs.
	var pairs [][2]int
	var previous, tails []int
	for i, line := range a {
		p := seen[line]
		if p.inA != i || p.countA != 1 || p.countB != 1 {
			continue
		}
		n := sort.Search(len(tails), func(k int) bool { return pairs[tails[k]][1] >= p.inB })
		before := -1
		if n > 0 {
			before = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, 0)
		}
		tails[n] = len(pairs)
		pairs, previous = append(pairs, [2]int{i, p.inB}), append(previous, before)
	}
	if len(tails) == 0 {
		return nil
	}
	var same [][2]int
	for k := tails[len(tails)-1]; k >= 0; k = previous[k] {
		same = append(same, pairs[k])
	}
	slices.Reverse(same)
	return same
}
