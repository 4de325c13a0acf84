// Package rules judges subjects by Rego rules, one folder a rule. It is the
// only place that knows OPA: facts go in as ast.Values, findings come out.
package rules

import (
	"context"
	"embed"
	"errors"
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

//go:embed lib/*.rego */rule.rego */bad.yaml */good.yaml */base.yaml
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
	// ParamsFor, where not nil, sets them for the subjects of a file instead;
	// files with one key have the same. Params are those of the key "".
	ParamsFor func(file string) (key string, params map[string]map[string]any)
	// Users are folders of users' rules, which run besides the shipped ones.
	Users []Folder
	// Timeout bounds the evaluation of one subject; 0 is five seconds.
	Timeout time.Duration
}

// A Folder holds rule folders of a user, and may hold modules that they share
// in lib/.
type Folder struct {
	Name string // for messages: the path as the user wrote it
	FS   fs.FS
}

const defaultTimeout = 5 * time.Second

// An Engine runs the chosen rules. It compiles them when they are first needed,
// and at first only those that may find something; until a kind is named that
// some rule looks at, it does not even choose. It is safe for concurrent use.
type Engine struct {
	options Options
	groups  []*group
	faults  []error
	timeout time.Duration

	choosing sync.Once
	chosen   []Rule // of all groups, once choosing is done
	byID     map[string]*Rule

	mu     sync.Mutex
	wanted map[string]bool // by kind, as far as it has been asked for
}

// New makes an engine of the shipped rules and the users'. It compiles no
// shipped rule yet. It errors on an unknown rule, profile or parameter, listing
// the choices. A user's rule that is broken does not run: Faults tells.
func New(o Options) (*Engine, error) {
	return newEngine(&group{rules: shipped, source: files, tested: true}, o)
}

// Load makes an engine of the rule folders in dir, whose rules may use the
// shipped lib. It errors on a folder whose METADATA is incomplete.
func Load(dir fs.FS, o Options) (*Engine, error) {
	rules, err := folder.Read(dir)
	if err != nil {
		return nil, err
	}
	return newEngine(&group{rules: rules, source: dir}, o)
}

// LoadUsers makes an engine of the users' rules alone.
func LoadUsers(o Options) (*Engine, error) { return newEngine(&group{}, o) }

func newEngine(first *group, o Options) (*Engine, error) {
	e := &Engine{options: o, groups: []*group{first}, timeout: o.Timeout, wanted: map[string]bool{}}
	if e.timeout == 0 {
		e.timeout = defaultTimeout
	}
	known := slices.Clip(first.rules)
	for _, f := range o.Users {
		g, faults := readUsers(f, known)
		known = append(known, g.rules...)
		e.groups, e.faults = append(e.groups, g), append(e.faults, faults...)
	}
	if err := o.check(known); err != nil {
		return nil, err
	}
	if len(o.Users) > 0 { // their faults are to be told, whether or not they are asked
		e.choose()
	}
	return e, nil
}

// choose leaves each group the rules that run.
func (e *Engine) choose() {
	e.choosing.Do(func() {
		e.byID = map[string]*Rule{}
		for _, g := range e.groups {
			g.options = &e.options
			g.rules = e.options.choose(g.rules)
			e.faults = append(e.faults, g.checkUsers()...)
			e.chosen = append(e.chosen, g.rules...)
		}
		for i := range e.chosen {
			e.byID[e.chosen[i].ID] = &e.chosen[i]
		}
	})
}

// Faults are what keeps users' rules from running: each names a file, a line
// and what is wrong there.
func (e *Engine) Faults() []error { return slices.Clone(e.faults) }

// Rules are the rules that the engine runs, by id.
func (e *Engine) Rules() []Rule {
	e.choose()
	return slices.Clone(e.chosen)
}

// Wants reports whether a chosen rule looks at objects of the kind.
func (e *Engine) Wants(kind string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	wants, ok := e.wanted[kind]
	if !ok {
		wants = e.looksAt(kind)
		e.wanted[kind] = wants
	}
	return wants
}

// looksAt asks the rules, and chooses some only if any looks at the kind.
func (e *Engine) looksAt(kind string) bool {
	if len(e.options.Users) == 0 && !slices.Contains(kindsOf(e.groups[0]), kind) {
		return false
	}
	e.choose()
	return slices.ContainsFunc(e.chosen, func(r Rule) bool { return slices.Contains(r.Kinds, kind) })
}

// kindsOf are the kinds that some rule of the group looks at.
func kindsOf(g *group) []string {
	if g.tested {
		return shippedKinds
	}
	var kinds []string
	for i := range g.rules {
		kinds = append(kinds, g.rules[i].Kinds...)
	}
	return kinds
}

// Warm starts compiling the rules for the kinds in the background. Kinds that
// no rule wants, and kinds already compiled, cost nothing.
func (e *Engine) Warm(kinds ...string) {
	if !slices.ContainsFunc(kinds, e.Wants) {
		return
	}
	for _, g := range e.groups {
		g.program(g.of(kinds))
	}
}

// Check runs the rules on each subject, on all CPUs, and returns the findings
// in the order of the subjects. The error joins what could not be evaluated: a
// deadline, a cancelled context or a fault in a rule; the findings are those of
// everything else. Subjects may be nil.
func (e *Engine) Check(ctx context.Context, subjects []*facts.Subject) ([]finding.Finding, error) {
	var wanted []*facts.Subject
	for _, s := range subjects {
		if s != nil && e.Wants(s.Kind) {
			wanted = append(wanted, s)
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	found := make([][]finding.Finding, len(wanted))
	errs := make([]error, len(wanted))
	for _, g := range e.groups {
		asked := make([][]int, len(wanted))
		each(len(wanted), func(i int) { asked[i] = g.asked(wanted[i]) })
		p := g.program(union(asked))
		if p == nil {
			continue
		}
		if err := p.wait(ctx); err != nil {
			return nil, err
		}
		each(len(wanted), func(i int) {
			f, err := e.check(ctx, g, p, wanted[i], asked[i])
			found[i], errs[i] = append(found[i], f...), errors.Join(errs[i], err)
		})
	}
	return slices.Concat(found...), errors.Join(errs...)
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

// check is what the rules of one group say of a subject.
func (e *Engine) check(ctx context.Context, g *group, p *program, s *facts.Subject, asked []int) ([]finding.Finding, error) {
	if len(asked) == 0 {
		return nil, nil
	}
	results, err := g.eval(ctx, p, s, g.named(asked), e.timeout)
	if err != nil {
		err = fmt.Errorf("rules on %s: %w", s.Document().Label(), err)
	}
	var found []finding.Finding
	for _, r := range results {
		f, ok, fault := e.stamp(s, r)
		if fault != nil {
			err = errors.Join(err, fmt.Errorf("rules on %s: %w", s.Document().Label(), fault))
		} else if ok {
			found = append(found, f)
		}
	}
	return found, err
}
