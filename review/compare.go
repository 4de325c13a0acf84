package review

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// A Base is what a change is compared with. Files that are equal on both sides
// may be the same *File.
type Base struct {
	Name    string           // as the user named it
	Files   []*manifest.File // of the paths that the user asked about
	Context []*manifest.File // of what is read around them
	// Elsewhere says that files of the base have no counterpart of the same name.
	Elsewhere bool
}

// Compare judges what applying the head does to what the base left running. It
// looks closely at what changed and at the workloads that this touches; of the
// rest it only reads what that needs to know.
func Compare(ctx context.Context, base Base, head Input, o Options) (*Result, error) {
	chosen, err := prepare(&o)
	if err != nil {
		return nil, err
	}
	c := &comparison{base: base, head: head, options: o}
	c.underway = liveStates(base)
	c.live = liveObjects(base)
	now := slices.Concat(head.Files, head.Context)
	was := slices.Concat(base.Files, base.Context)
	c.old, c.now = manifest.NewLayout(was), manifest.NewLayout(now)
	c.inHead, c.inBase = setOf(head.Files), setOf(base.Files)
	c.heads = map[*manifest.Document]*manifest.Document{}
	for _, p := range match(c.old.Sets, c.now.Sets, c.live) {
		if p.base != nil {
			c.heads[p.base] = p.head
		}
		if c.concerns(p) {
			c.pairs = append(c.pairs, p)
		}
	}
	c.touch()

	withoutSteps := o
	withoutSteps.WithoutSteps, withoutSteps.Play = true, nil
	c.before = judge(ctx, c.side(was, nil, c.touchedOld), withoutSteps, chosen, &c.memory)
	c.after = analyse(c.side(now, head.Skipped, c.touchedNow), o, chosen, &c.memory)
	c.classify()
	c.tellRules()
	c.after.checkRules(ctx)
	before, res := c.before.result(), c.after.result()
	res.Base = base.Name
	res.Failures = append(before.Failures, res.Failures...)
	res.Changes = c.changes
	c.plan(res)
	res.Summary.WithoutSchema = 0
	for _, ch := range c.changes {
		if checked := c.after.checked[ch.Document]; checked != nil && checked.noSchema && !ch.Is(Rejected) {
			res.Summary.WithoutSchema++
		}
	}
	c.combine(res)
	c.compareFindings(before, res)
	c.sayOnce(res)
	return res, nil
}

// A comparison is the state of one Compare.
type comparison struct {
	base    Base
	head    Input
	options Options

	old, now               *manifest.Layout
	inBase, inHead         map[*manifest.File]bool           // the files that the user asked about
	live                   map[*manifest.Document]string     // of the base, with what was applied last
	underway               map[*manifest.Document]*liveState // of live: where its pods stand
	pairs                  []pairing                         // of objects that differ
	touchedOld, touchedNow map[*manifest.File]bool

	memory        memory
	before, after *run
	changes       []*Change
	of            []pairing                                 // of each change
	found         []finding.Finding                         // about the change itself, and so new
	heads         map[*manifest.Document]*manifest.Document // of documents of the base
	homes         map[*manifest.Document]pairing            // of documents of the base that changed
}

// concerns reports whether a pair is part of the change: it is there on one side
// only, or is not written alike in the same place. Files of the context are not
// reported, and so are what they hold.
func (c *comparison) concerns(p pairing) bool {
	if p.head == nil {
		return c.inBase[p.base.File]
	}
	if p.base == nil {
		return c.inHead[p.head.File]
	}
	if p.base == p.head || !c.inHead[p.head.File] {
		return false
	}
	moved := p.base.File.Name != p.head.File.Name && !c.base.Elsewhere && !p.head.File.Stdin && !p.base.File.Stdin
	return moved || p.renamed || !bytes.Equal(source(p.base), source(p.head))
}

func source(d *manifest.Document) []byte {
	r := d.File.NodeRange(d.Root)
	return d.File.Data[r.Start.Byte:r.End.Byte]
}

func setOf(files []*manifest.File) map[*manifest.File]bool {
	set := map[*manifest.File]bool{}
	for _, f := range files {
		set[f] = true
	}
	return set
}

// touch finds the files that a close look is for: those with a changed object,
// those with a workload that a changed object is joined with, before or after,
// and those that changed without holding an object.
func (c *comparison) touch() {
	c.touchedOld, c.touchedNow = map[*manifest.File]bool{}, map[*manifest.File]bool{}
	oldNames, nowNames := map[string]bool{}, map[string]bool{}
	changed := map[*manifest.Document]bool{}
	for _, p := range c.pairs {
		if p.base != nil {
			changed[p.base], oldNames[p.base.File.Name] = true, true
		}
		if p.head != nil {
			changed[p.head], nowNames[p.head.File.Name] = true, true
		}
	}
	c.around(c.old.Sets, changed, oldNames)
	c.around(c.now.Sets, changed, nowNames)
	byName := map[string]*manifest.File{}
	for _, f := range slices.Concat(c.base.Context, c.base.Files) {
		byName[f.Name] = f
	}
	for _, f := range c.head.Files {
		old := byName[f.Name]
		same := old == f || old != nil && bytes.Equal(old.Data, f.Data)
		if nowNames[f.Name] || oldNames[f.Name] || !same {
			c.touchedNow[f] = true
			if old != nil {
				c.touchedOld[old] = true
			}
		}
	}
	for _, f := range c.base.Files {
		if oldNames[f.Name] {
			c.touchedOld[f] = true
		}
	}
}

// around names the files of the workloads that changed objects are joined with.
// Only the namespaces of changed objects are read: joins stay within one.
func (c *comparison) around(sets []manifest.Set, changed map[*manifest.Document]bool, names map[string]bool) {
	for _, s := range sets {
		namespaces := map[string]bool{}
		for _, d := range s.Documents {
			if changed[d] {
				namespaces[d.Namespace] = true
			}
		}
		if len(namespaces) == 0 {
			continue
		}
		var near []*manifest.Document
		for _, d := range s.Documents {
			if namespaces[d.Namespace] {
				near = append(near, d)
			}
		}
		for _, w := range c.memory.workloads.Resolve(near, nil).Workloads {
			if slices.ContainsFunc(joinedWith(w), func(d *manifest.Document) bool { return changed[d] }) {
				names[w.Document.File.Name] = true
			}
		}
	}
}

// side is the input of one side's judgement.
func (c *comparison) side(files []*manifest.File, skipped []Skipped, touched map[*manifest.File]bool) Input {
	in := Input{Incomplete: c.head.Incomplete, Skipped: skipped}
	for _, f := range files {
		if touched[f] {
			in.Files = append(in.Files, f)
		} else {
			in.Context = append(in.Context, f)
		}
	}
	return in
}

// byDocument orders changes by file and byte of the head.
func (c *comparison) byDocument() {
	order := make([]int, len(c.changes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := c.changes[a], c.changes[b]
		return cmp.Or(byPlace(x.Document, y.Document), cmp.Compare(x.Set, y.Set))
	})
	sorted := make([]*Change, len(order))
	pairs := make([]pairing, len(order))
	for i, j := range order {
		sorted[i], pairs[i] = c.changes[j], c.of[j]
	}
	c.changes, c.of = sorted, pairs
}

// subjectOf is the workload of a document as a set sees it, nil for none.
func (r *run) subjectOf(d *manifest.Document, set string) *subject {
	var other *subject
	for _, list := range r.subjects {
		for _, s := range list {
			if s.workload.Document == d {
				if s.set == set {
					return s
				}
				other = s
			}
		}
	}
	return other
}
