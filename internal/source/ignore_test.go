package source

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// git runs git in dir, without the user's own settings.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "GIT_CONFIG_NOSYSTEM=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestIgnoreSameAsGit makes up folders and ignore files, and compares what a
// walk finds with what git would add.
func TestIgnoreSameAsGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	names := []string{"a", "b", "ab", "abc", "a.b", "a b", "x", "build", "#a", "!a", "é", "[a]", "A", "a-b", "1"}
	patterns := []string{
		"a.yaml", "*.yaml", "!a.yaml", "!*.yaml", "a", "b/", "/a", "/b/", "a/b", "a/*", "a/**", "**/b", "**/a/b.yaml", "a/**/b.yaml",
		"*", "!*/", "!/a/", "?.yaml", "[ab].yaml", "[!a].yaml", "[^a].yaml", "[a-c]*", "[[:alpha:]].yaml", "[]a].yaml", "[a", `\#a.yaml`, "#a.yaml", `\!a.yaml`,
		"a b.yaml", "x.yaml  ", `x\ `, `a\.yaml`, "é.yaml", "?", "a**", "**", "**.yaml", "/*.yaml", "/**/a.yaml", "a//b", "build/", "!build/", "!build/a.yaml",
		`\[a\].yaml`, "[[]a].yaml", "A.yaml", "[a-]*.yaml", "[-a]*", "1.yaml\r", "", "  ", "/", "!", "abc/**/", "ab*/x.yaml", "*/*/x.yaml", "**/", "a/**b", `a\`, "[1-9].yaml",
	}
	rounds := 20
	if testing.Short() {
		rounds = 5
	}
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		root := t.TempDir()
		git(t, root, "init", "-q")
		folders := []string{"."}
		for range 8 {
			folders = append(folders, filepath.Join(folders[r.IntN(len(folders))], names[r.IntN(len(names))]))
		}
		for range 40 {
			name := filepath.Join(root, folders[r.IntN(len(folders))], names[r.IntN(len(names))]+".yaml")
			if info, err := os.Stat(name); err != nil || !info.IsDir() {
				write(t, name, "a: b\n")
			}
		}
		said := ""
		ignore := func(name string) {
			var lines []string
			for range 1 + r.IntN(4) {
				lines = append(lines, patterns[r.IntN(len(patterns))])
			}
			write(t, filepath.Join(root, name), strings.Join(lines, "\n")+"\n")
			said += fmt.Sprintf("%s: %q\n", name, lines)
		}
		ignore(".gitignore")
		for range 2 {
			ignore(filepath.Join(folders[r.IntN(len(folders))], ".gitignore"))
		}
		ignore(".git/info/exclude")

		var want []string
		for name := range strings.SplitSeq(git(t, root, "ls-files", "-z", "--others", "--exclude-standard"), "\x00") {
			if strings.HasSuffix(name, ".yaml") {
				want = append(want, name)
			}
		}
		sort.Strings(want)
		t.Chdir(root)
		w, err := find(Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range w.found {
			got = append(got, e.name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d, %s(-git +ours)\n%s", seed, said, diff)
		}
	}
}
