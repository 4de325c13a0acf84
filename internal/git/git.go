// Package git reads trees of a git repository through the git program, without
// a checkout and without running anything that the repository configures: no
// hook, no filter, no external diff, no pager, no monitor, no network.
package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A Repo is a work tree with its repository.
type Repo struct {
	dir string // the folder in which git runs
	top string // the root of the work tree, absolute, symbolic links resolved
}

// ErrNoRepository says that a folder lies in no git work tree.
var ErrNoRepository = errors.New("this is no git repository")

// Open finds the repository around a folder.
func Open(ctx context.Context, dir string) (*Repo, error) {
	r := &Repo{dir: dir}
	top, err := r.output(ctx, "rev-parse", "--show-toplevel")
	if err != nil {
		if strings.Contains(err.Error(), "not a git repository") {
			return nil, ErrNoRepository
		}
		return nil, err
	}
	if r.top, err = filepath.EvalSymlinks(filepath.FromSlash(line(top))); err != nil {
		return nil, err
	}
	return r, nil
}

// Top is the root of the work tree: absolute, symbolic links resolved.
func (r *Repo) Top() string { return r.top }

// settings switch off what a repository's own configuration could make git run
// or ask for.
var settings = []string{
	"--no-pager", "--no-replace-objects", "--no-optional-locks", "--literal-pathspecs",
	"-c", "core.fsmonitor=false",
	"-c", "core.hooksPath=" + os.DevNull,
	"-c", "core.pager=cat",
	"-c", "core.sshCommand=false",
	"-c", "core.alternateRefsCommand=",
	"-c", "credential.helper=",
	"-c", "diff.external=",
	"-c", "log.showSignature=false",
	"-c", "protocol.allow=never", // a partial clone is not completed on the way
}

// command is git with nothing of the caller's GIT_ variables: a hook that calls
// rollcast has set some of them for its own purpose.
func (r *Repo) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", append(settings[:len(settings):len(settings)], args...)...)
	cmd.Dir = r.dir
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") && !strings.HasPrefix(v, "LC_ALL=") && !strings.HasPrefix(v, "LANGUAGE=") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0")
	return cmd
}

// output is what a git command prints. The error is git's own first line.
func (r *Repo) output(ctx context.Context, args ...string) ([]byte, error) {
	cmd := r.command(ctx, args...)
	var out bytes.Buffer
	errs := limited{most: 64 << 10}
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return out.Bytes(), explain(err, errs.String())
	}
	return out.Bytes(), nil
}

// explain is an error of git in one sentence.
func explain(err error, said string) error {
	var exit *exec.ExitError
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return errors.New("the git program is needed to read a revision, and was not found")
	case !errors.As(err, &exit):
		return fmt.Errorf("git: %w", err)
	}
	first, _, _ := strings.Cut(strings.TrimSpace(said), "\n")
	first = strings.TrimPrefix(strings.TrimPrefix(first, "fatal: "), "error: ")
	if first == "" {
		first = exit.Error()
	}
	return &Error{Code: exit.ExitCode(), Said: first}
}

// An Error is what git said when it failed.
type Error struct {
	Code int
	Said string
}

func (e *Error) Error() string { return "git: " + e.Said }

// line is git's answer without its end of line.
func line(out []byte) string { return strings.TrimSuffix(strings.TrimSuffix(string(out), "\n"), "\r") }

// limited keeps the first bytes of what is written to it.
type limited struct {
	bytes.Buffer
	most int
}

func (l *limited) Write(p []byte) (int, error) {
	if room := l.most - l.Len(); room > 0 {
		l.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

var _ io.Writer = (*limited)(nil)
