package schema

import (
	"fmt"
	"strings"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

// A fault is a finding on its way.
type fault struct {
	rule     string // without "schema/"
	message  string
	path     manifest.Path
	rng      manifest.Range
	severity finding.Severity // 0 is Error
	related  []finding.Related
	fix      *finding.Fix
	unnamed  int // as finding.Finding has it
}

// maxFindings bounds what is told of one document. Nobody reads a thousand
// faults, and a hostile document has millions.
const maxFindings = 1000

// tellRest says how many faults were not told.
func (c *checker) tellRest() {
	if c.untold == 0 {
		return
	}
	last := &c.findings[len(c.findings)-1]
	last.Message += fmt.Sprintf(" (and %d more faults of the document are not told)", c.untold)
}

// tell adds a finding, or in a quiet walk only notes that there is one.
func (c *checker) tell(f fault) {
	rule := f.rule
	if !strings.Contains(rule, "/") {
		rule = "schema/" + rule
	}
	severity := f.severity
	if severity == 0 {
		severity = finding.Error
	}
	f.message = c.redacted(f)
	if c.isTold(rule, f) {
		return
	}
	if len(c.findings) >= maxFindings {
		c.untold++
		return
	}
	c.findings = append(c.findings, finding.Finding{
		Rule:     rule,
		Severity: severity,
		Message:  f.message,
		File:     c.doc.File,
		Document: c.doc,
		Path:     f.path,
		Range:    f.rng,
		Related:  f.related,
		Fix:      f.fix,
		Unnamed:  f.unnamed,
	})
}

// redacted is the message without the value that a Secret holds: reports stand
// in logs and comments that more people read than the manifest.
func (c *checker) redacted(f fault) string {
	if !c.doc.IsSecret(f.path) {
		return f.message
	}
	switch n := c.doc.Root.At(f.path); {
	case n == nil:
		return f.message
	case n.Kind == manifest.String:
		return strings.ReplaceAll(f.message, " "+quoted(n), "")
	default:
		return strings.ReplaceAll(f.message, shown(n), "a plain "+n.Kind.String())
	}
}

// isTold reports whether the same has been said of the same place: two rules may
// come to one fault on different ways.
func (c *checker) isTold(rule string, f fault) bool {
	for i := range c.findings {
		t := &c.findings[i]
		if t.Range.Start.Byte == f.rng.Start.Byte && t.Rule == rule && t.Message == f.message {
			return true
		}
	}
	return false
}

// hushed reports whether faults are only counted, and counts one.
func (c *checker) hushed() bool {
	if c.quiet > 0 {
		c.failed = true
		return true
	}
	return false
}

func (c *checker) isFaulty(n *manifest.Node) bool { return c.faulty != nil && c.faulty[n] }

func (c *checker) markFaulty(n *manifest.Node) {
	if c.faulty == nil {
		c.faulty = map[*manifest.Node]bool{}
	}
	c.faulty[n] = true
}

func (c *checker) markMissing(in *manifest.Node, name string) {
	if c.missing == nil {
		c.missing = map[missingField]bool{}
	}
	c.missing[missingField{in, name}] = true
}

// A link leads from a node to the mapping or list that holds it.
type link struct {
	parent *manifest.Node
	step   manifest.Step
}

// pathOf is the path of a node of the document. Links are made once a first
// finding needs them: most documents have none.
func (c *checker) pathOf(n *manifest.Node) manifest.Path {
	if null, ok := c.stands[n]; ok {
		n = null
	}
	if c.links == nil {
		c.links = map[*manifest.Node]link{}
		c.linkChildren(c.doc.Root)
	}
	depth := 0
	for l, ok := c.links[n]; ok; l, ok = c.links[l.parent] {
		depth++
	}
	path := make(manifest.Path, depth)
	for l, ok := c.links[n]; ok; l, ok = c.links[l.parent] {
		depth--
		path[depth] = l.step
	}
	return path
}

func (c *checker) linkChildren(n *manifest.Node) {
	for i := range n.Pairs {
		p := &n.Pairs[i]
		c.links[p.Value] = link{n, manifest.Key(p.Key.Text)}
		c.linkChildren(p.Value)
	}
	for i, item := range n.Items {
		c.links[item] = link{n, manifest.Index(i)}
		c.linkChildren(item)
	}
}

// written is the mapping itself, or the nearest one around it that is written.
func (c *checker) real(n *manifest.Node) *manifest.Node {
	if n != emptyMapping {
		return n
	}
	for i := len(c.frames) - 1; i >= 0; i-- {
		if m := c.frames[i].node; m != emptyMapping {
			return m
		}
	}
	return c.doc.Root
}

// place is where a value is pointed at: a scalar at itself, a mapping or list
// at its key, and one that is an item of a list at its own first key.
func (c *checker) place(n *manifest.Node, path manifest.Path) manifest.Range {
	if null, ok := c.stands[n]; ok {
		n = null
	}
	if n == nil { // the fault is that nothing stands there
		return c.doc.KeyRange(path)
	}
	switch n.Kind {
	case manifest.Mapping, manifest.Sequence:
		return c.keyPlace(n, path)
	case manifest.Null:
		return c.doc.KeyRange(path)
	default:
		return c.nodeRange(n)
	}
}

func (c *checker) keyPlace(n *manifest.Node, path manifest.Path) manifest.Range {
	if len(path) > 0 && path[len(path)-1].IsIndex() {
		if n.Kind == manifest.Mapping && len(n.Pairs) > 0 {
			return c.nodeRange(n.Pairs[0].Key)
		}
		return c.nodeRange(n)
	}
	return c.doc.KeyRange(path)
}

func (c *checker) nodeRange(n *manifest.Node) manifest.Range { return c.doc.File.NodeRange(n) }

// anchored adds the place of the anchor to a fault in what an alias stands for.
func (c *checker) anchored(n *manifest.Node, related []finding.Related) []finding.Related {
	if a := n.Anchor(); a != nil {
		related = append(related, c.related(a, "the anchor is here"))
	}
	return related
}

func (c *checker) related(n *manifest.Node, message string) finding.Related {
	return finding.Related{File: c.doc.File, Range: c.nodeRange(n), Message: message}
}

// nameOf names the value at a path in a sentence: image, args[1],
// labels["app.kubernetes.io/name"], or "the document" for the root.
func nameOf(path manifest.Path) string {
	if len(path) == 0 {
		return "the document"
	}
	i := len(path) - 1
	for i > 0 && path[i].IsIndex() {
		i--
	}
	name := path[i:].String()
	if i > 0 && (name[0] == '[' || path[i].IsIndex()) {
		return path[i-1:].String()
	}
	return name
}
