package rules

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/rules/folder"
)

// A program is one compiled query over a selection of the rules.
type program struct {
	rules []Rule
	done  chan struct{} // closed when the fields below are set

	err    error
	query  rego.PreparedEvalQuery
	encode *encoder
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

func (p *program) compile(g *group) error {
	modules := map[string]*ast.Module{}
	add := func(source fs.FS, file, name string) error {
		text, err := fs.ReadFile(source, file)
		if err != nil {
			return err
		}
		module, err := folder.Parse(name, withoutHeader(string(text)), false)
		if err == nil {
			modules[name] = module
		}
		return err
	}
	main, err := ast.ParseModuleWithOpts("main.rego", withoutHeader(g.main), ast.ParserOptions{RegoVersion: ast.RegoV1})
	if err != nil {
		return err
	}
	modules["main.rego"] = main
	for _, l := range g.libraries() {
		if err := add(l.source, l.file, l.name); err != nil {
			return err
		}
	}
	for _, r := range p.rules {
		if err := add(g.source, r.ID+"/rule.rego", path.Join(g.name, r.ID, "rule.rego")); err != nil {
			return err
		}
	}
	compiler := ast.NewCompiler().WithCapabilities(capabilities())
	if g.tested {
		compiler = compiler.WithSkipStages(tested...)
	}
	if compiler.Compile(modules); compiler.Failed() {
		return plain(compiler.Errors)
	}
	p.encode = newEncoder(inputKeys(compiler))
	params, err := parameters(p.rules, g.params)
	if err != nil {
		return err
	}
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

// plain tells why a function is missing that OPA has and rules have not.
func plain(list ast.Errors) error {
	for _, e := range list {
		if name, ok := strings.CutPrefix(e.Message, "undefined function "); ok && ast.BuiltinMap[name] != nil {
			e.Message += ", because rules see no network, clock, environment or chance"
		}
	}
	return folder.Plain(list)
}

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
