package rules

import (
	"context"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rollcast/rollcast/facts"
)

// A group is the rules of one source, compiled and asked together.
type group struct {
	name    string // before the names of its files, "" for the shipped rules
	rules   []Rule
	source  fs.FS
	options *Options // what parameters are set
	tested  bool     // the tests have compiled it with every stage
	users   bool     // a rule that fails may not cost others their findings

	learn        sync.Once
	requirements []requirement
	required     [][][]int // which of them each rule has, for each of its findings rules

	mu       sync.Mutex
	programs []*program
	alone    map[string]*program // users' rules by themselves, once one has failed
	stopped  map[string]bool     // users' rules that were too slow or too large
}

// of are the rules for the kinds, as indices.
func (g *group) of(kinds []string) (list []int) {
	for i, r := range g.rules {
		if slices.ContainsFunc(r.Kinds, func(k string) bool { return slices.Contains(kinds, k) }) {
			list = append(list, i)
		}
	}
	return list
}

// asked are the rules, as indices, that may find something in the subject: they
// look at its kind, and it has what they require.
func (g *group) asked(s *facts.Subject) (list []int) {
	g.learn.Do(g.learnRequirements)
	subject := reflect.ValueOf(s).Elem()
	known, has := make([]bool, len(g.requirements)), make([]bool, len(g.requirements))
	lacks := func(i int) bool {
		if !known[i] {
			known[i], has[i] = true, g.requirements[i](subject)
		}
		return !has[i]
	}
	all := func(list []int) bool { return !slices.ContainsFunc(list, lacks) }
	for i := range g.rules {
		r := &g.rules[i]
		if slices.Contains(r.Kinds, s.Kind) && (s.Context.Complete || !r.NeedsContext) && (len(g.required[i]) == 0 || slices.ContainsFunc(g.required[i], all)) {
			list = append(list, i)
		}
	}
	return list
}

func (g *group) learnRequirements() {
	index := map[string]int{}
	g.required = make([][][]int, len(g.rules))
	for i, r := range g.rules {
		for _, paths := range r.Requires {
			var list []int
			for _, path := range paths {
				at, ok := index[path]
				if !ok {
					at = -1
					if needs := require(path); needs != nil {
						at = len(g.requirements)
						g.requirements = append(g.requirements, needs)
					}
					index[path] = at
				}
				if at >= 0 {
					list = append(list, at)
				}
			}
			g.required[i] = append(g.required[i], list)
		}
	}
}

func (g *group) named(list []int) []*Rule {
	rules := make([]*Rule, len(list))
	for i, index := range list {
		rules[i] = &g.rules[index]
	}
	return rules
}

// union is every index of the lists once, in order.
func union(lists [][]int) []int {
	all := slices.Concat(lists...)
	slices.Sort(all)
	return slices.Compact(all)
}

// program is one that holds the rules, started if there is none yet; nil for no
// rule. The first holds what is asked for, which is enough for a run over a few
// files; one that is not enough is followed by one with every rule.
func (g *group) program(list []int) *program {
	if len(list) == 0 {
		return nil
	}
	wanted := g.named(list)
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, p := range g.programs {
		if p.holds(wanted) {
			return p
		}
	}
	if len(g.programs) > 0 {
		wanted = pointers(g.rules)
	}
	p := &program{rules: wanted, done: make(chan struct{})}
	g.programs = append(g.programs, p)
	go func() {
		defer close(p.done)
		p.err = p.compile(g)
	}()
	return p
}

func (p *program) holds(rules []*Rule) bool {
	return !slices.ContainsFunc(rules, func(r *Rule) bool {
		return !slices.ContainsFunc(p.rules, func(own *Rule) bool { return own.ID == r.ID })
	})
}

func pointers(rules []Rule) []*Rule {
	list := make([]*Rule, len(rules))
	for i := range rules {
		list[i] = &rules[i]
	}
	return list
}

func contains(rules []Rule, id string) bool {
	return slices.ContainsFunc(rules, func(r Rule) bool { return r.ID == id })
}

// A library is a module that rules share.
type library struct {
	source     fs.FS
	file, name string
}

// libraries are the shipped lib, and the lib of a user's folder.
func (g *group) libraries() (list []library) {
	for _, from := range []library{{files, "", ""}, {g.source, "", g.name}} {
		if from.source == files && len(list) > 0 || from.source == nil {
			continue
		}
		names, _ := fs.Glob(from.source, "lib/*.rego")
		for _, name := range names {
			if !strings.HasSuffix(name, "_test.rego") && (from.source == files || g.users) {
				list = append(list, library{from.source, name, join(from.name, name)})
			}
		}
	}
	return list
}

func join(dir, name string) string {
	if dir == "" {
		return name
	}
	return dir + "/" + name
}

// eval asks rules of a program about a subject.
func (g *group) eval(ctx context.Context, p *program, s *facts.Subject, asked []*Rule, timeout time.Duration) ([]result, error) {
	if g.users {
		return g.evalUsers(ctx, p, s, asked, timeout)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	results, err := p.eval(ctx, s, asked)
	if err != nil && ctx.Err() != nil { // where OPA met the end has a name of its own
		err = ctx.Err()
	}
	return results, err
}
