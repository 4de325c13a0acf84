package rules

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/rules/folder"
)

// readUsers reads a folder of users' rules; known are the rules before it,
// whose names are taken.
func readUsers(f Folder, known []Rule) (*group, []error) {
	rules, faults := folder.ReadUsers(f.FS, f.Name)
	rules = slices.DeleteFunc(rules, func(r Rule) bool {
		taken := contains(known, r.ID)
		if taken {
			faults = append(faults, fmt.Errorf("%s: there is a rule %s already: name the folder otherwise", join(f.Name, r.ID), r.ID))
		}
		return taken
	})
	if len(rules) == 0 && len(faults) == 0 {
		faults = append(faults, fmt.Errorf("%s holds no rule: a rule is a folder with a rule.rego", f.Name))
	}
	return &group{name: f.Name, rules: rules, source: f.FS, users: true}, faults
}

// checkUsers compiles users' rules, drops those that do not compile, and says
// why.
func (g *group) checkUsers() (faults []error) {
	if !g.users || len(g.rules) == 0 {
		return nil
	}
	// One module with a fault spoils the program; each by itself tells which.
	if (&program{rules: pointers(g.rules)}).compile(g) == nil {
		return nil
	}
	var sound []Rule
	for i := range g.rules {
		if err := (&program{rules: []*Rule{&g.rules[i]}}).compile(g); err != nil {
			faults = append(faults, err)
		} else {
			sound = append(sound, g.rules[i])
		}
	}
	g.rules = sound
	if len(sound) > 0 && len(faults) == 0 { // each compiles, and not all together
		g.rules = nil
		faults = append(faults, fmt.Errorf("%s: the rules cannot be compiled together: %w", g.name, (&program{rules: pointers(sound)}).compile(g)))
	}
	return compactErrors(faults)
}

// compactErrors drops repeated errors: a fault in lib/ is every rule's.
func compactErrors(list []error) []error {
	return slices.CompactFunc(list, func(a, b error) bool { return a.Error() == b.Error() })
}

// evalUsers asks users' rules about a subject. Where that fails each rule is
// asked by itself, so that only the faulty one gives nothing; one that was too
// slow or too large is not asked again.
func (g *group) evalUsers(ctx context.Context, p *program, s *facts.Subject, asked []*Rule, timeout time.Duration) ([]result, error) {
	if !g.anyStopped() {
		results, err := bounded(ctx, p, s, asked, timeout)
		if err == nil || ctx.Err() != nil {
			return results, err
		}
	}
	var results []result
	var faults []error
	for _, r := range asked {
		one, run := g.single(r)
		if !run {
			continue
		}
		found, err := bounded(ctx, one, s, one.rules, timeout)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			if errors.Is(err, errTooSlow) || errors.Is(err, errTooLarge) {
				g.stop(r)
				err = fmt.Errorf("rule %s %w: it is left out from here on", r.ID, err)
			} else {
				err = fmt.Errorf("rule %s: %w", r.ID, err)
			}
			faults = append(faults, err)
		}
		results = append(results, found...)
	}
	return results, errors.Join(faults...)
}

func (g *group) anyStopped() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.stopped) > 0
}

func (g *group) stop(r *Rule) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.stopped == nil {
		g.stopped = map[string]bool{}
	}
	g.stopped[r.ID] = true
}

// single is the program of one rule; run is false for one that was stopped.
func (g *group) single(r *Rule) (p *program, run bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.stopped[r.ID] {
		return nil, false
	}
	if p = g.alone[r.ID]; p == nil {
		p = &program{rules: []*Rule{r}}
		if p.err = p.compile(g); p.err != nil {
			return nil, false // cannot be: checkUsers has compiled it
		}
		if g.alone == nil {
			g.alone = map[string]*program{}
		}
		g.alone[r.ID] = p
	}
	return p, true
}

// bounded evaluates a program for no longer than the timeout, and stops it where
// it takes too much memory.
func bounded(ctx context.Context, p *program, s *facts.Subject, asked []*Rule, timeout time.Duration) ([]result, error) {
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	slow := time.AfterFunc(timeout, func() { cancel(fmt.Errorf("%w, longer than %s", errTooSlow, timeout)) })
	defer slow.Stop()
	defer watchMemory(maxGrowth, cancel)()
	results, err := p.eval(inner, s, asked)
	if err != nil && ctx.Err() == nil && inner.Err() != nil {
		return nil, context.Cause(inner)
	}
	if err != nil {
		// OPA puts the place first and a code between: file:5: eval_type_error: sentence.
		text, _, _ := strings.Cut(strings.Replace(err.Error(), "eval_", "", 1), "\n")
		err = errors.New(strings.TrimSuffix(text, ":"))
	}
	return results, err
}

// ReadUsers lists the users' rules that can be read, by folder and id.
func ReadUsers(folders []Folder) []Rule {
	known := Catalogue()
	for _, f := range folders {
		g, _ := readUsers(f, known)
		known = append(known, g.rules...)
	}
	return known[len(shipped):]
}
