package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/fix"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/review"
	"github.com/spf13/cobra"
)

type fixOptions struct {
	io           *streams
	common       commonFlags
	paths        []string
	diff, unsafe bool
}

func newFix(s *streams, run func(*fixOptions) error) *cobra.Command {
	o := &fixOptions{io: s}
	cmd := &cobra.Command{
		Use:   "fix [PATH...]",
		Short: "Apply safe fixes to the manifests",
		Long: `Apply the safe fixes of findings: those after which the object is the same once
its defaults are filled in, and those of an object that the API server rejects
as it is. Comments, order and layout stay as they are. --unsafe applies the
proposed ones too, which change what runs; read them with --diff first.

Standard input, -, is written to standard output.`,
		Example: `  rollcast fix --diff                 what would change
  rollcast fix deploy.yaml
  rollcast fix --unsafe --only liveness-restarts-at-first-failure k8s/
  helm template . | rollcast fix -    from a pipe`,
		RunE: func(_ *cobra.Command, args []string) error {
			o.paths = args
			return run(o)
		},
	}
	cmd.Flags().BoolVar(&o.diff, "diff", false, "show what would change, and change nothing")
	cmd.Flags().BoolVar(&o.unsafe, "unsafe", false, "apply the proposed fixes too, which change what runs")
	o.common.register(cmd)
	return cmd
}

func runFix(o *fixOptions) error {
	options := review.Options{WithoutSteps: true}
	if err := o.common.complete(&options); err != nil {
		return err
	}
	in, errs, err := o.common.read(o.io, o.paths)
	if err != nil {
		return err
	}
	r := &repair{in: in, options: options, unsafe: o.unsafe, before: in.Files, applied: map[string][]string{}, stuck: map[string]bool{}}
	if err := r.run(context.Background()); err != nil {
		return err
	}
	failed := o.common.failures(o.io, append(errs, r.result.Failures...))
	changed := false
	for i, old := range r.before {
		fixed := r.in.Files[i]
		if bytes.Equal(old.Data, fixed.Data) {
			if old.Stdin && !o.diff {
				_, err = o.io.out.Write(old.Data)
			}
			if err != nil {
				return err
			}
			continue
		}
		changed = true
		wrote, err := o.write(old, fixed, r.applied[old.Name])
		if err != nil {
			return err
		}
		failed = failed || !wrote
	}
	if o.diff {
		return exit(failed, changed)
	}
	return exit(failed, o.common.reached(r.result))
}

// write shows or writes one file that has changed. wrote is false where the file
// cannot be written back as it was.
func (o *fixOptions) write(old, fixed *manifest.File, applied []string) (wrote bool, err error) {
	switch {
	case o.diff:
		_, err = fmt.Fprint(o.io.out, fix.Diff(old.Name, old.Data, fixed.Data))
		return true, err
	case old.Stdin:
		_, err = o.io.out.Write(fixed.Data)
		return true, err
	}
	onDisk, err := os.ReadFile(old.Name)
	if err != nil {
		return false, err
	}
	if !bytes.Equal(onDisk, old.Data) {
		fmt.Fprintf(o.io.err, "rollcast: %s: left as it is: it is not written in UTF-8, or has changed meanwhile\n", old.Name)
		return false, nil
	}
	if err := replaceFile(old.Name, fixed.Data); err != nil {
		return false, err
	}
	for _, what := range applied {
		fmt.Fprintf(o.io.out, "%s: %s\n", old.Name, what)
	}
	return true, nil
}

// A repair judges and fixes files in memory until nothing is left to fix.
type repair struct {
	in      review.Input // the files as they are by now
	options review.Options
	unsafe  bool

	before  []*manifest.File    // as they were read
	applied map[string][]string // what was done, by file
	stuck   map[string]bool     // files that no fix is good for
	result  *review.Result      // of the last round
}

// maxRounds bounds fixes that make room for the next one; two fixes that undo
// each other end there.
const maxRounds = 10

func (r *repair) run(ctx context.Context) (err error) {
	for range maxRounds {
		if r.result, err = review.Run(ctx, r.in, r.options); err != nil {
			return err
		}
		if !r.round() {
			return nil
		}
	}
	r.result, err = review.Run(ctx, r.in, r.options)
	return err
}

// round carries out what can be done at once, and reports whether that was
// anything.
func (r *repair) round() bool {
	chosen := fix.Choose(r.result.Findings, r.unsafe)
	changed := false
	files := make([]*manifest.File, len(r.in.Files))
	for i, file := range r.in.Files {
		files[i] = file
		fixes := chosen[file]
		if len(fixes) == 0 || r.stuck[file.Name] {
			continue
		}
		data, done, ok := carry(file, fixes)
		if !ok || bytes.Equal(data, file.Data) {
			r.stuck[file.Name] = true
			continue
		}
		changed = true
		files[i] = manifest.Parse(file.Name, data, manifest.Options{Stdin: file.Stdin})
		r.applied[file.Name] = append(r.applied[file.Name], done...)
	}
	// Read what stays, too: judging leaves its traces in a file.
	for i, file := range files {
		if changed && file == r.in.Files[i] && file.NotJudged == "" {
			files[i] = manifest.Parse(file.Name, file.Data, manifest.Options{Stdin: file.Stdin})
		}
	}
	r.in.Files = files
	return changed
}

// carry carries out the fixes together, or, where the result could not be read,
// the first that works by itself.
func carry(file *manifest.File, fixes []*finding.Fix) (data []byte, done []string, ok bool) {
	if data, ok = fix.Carry(file, fixes); ok {
		for _, f := range fixes {
			done = append(done, f.Description)
		}
		return data, done, true
	}
	for _, f := range fixes {
		if data, ok = fix.Carry(file, []*finding.Fix{f}); ok {
			return data, []string{f.Description}, true
		}
	}
	return nil, nil, false
}
