package manifest

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

const head = "apiVersion: v1\nkind: X\n"

// utf16Text is text in UTF-16 with a byte order mark.
func utf16Text(text string, big bool) []byte {
	out := []byte{0xff, 0xfe}
	if big {
		out = []byte{0xfe, 0xff}
	}
	for _, u := range utf16.Encode([]rune(text)) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

// TestOddText says what becomes of text that is no ordinary manifest.
func TestOddText(t *testing.T) {
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	for _, test := range []struct {
		name, text string
		want       string // documents, skipped, NotJudged or problems
	}{
		{"empty", "", "not judged: empty"},
		{"blank", " \n\n", "not judged: empty"},
		{"comments", "# a\n---\n# b\n", "not judged: empty"},
		{"byte order mark only", bom, "not judged: empty"},
		{"null", "~\n", "not judged: empty"},
		{"text", "hello world\n", "not judged: no Kubernetes object: a string"},
		{"list", "- a\n", "not judged: no Kubernetes object: a list"},
		{"values", "image:\n  tag: x\n", "not judged: no Kubernetes object: no apiVersion and kind"},
		{"chart", "apiVersion: v2\nname: x\nversion: 1.0.0\n", "not judged: no Kubernetes object: no apiVersion and kind"},
		{"kubeconfig", "apiVersion: v1\nkind: Config\nclusters: []\n", "not judged: a kubeconfig, which is for clients"},
		{"kustomization of another name", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Component\n", "not judged: kustomization"},
		{"Flux", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: x}\n", "Kustomization x"},
		{"kind misspelt", "apiVersion: v1\nKind: Pod\nmetadata: {name: x}\n", "object x"},
		{"apiVersion missing", "kind: Pod\nmetadata: {name: x}\n", "Pod x"},
		{"wrong types", "apiVersion: 1\nkind: [Pod]\nmetadata: {name: 1}\n", "object"},
		{"mixed", "a: b\n---\n" + head + "---\n- c\n", "X; skipped 1: no Kubernetes object: no apiVersion and kind; skipped 6: no Kubernetes object: a list"},
		{"two", head + "---\n" + head, "X; X"},
		{"leading markers", "---\n---\n" + head + "---\n", "X"},
		{"marker with comment", "--- # Source: x.yaml\n" + head, "X"},
		{"marker with content", head + "--- {apiVersion: v1, kind: Z}\n", "X; Z; 3:5 warning: kubectl refuses a file with anything but a comment after ---"},
		{"no marker", head + "--- # c\n" + head + "a: |\n  ---\n  b\n", "X; X"},
		{"carriage returns", strings.ReplaceAll(head+"---\n"+head, "\n", "\r\n"), "X; X"},
		{"byte order mark", bom + head + "---\n" + bom + head, "X; X"},
		{"UTF-16 little endian", "\x01" + head + "---\n" + head, "X; X"},
		{"UTF-16 big endian", "\x02" + head, "X"},
		{"UTF-16 without a mark", "a\x00p\x00i\x00", "not judged: no manifest: no apiVersion, and not readable (line 1: control character U+0000 is not allowed in YAML)"},
		{"binary", "\x7fELF\x02\x01\x01\x00", "not judged: no manifest: no apiVersion, and not readable (line 1: control character U+007F is not allowed in YAML)"},
		{"invalid UTF-8", head + "a: é\xff\n", "3:5 byte 0xff is not valid UTF-8"},
		{"Latin-1", head + "a: caf\xe9\n", "3:7 byte 0xe9 is not valid UTF-8"},
		{"NUL", head + "a: b\x00\n", "3:5 control character U+0000 is not allowed in YAML"},
		{"broken, no manifest", "a: [\n", "not judged: no manifest: no apiVersion, and not readable (line 1: a value is expected after this, and the document ends; is a bracket not closed?)"},
		{"broken, among others", head + "---\na: [1\nb: 2\n---\n" + head, `X; X; 5:2 the [ on line 4 is not closed: expected "," or "]"`},
		{"directive", "%YAML 1.1\n---\n" + head, "X; 1:1 kubectl splits the file at ---, which leaves this % line alone; remove it"},
		{"alias bomb", head + bomb, "6:25 the aliases of this document expand to too much; the API server refuses it"},
		{"anchor in itself", head + "a: &a [*a]\n", "3:8 the value of anchor &a contains itself"},
		{"unknown alias", head + "a: *b\n", "3:4 there is no anchor &b before this alias"},
		{"deep flow", head + "a: " + strings.Repeat("[", 10001), "3:10004 values are nested more than 10,000 deep"},
		{"deep flow, closed", head + "a: " + strings.Repeat("[", 9990) + strings.Repeat("]", 9990), "X"},
		{"deep block", head + "a:\n  " + strings.Repeat("- ", 10001) + "x\n", "4:20001 values are nested more than 10,000 deep"},
		{"after the end", head + "...\nmore: text\n", "X; 4:1 warning: the API server reads nothing from here on, because the document ends before; check the indentation and the brackets"},
		{"after the brackets", `{"apiVersion": "v1", "kind": "X"} {"apiVersion": "v1"}`, "X; 1:35 warning: the API server reads nothing from here on, because the document ends before; check the indentation and the brackets"},
		{"root indented less", " apiVersion: v1\n kind: X\nmetadata: {}\n", "X; 3:1 warning: the API server reads nothing from here on, because the document ends before; check the indentation and the brackets"},
		{"end marker", head + "...\n# comment\n", "X"},
		{"template", head + "a: {{ .Values.a }}\n", "not judged: template: {{ or {% outside quotes and comments"},
		{"quoted template", head + "a: '{{ .Values.a }}'\n", "X"},
		{"infinite", head + "a: .inf\n", "3:4 infinity and NaN have no place in JSON; quote the value if a string is meant"},
		{"null key", head + "~: x\n", "3:1 a key must be a string, not null"},
		{"map key", head + "{a: b}: x\n", "3:1 a key must be a string, not a map"},
		{"merge of a string", head + "<<: x\n", "3:5 << merges only a map, or a list of maps"},
	} {
		text := []byte(test.text)
		if strings.HasPrefix(test.text, "\x01") || strings.HasPrefix(test.text, "\x02") {
			text = utf16Text(test.text[1:], test.text[0] == 2)
		}
		f := Parse("x.yaml", text, Options{})
		if got := outcome(f); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.name, got, test.want)
		}
		checkPlaces(t, f)
	}
}

