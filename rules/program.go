package rules

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/rollcast/rollcast/facts"
)

// A program is one compiled query over a selection of the rules.
type program struct {
	rules []Rule
	done  chan struct{} // closed when the fields below are set

	err    error
	query  rego.PreparedEvalQuery
	encode *encoder
}

// program is one that holds every chosen rule for the kinds, started if there
// is none yet; nil where no rule wants them. A new one also holds the rules of
// those before it, so that mixed input is one program in the end.
func (e *Engine) program(kinds []string) *program {
	var wanted []Rule
	for _, r := range e.rules {
		if slices.ContainsFunc(r.Kinds, func(k string) bool { return slices.Contains(kinds, k) }) {
			wanted = append(wanted, r)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, p := range e.programs {
		if p.holds(wanted) {
			return p
		}
	}
	if n := len(e.programs); n > 0 {
		for _, r := range e.programs[n-1].rules {
			if !contains(wanted, r.ID) {
				wanted = append(wanted, r)
			}
		}
	}
	p := &program{rules: wanted, done: make(chan struct{})}
	e.programs = append(e.programs, p)
	go func() {
		defer close(p.done)
		p.err = p.compile(e.source, e.main, e.params)
	}()
	return p
}

func (p *program) holds(rules []Rule) bool {
	return !slices.ContainsFunc(rules, func(r Rule) bool { return !contains(p.rules, r.ID) })
}

func contains(rules []Rule, id string) bool {
	return slices.ContainsFunc(rules, func(r Rule) bool { return r.ID == id })
}

// wait returns once the program is compiled.
func (p *program) wait(ctx context.Context) error {
	select {
	case <-p.done:
		return p.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *program) compile(source fs.FS, main string, params map[string]any) error {
	modules := map[string]*ast.Module{}
	add := func(name, text string) error {
		module, err := ast.ParseModuleWithOpts(name, withoutHeader(text), ast.ParserOptions{RegoVersion: ast.RegoV1})
		if err == nil {
			modules[name] = module
		}
		return err
	}
	if err := add("main.rego", main); err != nil {
		return err
	}
	libs, err := fs.Glob(files, "lib/*.rego")
	if err != nil {
		return err
	}
	for _, name := range libs {
		if strings.HasSuffix(name, "_test.rego") {
			continue
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if err := add(name, string(text)); err != nil {
			return err
		}
	}
	for _, r := range p.rules {
		name := r.ID + "/rule.rego"
		text, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		if err := add(name, string(text)); err != nil {
			return err
		}
	}
	compiler := ast.NewCompiler().WithCapabilities(capabilities())
	if source == files {
		compiler = compiler.WithSkipStages(tested...)
	}
	if compiler.Compile(modules); compiler.Failed() {
		return compiler.Errors
	}
	p.encode = newEncoder(inputKeys(compiler))
	p.query, err = rego.New(rego.Compiler(compiler), rego.Store(store(params)), rego.Query("data.rollcast.main.findings")).PrepareForEval(context.Background())
	return err
}

// withoutHeader blanks the comments above the package, which are most of a
// rule's text and cost the parser time. Lines keep their numbers.
func withoutHeader(text string) string {
	header, _, ok := strings.Cut(text, "\npackage ")
	if !ok {
		return text
	}
	return strings.Repeat("\n", strings.Count(header, "\n")) + text[len(header):]
}

// tested are the stages of the compiler that only find faults, or speed up what
// shipped rules do not do. The tests compile those rules with every stage; a run
// saves an eighth of the start.
var tested = []ast.StageID{
	ast.StageCheckUnusedImports, ast.StageCheckKeywordOverrides, ast.StageCheckDuplicateImports,
	ast.StageCheckVoidCalls, ast.StageCheckRuleConflicts, ast.StageCheckUndefinedFuncs, ast.StageCheckRecursion,
	ast.StageCheckTypes, ast.StageCheckUnsafeBuiltins, ast.StageCheckDeprecatedBuiltins,
	ast.StageRewriteRegoMetadataCalls, ast.StageBuildComprehensionIndices, ast.StageBuildRequiredCapabilities,
}

// capabilities are OPA's without the network, the clock, the environment and
// randomness: the same facts give the same findings, everywhere.
func capabilities() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.AllowNet = []string{}
	c.Builtins = slices.DeleteFunc(slices.Clone(c.Builtins), func(b *ast.Builtin) bool {
		return b.Nondeterministic || slices.ContainsFunc(forbidden, func(prefix string) bool { return strings.HasPrefix(b.Name, prefix) })
	})
	return c
}

var forbidden = []string{"http.", "net.", "opa.runtime", "time.now", "rand.", "uuid.rfc4122", "io.jwt.", "providers."}

// inputKeys are the top-level facts that the rules read, so that no others have
// to be turned into values; nil where they may read any.
func inputKeys(c *ast.Compiler) map[string]bool {
	keys, all := map[string]bool{}, false
	for _, module := range c.Modules {
		ast.WalkRefs(module, func(r ast.Ref) bool {
			if !r[0].Equal(ast.InputRootDocument) {
				return false
			}
			if len(r) == 1 {
				all = true
			} else if key, ok := r[1].Value.(ast.String); ok {
				keys[string(key)] = true
			} else {
				all = true
			}
			return false
		})
	}
	if all {
		return nil
	}
	return keys
}

// A result is what a rule said: its id and its finding, as JSON values.
type result struct {
	rule    string
	finding map[string]any
}

func (p *program) eval(ctx context.Context, s *facts.Subject) ([]result, error) {
	rs, err := p.query.Eval(ctx, rego.EvalParsedInput(p.encode.subject(s)))
	if err != nil {
		return nil, err
	}
	if len(rs) == 0 {
		return nil, nil
	}
	items, _ := rs[0].Expressions[0].Value.([]any)
	results := make([]result, 0, len(items))
	for _, item := range items {
		pair, _ := item.([]any)
		if len(pair) != 2 {
			return nil, errors.New("main.rego does not give pairs")
		}
		rule, _ := pair[0].(string)
		finding, ok := pair[1].(map[string]any)
		if !ok {
			return nil, fmt.Errorf("rule %s gives something that is no object", rule)
		}
		results = append(results, result{rule, finding})
	}
	return results, nil
}
