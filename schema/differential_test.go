package schema

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/compile"
	"github.com/rollcast/rollcast/schema/evaluate"
	"github.com/rollcast/rollcast/schema/table"
)

var (
	mutations = flag.Int("mutations", 1500, "how many documents TestTableEqualsCUE compares")
	seed      = flag.Uint64("seed", 1, "where the random documents of TestTableEqualsCUE start")
)

// An evaluator asks CUE itself about documents.
type evaluator struct {
	schema *evaluate.Schema
	kinds  map[string]string // definitions by "apiVersion kind"
}

// tableOf compiles sources as the generator does.
func tableOf(sources []compile.Source) (*compile.Named, error) {
	e, err := evaluate.New(compile.Files(sources))
	if err != nil {
		return nil, err
	}
	return compile.Table(sources, e)
}

func newEvaluator(t testing.TB, sources []compile.Source, tab *table.Table) *evaluator {
	t.Helper()
	e := &evaluator{kinds: map[string]string{}}
	var err error
	if e.schema, err = evaluate.New(compile.Files(sources)); err != nil {
		t.Fatal(err)
	}
	for _, k := range tab.Kinds {
		e.kinds[k.APIVersion+" "+k.Kind] = "#" + tab.Types[k.Type].Name
	}
	return e
}

// accepts asks CUE whether a document is valid.
func (e *evaluator) accepts(apiVersion, kind string, root *manifest.Node) error {
	return e.schema.Accepts(e.kinds[apiVersion+" "+kind], root)
}

// samples are valid documents to start from.
func samples(t testing.TB) []*manifest.Document {
	t.Helper()
	var docs []*manifest.Document
	for _, pattern := range []string{"testdata/valid/*.yaml", "../oracle/samples/*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			docs = append(docs, manifest.Parse(name, data, manifest.Options{}).Documents...)
		}
	}
	if len(docs) == 0 {
		t.Fatal("no samples")
	}
	return docs
}

// TestTableEqualsCUE asks the table and CUE's own evaluator about documents with
// random faults, and about many without. The named checks are off: CUE does not
// know them.
func TestTableEqualsCUE(t *testing.T) {
	sources, err := compile.Sources(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	named, err := tableOf(sources)
	if err != nil {
		t.Fatal(err)
	}
	compareWithCUE(t, sources, named.Table, samples(t), *mutations)
}

func compareWithCUE(t *testing.T, sources []compile.Source, tab *table.Table, docs []*manifest.Document, count int) {
	e := newEvaluator(t, sources, tab)
	set := newSet(tab)
	opt := Options{Gates: allGates(tab)}
	verdicts := func(d *manifest.Document) (ours []finding.Finding, theirs error) {
		p, _ := set.plain(d)
		return p.Faults, e.accepts(d.APIVersion, d.Kind, p.Root)
	}
	differ := func(d *manifest.Document) bool {
		ours, theirs := verdicts(d)
		return (len(ours) == 0) != (theirs == nil)
	}
	report := func(d *manifest.Document) {
		small := shrink(d, differ)
		ours, theirs := verdicts(small)
		var says []string
		for _, f := range ours {
			says = append(says, f.Path.String()+": "+f.Message)
		}
		t.Errorf("the table says %q\nCUE says %v\nof\n%s", says, theirs, text(small.Root))
	}
	for _, d := range docs {
		if differ(d) {
			report(d)
		}
	}
	m := &mutator{rand: rand.New(rand.NewPCG(*seed, 2)), tab: tab, set: set, opt: opt}
	rejected := 0
	for i := 0; i < count && !t.Failed(); i++ {
		d := m.document(docs)
		ours, theirs := verdicts(d)
		if theirs != nil {
			rejected++
		}
		if (len(ours) == 0) != (theirs == nil) {
			report(d)
		}
	}
	t.Logf("%d documents, %d rejected", count, rejected)
	if count > 100 && (rejected < count/4 || rejected > count*19/20) {
		t.Errorf("%d of %d documents were rejected: the mutations prove too little", rejected, count)
	}
}

// text shows a node as YAML in flow style, one line for each key near the top.
func text(n *manifest.Node) string {
	var b bytes.Buffer
	var write func(n *manifest.Node, depth int)
	write = func(n *manifest.Node, depth int) {
		indent := "\n" + strings.Repeat("  ", depth)
		switch n.Kind {
		case manifest.Mapping:
			if len(n.Pairs) == 0 {
				b.WriteString(" {}")
			}
			for _, p := range n.Pairs {
				b.WriteString(indent + p.Key.Text + ":")
				write(p.Value, depth+1)
			}
		case manifest.Sequence:
			if len(n.Items) == 0 {
				b.WriteString(" []")
			}
			for _, item := range n.Items {
				b.WriteString(indent + "-")
				write(item, depth+1)
			}
		case manifest.String:
			fmt.Fprintf(&b, " %q", n.Text)
		default:
			b.WriteString(" " + n.Text)
		}
	}
	write(n, 0)
	return b.String()
}

// shrink removes what a disagreement does not need.
func shrink(d *manifest.Document, differ func(*manifest.Document) bool) *manifest.Document {
	root := copyNode(d.Root)
	for tries, again := 0, true; again && tries < 4000; {
		again = false
		var sites []func() func() // each removes one thing and returns its undo
		var visit func(n *manifest.Node)
		visit = func(n *manifest.Node) {
			for i := range n.Pairs {
				sites = append(sites, func() func() {
					old := n.Pairs
					n.Pairs = append(append([]manifest.Pair(nil), old[:i]...), old[i+1:]...)
					return func() { n.Pairs = old }
				})
				visit(n.Pairs[i].Value)
			}
			for i := range n.Items {
				sites = append(sites, func() func() {
					old := n.Items
					n.Items = append(append([]*manifest.Node(nil), old[:i]...), old[i+1:]...)
					return func() { n.Items = old }
				})
				visit(n.Items[i])
			}
		}
		visit(root)
		for _, remove := range sites {
			tries++
			undo := remove()
			if differ(withRoot(d, root)) {
				again = true
				break
			}
			undo()
		}
	}
	return withRoot(d, root)
}

func copyNode(n *manifest.Node) *manifest.Node {
	m := *n
	m.Pairs, m.Items = nil, nil
	for _, p := range n.Pairs {
		key := *p.Key
		m.Pairs = append(m.Pairs, manifest.Pair{Key: &key, Value: copyNode(p.Value)})
	}
	for _, item := range n.Items {
		m.Items = append(m.Items, copyNode(item))
	}
	return &m
}
