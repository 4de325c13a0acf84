package fix

import (
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiff(t *testing.T) {
	old := "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\n"
	changed := "a\nB\nc\nd\ne\nf\ng\nh\ni\nj\nl\nm\nn"
	want := `--- x.yaml
+++ x.yaml
@@ -1,5 +1,5 @@
 a
-b
+B
 c
 d
 e
@@ -8,6 +8,6 @@
 h
 i
 j
-k
 l
 m
+n
\ No newline at end of file
`
	if diff := cmp.Diff(want, Diff("x.yaml", []byte(old), []byte(changed))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if Diff("x", []byte(old), []byte(old)) != "" {
		t.Error("equal texts differ")
	}
}

// TestDiffPatches has patch apply the diffs of random texts.
func TestDiffPatches(t *testing.T) {
	patch, err := exec.LookPath("patch")
	if err != nil {
		t.Skip("there is no patch program")
	}
	random := rand.New(rand.NewSource(1))
	text := func() string {
		var b strings.Builder
		for range random.Intn(30) {
			b.WriteString(string(rune('a'+random.Intn(4))) + "\n")
		}
		return b.String()
	}
	for range 100 {
		old, changed := text(), text()
		diff := Diff("x", []byte(old), []byte(changed))
		if diff == "" || old == "" || changed == "" {
			continue
		}
		name := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(name, []byte(old), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(patch, "-s", name)
		cmd.Stdin = strings.NewReader(diff)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s\n%s", err, out, diff)
		}
		if got, _ := os.ReadFile(name); string(got) != changed {
			t.Fatalf("%q to %q: got %q\n%s", old, changed, got, diff)
		}
	}
}
