package rules

import "github.com/open-policy-agent/opa/v1/storage"

// ParamsStore is the store of the shipped rules' parameters, for their own
// tests.
func ParamsStore(set map[string]map[string]any) (storage.Store, error) {
	params, err := parameters(pointers(shipped), set)
	if err != nil {
		return nil, err
	}
	return store(params), nil
}

// AskAll makes the engine ask every rule, whatever it requires, and gives it all
// facts.
func (e *Engine) AskAll() {
	e.choose()
	for i := range e.groups[0].rules {
		e.groups[0].rules[i].Requires = nil
	}
	e.groups[0].tested = false
}
