//go:build unix

package source

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

const object = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n"

// load reads with the working folder at root and gives, for each file, its name
// and what became of it.
func load(t *testing.T, root string, opt Options) (files []string, r *Result) {
	t.Helper()
	t.Chdir(root)
	r, err := Load(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Files {
		line := f.Name
		switch {
		case f.NotJudged != "":
			line += ": " + f.NotJudged
		case len(f.Problems) > 0:
			line += ": " + f.Problems[0].Message
		}
		files = append(files, line)
	}
	return files, r
}

func expect(t *testing.T, want, got []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func messages(errs []error) (list []string) {
	for _, err := range errs {
		list = append(list, err.Error())
	}
	return list
}

func TestWalk(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{
		"b.yaml", "a.yml", "c.json", "d.txt", "e.YAML", "sub/with space.yaml", "sub/x.yaml/inner.yaml", ".git/config.yaml",
		".github/workflow.yaml", "k/Kustomization", "ignored/x.yaml",
		"chart/Chart.yaml", "chart/templates/deploy.yaml", "chart/templates/sub/deploy.yaml", "chart/crds/crd.yaml", "templates/plain.yaml",
	} {
		text := object
		if strings.HasSuffix(name, ".json") {
			text = `{"apiVersion": "v1", "kind": "ConfigMap"}`
		}
		write(t, filepath.Join(root, name), text)
	}
	write(t, filepath.Join(root, ".gitignore"), "/ignored/\n")
	for link, to := range map[string]string{
		"link.yaml": "b.yaml", "loop.yaml": "loop.yaml", "up": "..", "sub/folder.yaml": "..", "dangling.yaml": "nowhere",
	} {
		if err := os.Symlink(to, filepath.Join(root, link)); err != nil {
			t.Skip("no symbolic links")
		}
	}
	if err := syscall.Mkfifo(filepath.Join(root, "pipe.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	files, r := load(t, root, Options{})
	want := []string{
		".github/workflow.yaml", "a.yml", "b.yaml", "c.json",
		"chart/Chart.yaml", "chart/crds/crd.yaml",
		"chart/templates/deploy.yaml: template of a Helm chart", "chart/templates/sub/deploy.yaml: template of a Helm chart",
		"k/Kustomization: kustomization", "sub/with space.yaml", "sub/x.yaml/inner.yaml", "templates/plain.yaml",
	}
	expect(t, want, files)
	expect(t, nil, messages(r.Errors))
	wantSkipped := []Skipped{
		{"dangling.yaml", "symbolic link"}, {"link.yaml", "symbolic link"}, {"loop.yaml", "symbolic link"},
		{"pipe.yaml", "not a regular file"}, {"sub/folder.yaml", "symbolic link"},
	}
	if diff := cmp.Diff(wantSkipped, r.Skipped); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestPaths(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"wd/a.yaml", "wd/sub/b.yaml", "wd/ignored.yaml", "wd/manifest.txt", "other/c.yaml", "chart/templates/d.yaml", "chart/Chart.yaml"} {
		write(t, filepath.Join(root, name), object)
	}
	write(t, filepath.Join(root, "wd/.gitignore"), "ignored.yaml\n")
	if err := os.Symlink("../other", filepath.Join(root, "wd/link")); err != nil {
		t.Skip("no symbolic links")
	}
	if err := os.Symlink("loop", filepath.Join(root, "wd/loop")); err != nil {
		t.Fatal(err)
	}
	files, r := load(t, filepath.Join(root, "wd"), Options{Paths: []string{
		"sub", "a.yaml", "./a.yaml", filepath.Join(root, "wd", "sub", "b.yaml"), "../wd/a.yaml", "ignored.yaml", "manifest.txt",
		"../other", "link", "../chart/templates/d.yaml", "missing.yaml", "loop",
	}})
	expect(t, []string{
		"../chart/templates/d.yaml: template of a Helm chart", "../other/c.yaml", "a.yaml", "ignored.yaml", "link/c.yaml", "manifest.txt", "sub/b.yaml",
	}, files)
	expect(t, []string{
		"cannot read loop: too many levels of symbolic links",
		"cannot read missing.yaml: no such file or directory",
	}, messages(r.Errors))
}

func TestStdin(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "a.yaml"), object)
	files, r := load(t, root, Options{Paths: []string{"-", "a.yaml", "-"}, Stdin: strings.NewReader(object), StdinName: "rendered.yaml"})
	expect(t, []string{"a.yaml", "rendered.yaml"}, files)
	if !r.Files[1].Stdin || r.Files[0].Stdin || len(r.Files[1].Documents) != 1 {
		t.Error("the second file is standard input, and only it")
	}
	files, _ = load(t, root, Options{Paths: []string{"-"}, Stdin: strings.NewReader(`{"apiVersion": 1, "kind": x}`), StdinName: "x.json"})
	expect(t, []string{`x.json: not valid JSON: invalid character 'x' looking for beginning of value`}, files)
	_, r = load(t, root, Options{Paths: []string{"-"}})
	expect(t, []string{"cannot read -: there is no standard input"}, messages(r.Errors))
}

func TestTooLarge(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "fits.yaml"), object)
	write(t, filepath.Join(root, "large.yaml"), object+"#")
	files, r := load(t, root, Options{MaxSize: int64(len(object))})
	expect(t, []string{"fits.yaml", "large.yaml: the file is larger than 51 bytes and was not read"}, files)
	if r.Files[1].Documents != nil {
		t.Error("a file above the limit is not parsed")
	}
	if got := size(DefaultMaxSize); got != "16 MiB" {
		t.Errorf("the default limit is %s", got)
	}
}

