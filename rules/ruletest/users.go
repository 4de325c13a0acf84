package ruletest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/rollcast/rollcast/rules"
)

// A Verdict is what the tests of one user's rule came to.
type Verdict struct {
	Rule   string
	Wants  int      // expectations that bad.yaml states
	Silent int      // manifests that have to stay silent: good.yaml, near.yaml
	Rego   int      // Rego tests that ran
	Faults []string // each one sentence, with its file; none where all is well
}

// Test runs the tests of every rule in a user's folder: the rule says of
// bad.yaml exactly what its `# want` comments expect, and nothing of good.yaml
// and near.yaml, and its Rego tests hold. The errors are what keeps rules from
// running.
func Test(ctx context.Context, f rules.Folder) ([]Verdict, []error) {
	all, err := rules.LoadUsers(rules.Options{Profile: rules.Strict, Users: []rules.Folder{f}})
	if err != nil {
		return nil, []error{err}
	}
	var verdicts []Verdict
	for _, r := range all.Rules() {
		v := Verdict{Rule: r.ID}
		engine, err := rules.LoadUsers(rules.Options{Only: []string{r.ID}, Users: []rules.Folder{f}})
		if err != nil {
			return nil, []error{err}
		}
		v.manifests(ctx, engine, f, r)
		ran, failed, err := rules.TestRego(ctx, f, r)
		v.Rego, v.Faults = ran, append(v.Faults, failed...)
		if err != nil {
			v.Faults = append(v.Faults, err.Error())
		}
		verdicts = append(verdicts, v)
	}
	return verdicts, all.Faults()
}

// manifests judges the folder's examples; near.yaml is optional, and so is
// base.yaml, what the others were before the change that the rule is about.
func (v *Verdict) manifests(ctx context.Context, e *rules.Engine, f rules.Folder, r rules.Rule) {
	base, err := Base(f.FS, r.ID)
	if err != nil {
		v.Faults = append(v.Faults, err.Error())
	}
	for _, name := range []string{"bad.yaml", "good.yaml", "near.yaml"} {
		shown := path.Join(f.Name, r.ID, name)
		data, err := fs.ReadFile(f.FS, r.ID+"/"+name)
		if errors.Is(err, fs.ErrNotExist) && name == "near.yaml" {
			continue
		}
		if errors.Is(err, fs.ErrNotExist) {
			v.Faults = append(v.Faults, shown+" is missing")
			continue
		}
		wants, err := wantsOf(data, err)
		if err == nil && len(wants) == 0 && name == "bad.yaml" {
			err = errors.New("expects nothing: write `# want \"…\"` on the line of a finding")
		}
		if err == nil && len(wants) > 0 && name != "bad.yaml" {
			err = errors.New("has to stay silent, and expects a finding")
		}
		if err != nil {
			v.Faults = append(v.Faults, fmt.Sprintf("%s: %s", shown, err))
			continue
		}
		findings, err := Judge(ctx, e, shown, data, base)
		if err != nil {
			v.Faults = append(v.Faults, fmt.Sprintf("%s: %s", shown, err))
			continue
		}
		for _, fault := range Compare(wants, findings) {
			v.Faults = append(v.Faults, fmt.Sprintf("%s: %s", shown, fault))
		}
		if name == "bad.yaml" {
			v.Wants = len(wants)
		} else {
			v.Silent++
		}
	}
}

func wantsOf(data []byte, err error) ([]Want, error) {
	if err != nil {
		return nil, err
	}
	return Wants(data)
}
