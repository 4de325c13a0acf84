package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rollcast/rollcast/internal/source"
	"github.com/rollcast/rollcast/report"
	"github.com/rollcast/rollcast/review"
	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/schema"
)

// judge reads the paths and runs the review over them. What could not be read
// is said at once and remembered in failed: the result holds everything else.
func (f *commonFlags) judge(s *streams, paths []string, o review.Options) (res *review.Result, failed bool, err error) {
	if err := f.complete(&o); err != nil {
		return nil, false, err
	}
	in, errs, err := f.read(s, paths)
	if err != nil {
		return nil, false, err
	}
	res, err = review.Run(context.Background(), in, o)
	if err != nil {
		return nil, false, err
	}
	errs = append(errs, res.Failures...)
	if f.verifySchema {
		errs = append(errs, verifySchema(in.Files)...)
	}
	return res, f.failures(s, errs), nil
}

// complete puts what the flags and the configuration say into the options.
func (f *commonFlags) complete(o *review.Options) (err error) {
	if o.Users, err = ruleFolders(f.ruleDirs); err != nil {
		return err
	}
	if err := f.schemas(o); err != nil {
		return err
	}
	for _, list := range [][]string{f.only, f.disable} {
		for _, id := range list {
			if isHouse(id, o.House) {
				continue
			}
			if err := knownRule(id, rules.ReadUsers(o.Users)...); err != nil {
				return err
			}
		}
	}
	if o.Baseline, err = readBaseline(f.baseline); err != nil {
		return err
	}
	o.KubernetesVersion, o.FeatureGates = f.kubernetesVersion, f.gates.value
	o.At = f.at.value
	o.Profile = rules.Profile(f.profile)
	o.Only, o.Disable = f.only, f.disable
	o.Config, o.NoIgnores = f.config, f.noIgnores
	return nil
}

// isHouse reports whether a rule's id is house/NAME, of a demand that there is.
func isHouse(id string, house []*schema.House) bool {
	name, ok := strings.CutPrefix(id, "house/")
	return ok && slices.ContainsFunc(house, func(h *schema.House) bool { return slices.Contains(h.Names(), name) })
}

// failures says what could not be done, and whether there is any of it.
func (f *commonFlags) failures(s *streams, errs []error) bool {
	for _, e := range errs {
		fmt.Fprintf(s.err, "rollcast: %s\n", e)
	}
	return len(errs) > 0
}

// maxFileSize is the most that --max-file-size may be, in MiB: places in a file
// are 32 bits wide.
const maxFileSize = 1024

// read loads the paths and what gives them context.
func (f *commonFlags) read(s *streams, paths []string) (in review.Input, errs []error, err error) {
	s.busy("rollcast: judging the manifests", patience)
	load := func(paths []string) (*source.Result, error) {
		r, err := source.Load(context.Background(), source.Options{Paths: paths, Stdin: s.in, StdinName: f.stdinName, MaxSize: f.maxFileSize << 20})
		if err == nil {
			r.Files = f.judged(r.Files)
		}
		return r, err
	}
	if f.maxFileSize < 1 || f.maxFileSize > maxFileSize {
		return in, nil, usagef("--max-file-size is in MiB: choose 1 to %d", maxFileSize)
	}
	main, err := load(paths)
	if err != nil {
		return in, nil, err
	}
	in.Files, errs = main.Files, main.Errors
	for _, skipped := range main.Skipped {
		in.Skipped = append(in.Skipped, review.Skipped{File: skipped.Name, Reason: skipped.Reason})
	}
	dir, err := f.contextDir(paths)
	if err != nil || dir == "" {
		in.Incomplete = err == nil && namesFile(paths)
		return in, errs, err
	}
	around, err := load([]string{dir})
	if err != nil {
		return in, nil, usagef("--context: %s", err)
	}
	reported := map[string]bool{}
	for _, file := range in.Files {
		reported[file.Name] = true
	}
	for _, file := range around.Files {
		if !reported[file.Name] {
			in.Context = append(in.Context, file)
		}
	}
	if f.context != "" { // a folder that the user named
		return in, append(errs, around.Errors...), nil
	}
	in.Incomplete = f.notes(s, main.Errors, around.Errors) || in.Incomplete
	return in, errs, nil
}

// notes tells of files around the paths that cannot be read. Nobody named them,
// so that costs no exit code: what they might say is missing, and the rules that
// need it stay silent. It reports whether there are any besides those that are
// errors already.
func (f *commonFlags) notes(s *streams, said, errs []error) bool {
	noted := false
	for _, e := range errs {
		if slices.ContainsFunc(said, func(other error) bool { return other.Error() == e.Error() }) {
			continue
		}
		noted = true
		if !f.quiet {
			fmt.Fprintf(s.err, "rollcast: note: not read for context: %s\n", e)
		}
	}
	return noted
}

// write renders the result in every wanted format.
func (f *commonFlags) write(s *streams, out *outputFlags, view report.View, res *review.Result) error {
	return out.write(s, func(w io.Writer, format string, toTerminal bool) error {
		print, err := report.New(format, view)
		if err != nil {
			return err
		}
		o := report.Options{Verbose: f.verbose, Quiet: f.quiet, Version: versionName()}
		if toTerminal {
			o.Color, o.Width = s.colour(f.colour), s.width
		}
		return print(w, res, o)
	})
}

// reaches reports whether a finding makes the exit code 1.
func (f *commonFlags) reached(res *review.Result) bool {
	for _, found := range res.Findings {
		if f.reaches(found.Severity) {
			return true
		}
	}
	return false
}

// exit is the error that stands for the exit code.
func exit(failed, found bool) error {
	switch {
	case failed:
		return errSaid
	case found:
		return errFindings
	}
	return nil
}

// knownRule errors on a rule that is none, with the nearest that is one.
func knownRule(id string, users ...rules.Rule) error {
	ids := review.RuleIDs()
	for _, r := range users {
		ids = append(ids, r.ID)
	}
	for _, known := range ids {
		if known == id {
			return nil
		}
	}
	if near := nearest(id, ids); near != "" {
		return usagef("unknown rule %q (did you mean %q?): `rollcast rules` lists them", id, near)
	}
	return usagef("unknown rule %q: `rollcast rules` lists them", id)
}
