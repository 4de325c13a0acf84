package rules

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/rules/folder"
)

// A program is a selection of the rules, compiled.
type program struct {
	rules []*Rule
	done  chan struct{} // closed when the fields below are set

	err      error
	options  *Options
	compiler *ast.Compiler
	encode   *encoder

	mu      sync.Mutex
	params  map[string]storage.Store           // by Options.ParamsFor's key
	queries map[string]*rego.PreparedEvalQuery // by that key and the rules that they ask
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
	var named map[string]bool
	if g.tested {
		named = words(compiler)
	}
	p.encode = newEncoder(inputKeys(compiler), named)
	p.options, p.compiler = g.options, compiler
	p.params, p.queries = map[string]storage.Store{}, map[string]*rego.PreparedEvalQuery{}
	return nil
}

// paramsFor is the store of the parameters that hold for a file. Most files have
// those of the key "".
func (p *program) paramsFor(file string) (key string, s storage.Store, err error) {
	var set map[string]map[string]any
	if p.options != nil {
		set = p.options.Params
		if p.options.ParamsFor != nil {
			key, set = p.options.ParamsFor(file)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if s = p.params[key]; s == nil {
		values, err := parameters(p.rules, set)
		if err != nil {
			return "", nil, err
		}
		s = store(values)
		p.params[key] = s
	}
	return key, s, nil
}

// query asks the rules for their findings, each by a static reference; subjects
// that are alike share one.
func (p *program) query(ctx context.Context, file string, asked []*Rule) (*rego.PreparedEvalQuery, error) {
	key, params, err := p.paramsFor(file)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(asked))
	for i, r := range asked {
		ids[i] = r.ID
	}
	key += "\x00" + strings.Join(ids, " ")
	p.mu.Lock() // OPA names variables for all queries of a compiler from one store
	defer p.mu.Unlock()
	if q := p.queries[key]; q != nil {
		return q, nil
	}
	all := make([]*ast.Term, len(ids))
	for i, id := range ids {
		all[i] = ast.NewTerm(ast.Ref{ast.DefaultRootDocument, ast.StringTerm("rollcast"), ast.StringTerm("rules"), ast.StringTerm(id), ast.StringTerm("findings")})
	}
	q, err := rego.New(rego.Compiler(p.compiler), rego.Store(params), rego.ParsedQuery(ast.NewBody(ast.NewExpr(ast.ArrayTerm(all...))))).PrepareForEval(ctx)
	if err != nil {
		return nil, err
	}
	p.queries[key] = &q
	return &q, nil
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

// words are all texts in the rules. A field of which none is the name is not
// looked at by shipped rules, of which the tests compare what they say with and
// without it; users' rules may go through an object's fields.
func words(c *ast.Compiler) map[string]bool {
	all := map[string]bool{}
	for _, module := range c.Modules {
		ast.WalkTerms(module, func(t *ast.Term) bool {
			if text, ok := t.Value.(ast.String); ok {
				all[string(text)] = true
			}
			return false
		})
	}
	return all
}

// A result is what a rule said: its id and its finding, as JSON values.
type result struct {
	rule    string
	finding map[string]any
}

func (p *program) eval(ctx context.Context, s *facts.Subject, asked []*Rule) ([]result, error) {
	query, err := p.query(ctx, s.Document().File.Name, asked)
	if err != nil {
		return nil, err
	}
	rs, err := query.Eval(ctx, rego.EvalParsedInput(p.encode.subject(s)))
	if err != nil || len(rs) == 0 {
		return nil, err
	}
	var results []result
	sets, _ := rs[0].Expressions[0].Value.([]any)
	for i, set := range sets {
		items, _ := set.([]any)
		for _, item := range items {
			finding, ok := item.(map[string]any)
			if !ok {
				return nil, fmt.Errorf("rule %s gives something that is no object", asked[i].ID)
			}
			results = append(results, result{asked[i].ID, finding})
		}
	}
	return results, nil
}
