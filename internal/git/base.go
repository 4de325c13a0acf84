package git

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// A Base is the commit that a change is compared with.
type Base struct {
	Revision string // as the user named it
	Commit   string // the object id of the merge base with HEAD
	// Tip is the object id of the revision itself, where it is another commit.
	Tip string
}

// A MissingError says that this clone does not hold a base, and which command
// would bring it.
type MissingError struct {
	Revision string
	Reason   string
	Command  string // "" where nothing is known to help
}

func (e *MissingError) Error() string {
	s := fmt.Sprintf("the base %s %s", e.Revision, e.Reason)
	if e.Command != "" {
		s += ": run `" + e.Command + "`"
	}
	return s
}

var (
	objectID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9a-f]{7,64}$`) })
	plainRef = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z_./-]*$`) })
)

// Base finds the commit that a revision stands for: the merge base of the
// revision and HEAD, which is what a pull request is compared with. Where the
// two have no common history it is the revision itself.
func (r *Repo) Base(ctx context.Context, revision string) (Base, error) {
	if revision == "" || strings.HasPrefix(revision, "-") || strings.ContainsAny(revision, "\x00\n") {
		return Base{}, fmt.Errorf("%q is no revision", revision)
	}
	tip, err := r.commit(ctx, revision)
	if err != nil {
		return Base{}, r.missing(ctx, revision, err)
	}
	head, err := r.commit(ctx, "HEAD")
	if err != nil { // nothing has been committed yet
		return Base{Revision: revision, Commit: tip}, nil
	}
	out, err := r.output(ctx, "merge-base", head, tip)
	if err != nil {
		var failed *Error
		if !errors.As(err, &failed) || failed.Code != 1 {
			return Base{}, err
		}
		if r.shallow(ctx) {
			return Base{}, &MissingError{revision, "has no common history with HEAD in this shallow clone", "git fetch --unshallow " + r.remote(ctx)}
		}
		return Base{Revision: revision, Commit: tip}, nil
	}
	b := Base{Revision: revision, Commit: line(out)}
	if b.Commit != tip {
		b.Tip = tip
	}
	return b, nil
}

// commit is the object id of the commit that a revision names.
func (r *Repo) commit(ctx context.Context, revision string) (string, error) {
	out, err := r.output(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	return line(out), err
}

// missing explains why a revision is not there.
func (r *Repo) missing(ctx context.Context, revision string, err error) error {
	var failed *Error
	if !errors.As(err, &failed) {
		return err
	}
	remote := r.remote(ctx)
	e := &MissingError{Revision: revision, Reason: "is not in this clone"}
	if _, err := r.commit(ctx, remote+"/"+revision); err == nil {
		e.Reason = fmt.Sprintf("is not in this clone, but %s/%s is: name that", remote, revision)
		return e
	}
	branch, tracked := strings.CutPrefix(revision, remote+"/")
	depth := ""
	if r.shallow(ctx) {
		e.Reason = "is not in this shallow clone"
		depth = "--unshallow "
	}
	switch {
	case remote == "":
	case !plainRef().MatchString(revision):
		if depth != "" { // HEAD~1 and the like: what it starts from may be there
			e.Command = "git fetch --unshallow " + remote
		}
	case objectID().MatchString(revision):
		e.Command = "git fetch " + depth + remote + " " + revision
	case tracked:
		e.Command = fmt.Sprintf("git fetch %s%s +refs/heads/%s:refs/remotes/%s", depth, remote, branch, revision)
	default:
		e.Command = fmt.Sprintf("git fetch %s%s %s:%s", depth, remote, revision, revision)
	}
	return e
}

// shallow reports whether the clone's history is cut off.
func (r *Repo) shallow(ctx context.Context) bool {
	out, err := r.output(ctx, "rev-parse", "--is-shallow-repository")
	return err == nil && line(out) == "true"
}

// remote is origin, else the first remote by name, "" for none.
func (r *Repo) remote(ctx context.Context) string {
	out, _ := r.output(ctx, "remote")
	first := ""
	for _, name := range strings.Fields(string(out)) {
		if name == "origin" {
			return name
		}
		if first == "" && plainRef().MatchString(name) {
			first = name
		}
	}
	return first
}

// Head is the commit that the work tree of another repository inside this one
// stands at, "" where there is none: a submodule's.
func Head(ctx context.Context, dir string) string {
	r := &Repo{dir: dir}
	id, err := r.commit(ctx, "HEAD")
	if err != nil {
		return ""
	}
	return id
}
