package review

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
)

func textFile(text string) *manifest.File {
	return manifest.Parse("a.yaml", []byte(text), manifest.Options{})
}

// lettered is a text with one letter on each line.
func lettered(letters string) *manifest.File {
	return textFile(strings.Join(strings.Split(letters, ""), "\n") + "\n")
}

// TestChangedHunks: a diff shows what changed and three lines around it.
func TestChangedHunks(t *testing.T) {
	for _, tc := range []struct{ name, was, now, want string }{
		{"nothing", "abcdefghij", "abcdefghij", ""},
		{"a line in the middle", "abcdefghijkl", "abcdefXhijkl", "   defXhij  "},
		{"a line more", "abcdefghijkl", "abcdefXghijkl", "   defXghi   "},
		{"a line less", "abcdefghijkl", "abcdefhijkl", "   defhij  "},
		{"the first", "abcdefgh", "Xbcdefgh", "Xbcd    "},
		{"the last", "abcdefgh", "abcdefgX", "    efgX"},
		{"two places", "abcdefghijklmnop", "aXcdefghijklmnXp", "aXcde      lmnXp"},
		{"moved", "abcdefghijklmnop", "pabcdefghijklmno", "pabc         mno"},
		{"repeated lines", "zzzzazzzzbzzzz", "zzzzazzzzXzzzz", "      zzzXzzz "},
		{"all of it", "abc", "xyz", "xyz"},
	} {
		got := ""
		for i, shown := range changedHunks(lettered(tc.was), lettered(tc.now)) {
			if i == 0 || i > len(tc.now) {
				continue
			}
			if shown {
				got += tc.now[i-1 : i]
			} else {
				got += " "
			}
		}
		if got != tc.want {
			t.Errorf("%s: shows %q, want %q", tc.name, got, tc.want)
		}
	}
	if shown := changedHunks(nil, lettered("ab")); !shown[1] || !shown[2] {
		t.Errorf("a new file is not shown whole: %v", shown)
	}
}

// TestNearness: the same finding in a hunk, elsewhere in a changed file, and in
// a file that did not change; nothing can be told of a base with other files.
func TestNearness(t *testing.T) {
	service := func(name string, port int, note string) string {
		return fmt.Sprintf("apiVersion: v1\nkind: Service\nmetadata:\n  name: %s\n  labels:\n    a: b\n    c: d\nspec:\n  selector: {app: web}\n  unknown: 1\n  ports:\n  - name: a\n    protocol: TCP\n    targetPort: 8080\n    port: %d # %s\n---\n", name, port, note)
	}
	first, second := service("one", 80, ""), service("two", 80, "")
	files := func(a, b string) []*manifest.File {
		return []*manifest.File{manifest.Parse("a.yaml", []byte(a), manifest.Options{}), manifest.Parse("b.yaml", []byte(b), manifest.Options{})}
	}
	was := files(first+second, service("three", 80, ""))
	now := files(first+strings.Replace(second, "selector: {app: web}", "selector: {app: shop}", 1), service("three", 80, ""))
	for _, elsewhere := range []bool{false, true} {
		res, err := Compare(context.Background(), Base{Name: "main", Files: was, Elsewhere: elsewhere}, Input{Files: now}, Options{Only: []string{"schema/unknown-field"}})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]finding.Nearness{}
		for _, f := range res.Findings {
			got[f.Document.Name] = f.Nearness
		}
		want := map[string]finding.Nearness{"one": finding.InChangedFile, "two": finding.InHunk}
		if elsewhere {
			want = map[string]finding.Nearness{}
		}
		for _, name := range []string{"one", "two", "three"} {
			if got[name] != want[name] {
				t.Errorf("elsewhere %t: %s is %s, want %s", elsewhere, name, got[name], want[name])
			}
		}
	}
}

// TestNearnessOfRenamedFile: a file with another name is compared with the one
// that it was, so that only what changed in it is near.
func TestNearnessOfRenamedFile(t *testing.T) {
	service := func(name, app string) string {
		return fmt.Sprintf("apiVersion: v1\nkind: Service\nmetadata:\n  name: %s\n  labels:\n    a: b\n    c: d\nspec:\n  unknown: 1\n  ports:\n  - name: a\n    protocol: TCP\n    targetPort: 8080\n    port: 80\n  sessionAffinity: None\n  type: ClusterIP\n  selector: {app: %s}\n---\n", name, app)
	}
	was := manifest.Parse("old.yaml", []byte(service("one", "web")+service("two", "web")), manifest.Options{})
	now := manifest.Parse("new.yaml", []byte(service("one", "shop")+service("two", "web")), manifest.Options{})
	res, err := Compare(context.Background(), Base{Name: "main", Files: []*manifest.File{was}}, Input{Files: []*manifest.File{now}}, Options{Only: []string{"schema/unknown-field"}})
	if err != nil || len(res.Findings) != 2 {
		t.Fatal(err, res.Findings)
	}
	for _, f := range res.Findings {
		if f.Nearness != finding.InChangedFile {
			t.Errorf("%s is %s", f.Document.Name, f.Nearness)
		}
	}
}

// TestChangedHunksBounded: long texts of which nothing is alike take no longer
// than sorting them.
func TestChangedHunksBounded(t *testing.T) {
	var a, b, c strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&a, "# a%d\n", i)
		fmt.Fprintf(&b, "# b%d\n", i%7)
		fmt.Fprintf(&c, "# a%d\n", 200_000-i)
	}
	start := time.Now()
	changedHunks(textFile(a.String()), textFile(b.String()))
	changedHunks(textFile(a.String()), textFile(c.String()))
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}
