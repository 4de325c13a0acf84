package rules

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

// store holds the parameters where rules read them: data.rollcast.params, by
// rule and name.
func store(params map[string]any) storage.Store {
	rules := ast.NewObject()
	for id, values := range params {
		object := ast.NewObject()
		for name, v := range values.(map[string]any) {
			object.Insert(ast.StringTerm(name), ast.NewTerm(paramValue(v)))
		}
		rules.Insert(ast.StringTerm(id), ast.NewTerm(object))
	}
	under := func(key string, v ast.Value) ast.Object {
		return ast.NewObject([2]*ast.Term{ast.StringTerm(key), ast.NewTerm(v)})
	}
	return inmem.NewFromASTObject(under("rollcast", under("params", rules)))
}

// paramValue is one of the four types that folder.Param.Value gives.
func paramValue(v any) ast.Value {
	switch v := v.(type) {
	case int64:
		return ast.Number(fmt.Sprint(v))
	case string:
		return ast.String(v)
	case bool:
		return ast.Boolean(v)
	}
	list := ast.NewArray()
	for _, s := range v.([]string) {
		list = list.Append(ast.StringTerm(s))
	}
	return list
}