func TestUnreadable(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "a.yaml"), object)
	socket, err := net.Listen("unix", filepath.Join(root, "socket.yaml"))
	if err != nil {
		t.Skip("no sockets")
	}
	defer socket.Close()
	files, r := load(t, root, Options{Paths: []string{".", "socket.yaml"}})
	expect(t, []string{"a.yaml"}, files)
	expect(t, []string{"cannot read socket.yaml: no such device or address"}, messages(r.Errors))

	if os.Getuid() == 0 {
		t.Skip("root can read everything")
	}
	write(t, filepath.Join(root, "secret.yaml"), object)
	write(t, filepath.Join(root, "closed/b.yaml"), object)
	for _, name := range []string{"secret.yaml", "closed"} {
		if err := os.Chmod(filepath.Join(root, name), 0); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(filepath.Join(root, "closed"), 0o700)
	files, r = load(t, root, Options{})
	expect(t, []string{"a.yaml"}, files)
	expect(t, []string{"cannot read closed: permission denied", "cannot read secret.yaml: permission denied"}, messages(r.Errors))
}

func TestFS(t *testing.T) {
	tree := fstest.MapFS{
		"a.yaml":             {Data: []byte(object)},
		"sub/b.yaml":         {Data: []byte(object)},
		"sub/.gitignore":     {Data: []byte("*\n")},
		"c/Chart.yaml":       {Data: []byte("name: c\n")},
		"c/templates/d.yaml": {Data: []byte(object)},
		"link.yaml":          {Data: []byte("a.yaml"), Mode: fs.ModeSymlink},
	}
	files, r := load(t, t.TempDir(), Options{FS: tree})
	expect(t, []string{"a.yaml", "c/Chart.yaml: no Kubernetes object: no apiVersion and kind",
		"c/templates/d.yaml: template of a Helm chart", "sub/b.yaml"}, files)
	if len(r.Skipped) != 1 || r.Skipped[0].Name != "link.yaml" {
		t.Errorf("skipped %v", r.Skipped)
	}
	files, _ = load(t, t.TempDir(), Options{FS: tree, Paths: []string{"./sub/", "a.yaml"}})
	expect(t, []string{"a.yaml", "sub/b.yaml"}, files)
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	tree := fstest.MapFS{"a.yaml": {Data: []byte(object)}}
	if _, err := Load(ctx, Options{FS: tree}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context gives %v", err)
	}
}

// TestOrder holds that the result does not depend on the order of the paths.
func TestOrder(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"b/2.yaml", "b/1.yaml", "a.yaml", "b.yaml", "c/x.yaml"} {
		write(t, filepath.Join(root, name), object)
	}
	want, _ := load(t, root, Options{})
	for _, paths := range [][]string{{"c", "b", "b.yaml", "a.yaml"}, {"b/1.yaml", "c/x.yaml", ".", "b"}} {
		got, _ := load(t, root, Options{Paths: paths})
		expect(t, want, got)
	}
}
