package git_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/internal/git"
)

// repository makes a repository and returns its root; git runs git in a folder.
func repository(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	run(t, dir, "init", "-q", "-b", "main")
	return dir
}

func run(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always"}, args...)...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func commit(t *testing.T, dir string) string {
	t.Helper()
	run(t, dir, "add", "-A")
	run(t, dir, "commit", "-q", "-m", "c")
	return run(t, dir, "rev-parse", "HEAD")
}

func open(t *testing.T, dir string) *git.Repo {
	t.Helper()
	r, err := git.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTree(t *testing.T) {
	dir := repository(t)
	odd := "k8s/a\n \"b\"\t.yaml"
	write(t, dir, "k8s/web.yaml", "one")
	write(t, dir, odd, "odd")
	write(t, dir, "top.yaml", strings.Repeat("x", 300_000))
	write(t, dir, "empty.yaml", "")
	if err := os.Symlink("web.yaml", filepath.Join(dir, "k8s", "link.yaml")); err != nil {
		t.Fatal(err)
	}
	sub := repository(t)
	write(t, sub, "s.yaml", "s")
	inner := commit(t, sub)
	run(t, dir, "submodule", "--quiet", "add", sub, "sub")
	id := commit(t, dir)
	write(t, dir, "k8s/web.yaml", "two") // the work tree must not matter

	tree, err := open(t, dir).Tree(context.Background(), id, filepath.Join(dir, "k8s"))
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	for name, want := range map[string]string{"web.yaml": "one", strings.TrimPrefix(odd, "k8s/"): "odd", "../top.yaml": strings.Repeat("x", 300_000), "../empty.yaml": ""} {
		got, err := fs.ReadFile(tree, name)
		if err != nil || string(got) != want {
			t.Errorf("%q holds %d bytes, error %v", name, len(got), err)
		}
		if id := tree.ID(name); id != git.BlobID([]byte(want), id) {
			t.Errorf("%q has the id %s, not %s", name, id, git.BlobID([]byte(want), id))
		}
	}
	// A file that is closed half way leaves the next one readable.
	f, err := tree.Open("../top.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f.Read(make([]byte, 10))
	f.Close()
	if got, err := fs.ReadFile(tree, "web.yaml"); string(got) != "one" {
		t.Errorf("after a file that was half read: %q, %v", got, err)
	}
	list, err := tree.ReadDir(".")
	if err != nil || len(list) != 3 || list[1].Name() != "link.yaml" || list[1].Type() != fs.ModeSymlink {
		t.Errorf("the folder holds %v, %v", list, err)
	}
	tree.Hide(func(name string) bool { return name == "web.yaml" })
	if list, _ = tree.ReadDir("."); len(list) != 2 {
		t.Errorf("with a hidden file the folder holds %v", list)
	}
	if subs := tree.Submodules(); len(subs) != 1 || subs["../sub"] != inner {
		t.Errorf("submodules %v, want ../sub at %s", subs, inner)
	}
	for _, name := range []string{"nowhere.yaml", "link.yaml", "../../etc/passwd", "../sub/s.yaml", "."} {
		if _, err := tree.Open(name); err == nil {
			t.Errorf("%s can be opened", name)
		}
	}
}

func TestBase(t *testing.T) {
	dir := repository(t)
	write(t, dir, "a", "1")
	first := commit(t, dir)
	run(t, dir, "checkout", "-q", "-b", "change")
	write(t, dir, "a", "2")
	commit(t, dir)
	run(t, dir, "checkout", "-q", "main")
	write(t, dir, "b", "3")
	tip := commit(t, dir)
	run(t, dir, "checkout", "-q", "change")
	r := open(t, dir)
	got, err := r.Base(context.Background(), "main")
	if err != nil || got.Commit != first || got.Tip != tip {
		t.Errorf("the base is %+v, %v; want the fork point %s", got, err, first)
	}
	for _, bad := range []string{"", "-x", "--upload-pack=touch x", "a\nb"} {
		if _, err := r.Base(context.Background(), bad); err == nil || !strings.Contains(err.Error(), "no revision") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := git.Open(context.Background(), t.TempDir()); !errors.Is(err, git.ErrNoRepository) {
		t.Errorf("outside a repository: %v", err)
	}
}

// TestMissing holds the command of the message to its promise: once it has been
// run, the base is there.
func TestMissing(t *testing.T) {
	origin := repository(t)
	write(t, origin, "a", "1")
	first := commit(t, origin)
	run(t, origin, "checkout", "-q", "-b", "change")
	write(t, origin, "a", "2")
	commit(t, origin)
	write(t, origin, "a", "3")
	commit(t, origin)
	run(t, origin, "config", "uploadpack.allowAnySHA1InWant", "true")
	for _, revision := range []string{"origin/main", "main", first} {
		dir := filepath.Join(t.TempDir(), "clone")
		run(t, origin, "clone", "-q", "--depth=1", "--single-branch", "file://"+origin, dir)
		_, err := open(t, dir).Base(context.Background(), revision)
		var missing *git.MissingError
		if !errors.As(err, &missing) || missing.Command == "" {
			t.Errorf("%s: %v", revision, err)
			continue
		}
		run(t, dir, strings.Fields(missing.Command)[1:]...)
		if got, err := open(t, dir).Base(context.Background(), revision); err != nil || got.Commit != first {
			t.Errorf("%s: after `%s` the base is %+v, %v", revision, missing.Command, got, err)
		}
	}
	run(t, origin, "update-ref", "refs/remotes/origin/far", first)
	run(t, origin, "remote", "add", "origin", "file:///nowhere")
	if _, err := open(t, origin).Base(context.Background(), "far"); err == nil || !strings.Contains(err.Error(), "origin/far") {
		t.Errorf("the branch of the remote is not named: %v", err)
	}
}

// TestHostile runs in a repository whose configuration names programs: none of
// them may start.
func TestHostile(t *testing.T) {
	dir := repository(t)
	mark := filepath.Join(dir, "ran")
	script := filepath.Join(dir, "evil.sh")
	if err := os.WriteFile(script, []byte("#!/bin/sh\ntouch '"+mark+"'\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "a.yaml", "1")
	write(t, dir, ".gitattributes", "* filter=evil diff=evil\n")
	id := commit(t, dir)
	for _, key := range []string{"core.fsmonitor", "core.pager", "diff.external", "filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "core.sshCommand", "credential.helper"} {
		run(t, dir, "config", key, script)
	}
	os.Remove(mark)
	t.Setenv("GIT_EXTERNAL_DIFF", script)
	t.Setenv("GIT_DIR", "/nowhere")
	r := open(t, dir)
	if _, err := r.Base(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	tree, err := r.Tree(context.Background(), id, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if got, err := fs.ReadFile(tree, "a.yaml"); string(got) != "1" {
		t.Errorf("a.yaml holds %q, %v", got, err)
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("a program of the repository's configuration ran")
	}
}
