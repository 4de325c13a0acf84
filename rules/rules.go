// Package rules judges subjects by Rego rules, one folder a rule. It is the
// only place that knows OPA: facts go in as ast.Values, findings come out.
package rules

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/rules/folder"
)

//go:generate go run gen.go

//go:embed main.rego lib/*.rego */rule.rego */bad.yaml */good.yaml
var files embed.FS

// Options choose which rules run.
type Options struct {
	Profile Profile // "" for recommended
	// Only, where not empty, names the rules that run, whatever their profile.
	Only []string
	// Disable names rules that do not run, Only or not.
	Disable []string
	// Enable names rules that run besides those of the profile, Only or not.
	Enable []string
	// Levels replaces the severity of a rule's findings.
	Levels map[string]finding.Severity
	// Params sets parameters of rules, by rule and name; what is not named has
	// its default. folder.Param.Value says which Go types are understood.
	Params map[string]map[string]any
	// Timeout bounds the evaluation of one subject; 0 is five seconds.
	Timeout time.Duration
}

const defaultTimeout = 5 * time.Second

// An Engine runs the chosen rules. It compiles them when they are first needed,
// and only those that look at the kinds it has seen. It is safe for concurrent
// use.
type Engine struct {
	rules   []Rule
	byID    map[string]Rule
	source  fs.FS
	main    string
	levels  map[string]finding.Severity
	params  map[string]any // by rule, then by name
	timeout time.Duration

	mu       sync.Mutex
	programs []*program
}

// New makes an engine of the shipped rules; it compiles nothing yet. It errors
// on an unknown rule or profile, listing the choices.
func New(o Options) (*Engine, error) {
	main, err := files.ReadFile("main.rego")
	if err != nil {
		return nil, err
	}
	return newEngine(shipped, files, string(main), o)
}

// Load makes an engine of the rule folders in dir, whose rules may use the
// shipped lib. It errors on a folder whose METADATA is incomplete.
func Load(dir fs.FS, o Options) (*Engine, error) {
	rules, err := folder.Read(dir)
	if err != nil {
		return nil, err
	}
	return newEngine(rules, dir, string(folder.Main(rules)), o)
}

func newEngine(rules []Rule, source fs.FS, main string, o Options) (*Engine, error) {
	chosen, err := choose(rules, o)
	if err != nil {
		return nil, err
	}
	params, err := parameters(rules, o.Params)
	if err != nil {
		return nil, err
	}
	e := &Engine{rules: chosen, byID: map[string]Rule{}, source: source, main: main, levels: o.Levels, params: params, timeout: o.Timeout}
	if e.timeout == 0 {
		e.timeout = defaultTimeout
	}
	for _, r := range chosen {
		e.byID[r.ID] = r
	}
	return e, nil
}

// Rules are the rules that the engine runs, by id.
func (e *Engine) Rules() []Rule { return slices.Clone(e.rules) }

// Wants reports whether a chosen rule looks at objects of the kind.
func (e *Engine) Wants(kind string) bool {
	return slices.ContainsFunc(e.rules, func(r Rule) bool { return slices.Contains(r.Kinds, kind) })
}

// Warm starts compiling the rules for the kinds in the background. Kinds that
// no rule wants, and kinds already compiled, cost nothing.
func (e *Engine) Warm(kinds ...string) { e.program(kinds) }

// Check runs the rules on each subject, on all CPUs, and returns the findings
// in the order of the subjects. It errors only where evaluation fails: a
// deadline, a cancelled context or a fault in a rule. Subjects may be nil.
func (e *Engine) Check(ctx context.Context, subjects []*facts.Subject) ([]finding.Finding, error) {
	var wanted []*facts.Subject
	var kinds []string
	for _, s := range subjects {
		if s != nil && e.Wants(s.Kind) {
			wanted = append(wanted, s)
			kinds = append(kinds, s.Kind)
		}
	}
	p := e.program(kinds)
	if p == nil {
		return nil, nil
	}
	if err := p.wait(ctx); err != nil {
		return nil, err
	}
	found := make([][]finding.Finding, len(wanted))
	errs := make([]error, len(wanted))
	each(len(wanted), func(i int) { found[i], errs[i] = e.check(ctx, p, wanted[i]) })
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return slices.Concat(found...), nil
}

// each calls f with 0 to n−1 on all CPUs. The caller's goroutine takes part:
// Rego's evaluation recurses deeply, and a stack that has grown is kept.
func each(n int, f func(i int)) {
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			f(i)
		}
	}
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) - 1 {
		workers.Go(work)
	}
	work()
	workers.Wait()
}

func (e *Engine) check(ctx context.Context, p *program, s *facts.Subject) ([]finding.Finding, error) {
	ctx, cancel := context.WithTimeout(ctx, e.timeout)
	defer cancel()
	results, err := p.eval(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("rules on %s: %w", s.Document().Label(), err)
	}
	var found []finding.Finding
	for _, r := range results {
		f, ok, err := e.stamp(s, r)
		if err != nil {
			return nil, fmt.Errorf("rules on %s: %w", s.Document().Label(), err)
		}
		if ok {
			found = append(found, f)
		}
	}
	return found, nil
}
