package rules

import (
	"fmt"
	"slices"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/fix"
	"github.com/rollcast/rollcast/manifest"
)

// fix turns a finding's operations into edits; nil where it has none, or where
// the way the manifest is written allows no change that leaves the rest alone.
// The paths of operations are relative to the finding's at.
func (e *Engine) fix(s *facts.Subject, rule *Rule, m map[string]any) (*finding.Fix, error) {
	said, ok := m["fix"].(map[string]any)
	if !ok {
		return nil, nil
	}
	list, _ := said["ops"].([]any)
	var ops []fix.Op
	var doc *manifest.Document
	for _, item := range list {
		op, in, err := operation(s, m["at"], item)
		if err != nil {
			return nil, fmt.Errorf("rule %s: fix: %w", rule.ID, err)
		}
		if doc != nil && doc != in {
			return nil, fmt.Errorf("rule %s: fix: ops are in more than one document", rule.ID)
		}
		ops, doc = append(ops, op), in
	}
	if len(ops) == 0 {
		return nil, fmt.Errorf("rule %s: fix: ops is empty", rule.ID)
	}
	if slices.ContainsFunc(ops, func(op fix.Op) bool { return doc == s.Document() && s.Refused(op.Path) }) {
		return nil, nil
	}
	edits, err := fix.Edits(doc, ops)
	if err != nil {
		return nil, nil // the finding stands, and says what to do
	}
	safe, _ := said["safe"].(bool)
	text, _ := said["description"].(string)
	if text == "" {
		text = describe(ops)
	}
	effect := effectOf(s, doc, ops)
	return &finding.Fix{Safe: safe && effect.harmless, Description: text + effect.text, Edits: edits, Verify: func() error { return fix.Verify(doc, ops, edits) }}, nil
}

// operation reads one item of ops: {"op": "set", "path": […], "value": …}. Its
// path is below its own at, else the finding's.
func operation(s *facts.Subject, at, item any) (op fix.Op, doc *manifest.Document, err error) {
	m, _ := item.(map[string]any)
	name, _ := m["op"].(string)
	if op.Kind, err = fix.ParseKind(name); err != nil {
		return op, nil, err
	}
	where := map[string]any{"path": m["path"]}
	if own, ok := m["at"]; ok {
		at = own
	}
	if at != nil {
		where["at"] = at
	}
	place, err := locate(s, where)
	if err != nil {
		return op, nil, err
	}
	op.Path, op.Value = place.Path, m["value"]
	if _, given := m["value"]; !given && op.Kind != fix.Remove {
		return op, nil, fmt.Errorf("%s needs a value", op.Kind)
	}
	return op, place.Document, nil
}

// describe is what the operations do: set spec.paused to false.
func describe(ops []fix.Op) string {
	text := ""
	for i, op := range ops {
		if i > 0 {
			text += ", "
		}
		switch op.Kind {
		case fix.Remove:
			text += fmt.Sprintf("remove %s", op.Path)
		case fix.Set, fix.Insert:
			if _, isMap := op.Value.(map[string]any); isMap {
				text += fmt.Sprintf("add %s", op.Path)
			} else {
				text += fmt.Sprintf("set %s to %v", op.Path, op.Value)
			}
		}
	}
	return text
}

// An effect is what applying a fix does to what runs.
type effect struct {
	harmless bool   // it may be safe
	text     string // for the description
}

// effectOf tells what a change of the object means. Below spec nothing is safe:
// only metadata and status that the server fills in can change without one.
func effectOf(s *facts.Subject, doc *manifest.Document, ops []fix.Op) effect {
	touches := func(p manifest.Path) bool {
		return slices.ContainsFunc(ops, func(op fix.Op) bool { return op.Path.HasPrefix(p) || p.HasPrefix(op.Path) })
	}
	if !touches(manifest.Keys("spec")) {
		return effect{harmless: true}
	}
	if doc != s.Document() {
		return effect{}
	}
	template := manifest.Keys("spec", "template")
	switch s.Kind {
	case "Deployment", "StatefulSet", "DaemonSet":
		if s.Kind == "StatefulSet" && touches(manifest.Keys("spec", "volumeClaimTemplates")) || touches(manifest.Keys("spec", "selector")) {
			return effect{text: ", apply will be rejected"}
		}
		if touches(template) && s.Kind == "DaemonSet" {
			return effect{text: ", restarts 1 pod a node"}
		}
		if touches(template) {
			return effect{text: fmt.Sprintf(", restarts %s", pods(int(s.Replicas.Effective)))}
		}
	case "Job":
		if touches(template) {
			return effect{text: ", apply will be rejected"}
		}
	case "Pod":
		return effect{text: ", apply will be rejected"}
	}
	return effect{}
}

func pods(n int) string {
	if n == 1 {
		return "1 pod"
	}
	return fmt.Sprintf("%d pods", n)
}
