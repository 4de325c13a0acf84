package rules

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rollcast/rollcast/facts"
)

// A group is the rules of one source, compiled and asked together.
type group struct {
	name   string // before the names of its files, "" for the shipped rules
	rules  []Rule
	source fs.FS
	main   string                    // the module that asks every rule
	params map[string]map[string]any // that are set, by rule and name
	tested bool                      // the tests have compiled it with every stage
	users  bool                      // a rule that fails may not cost others their findings

	mu       sync.Mutex
	programs []*program
	alone    map[string]*program // users' rules by themselves, once one has failed
	stopped  map[string]bool     // users' rules that were too slow or too large
}

// program is one that holds every rule for the kinds, started if there is none
// yet; nil where no rule wants them. A new one also holds the rules of those
// before it, so that mixed input is one program in the end.
func (g *group) program(kinds []string) *program {
	var wanted []Rule
	for _, r := range g.rules {
		if slices.ContainsFunc(r.Kinds, func(k string) bool { return slices.Contains(kinds, k) }) {
			wanted = append(wanted, r)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, p := range g.programs {
		if p.holds(wanted) {
			return p
		}
	}
	if n := len(g.programs); n > 0 {
		for _, r := range g.programs[n-1].rules {
			if !contains(wanted, r.ID) {
				wanted = append(wanted, r)
			}
		}
	}
	p := &program{rules: wanted, done: make(chan struct{})}
	g.programs = append(g.programs, p)
	go func() {
		defer close(p.done)
		p.err = p.compile(g)
	}()
	return p
}

func (p *program) holds(rules []Rule) bool {
	return !slices.ContainsFunc(rules, func(r Rule) bool { return !contains(p.rules, r.ID) })
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

// eval asks a program about a subject.
func (g *group) eval(ctx context.Context, p *program, s *facts.Subject, timeout time.Duration) ([]result, error) {
	if g.users {
		return g.evalUsers(ctx, p, s, timeout)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	return p.eval(ctx, s)
}