// outcome says what Parse made of a file.
func outcome(f *File) string {
	var parts []string
	if f.NotJudged != "" {
		parts = append(parts, "not judged: "+f.NotJudged)
	}
	for _, d := range f.Documents {
		parts = append(parts, d.Label())
	}
	for _, s := range f.Skipped {
		parts = append(parts, fmt.Sprintf("skipped %d: %s", s.Line, s.Reason))
	}
	for _, p := range f.Problems {
		warning := ""
		if p.Warning {
			warning = "warning: "
		}
		parts = append(parts, fmt.Sprintf("%d:%d %s%s", p.Range.Start.Line, p.Range.Start.Column, warning, p.Message))
	}
	return strings.Join(parts, "; ")
}

// TestHostileIsBounded tries many ways to make a parser slow or large. What
// takes time in proportion stays far below the limits.
func TestHostileIsBounded(t *testing.T) {
	const size = 256 << 10
	fill := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	wide := "a: &a {" + strings.Repeat("k: v, ", 50) + "}\n"
	for name, text := range map[string]string{
		"open brackets":    head + "a: " + fill("["),
		"open braces":      head + "a: " + fill("{"),
		"braces with keys": head + "a: " + fill("{a: "),
		"dashes":           head + "a:\n  " + fill("- "),
		"question marks":   head + "a:\n  " + fill("? "),
		"one line":         head + "a: " + fill("x "),
		"one line of CJK":  head + "a: [" + fill("中, ") + "]\n",
		"one flow map":     head + "a: {" + fill("k: v, ") + "}\n",
		"many keys":        head + numbered("k%d: v\n", size/10),
		"same key":         head + fill("k: v\n"),
		"many documents":   fill(head + "---\n"),
		"markers":          fill("---\n"),
		"anchors":          head + "l:\n" + numbered("- &a%d x\n", size/10),
		"aliases":          head + wide + "l:\n" + fill("- *a\n"),
		"merges":           head + wide + "l:\n" + fill("- <<: *a\n"),
		"merges of one":    head + wide + fill("<<: *a\n"),
		"quotes":           head + "a: " + fill("'"),
		"lone quote lines": head + fill("a: '\n"),
		"backslashes":      head + "a: \"" + fill("\\"),
		"comments":         head + fill("# c\n"),
		"indented":         head + fill(" # c\n"),
		"tabs":             head + fill("\t#\n"),
		"blank lines":      head + "a: |\n" + fill("\n") + "  x\n",
		"spaces":           head + "a:" + fill(" ") + "x\n",
		"colons":           head + "a" + fill(":"),
		"carriage returns": head + fill("a\r"),
		"templates":        head + fill("'{{' \n"),
		"tags":             head + "a: " + fill("! "),
		"list of lists":    "apiVersion: v1\nkind: List\nitems:\n" + fill("- {apiVersion: v1, kind: List, items: []}\n"),
		"folded":           head + "a: >\n" + fill("  x\n\n"),
		"nested lists":     "{apiVersion: v1, kind: List, items: [" + strings.Repeat("{apiVersion: v1, kind: List, items: [", 4000),
	} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		start := time.Now()
		f := Parse("x.yaml", []byte(text), Options{})
		for _, d := range f.Documents {
			d.Range(nil)
			d.Root.Walk(func(p Path, _, n *Node) bool { return len(p) < 20000 })
		}
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 4*time.Second || grown > 400 {
			t.Errorf("%s: %v and %d MiB for 256 KiB", name, took, grown)
		} else if testing.Verbose() {
			fmt.Printf("%-18s %8v %5d MiB  %.90s\n", name, took.Round(time.Millisecond), grown, outcome(f))
		}
	}
}

func numbered(format string, n int) string {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}
