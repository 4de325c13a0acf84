package manifest

import (
	"fmt"
	"regexp"
	"testing"
)

var lineName = regexp.MustCompile(`on line \d`)

// TestProblems pins the place and the sentence for each way to break YAML. The
// places are those where libyaml stops, except where that is the end of the
// text or the line after a key without a colon.
func TestProblems(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"a: [1, 2\nb: 3\n", `2:2-2:3 the [ on line 1 is not closed: expected "," or "]"`},
		{"a: {x: 1\nb: 3\n", `2:2-2:3 the { on line 1 is not closed: expected "," or "}"`},
		{"a: [1, 2\n", `1:4-1:7 the [ on line 1 is not closed: expected "," or "]"`},
		{"a: [1,\n", `1:6-1:7 a value is expected after this, and the document ends; is a bracket not closed?`},
		{"[", `1:1-1:2 a value is expected after this, and the document ends; is a bracket not closed?`},
		{"a: [b, c]]\n", `1:10-1:11 this ] closes nothing`},
		{"a: ]\n", `1:4-1:5 expected a value`},
		{"\ta: b\n", `1:1-1:2 a tab cannot indent YAML; use spaces`},
		{"a:\n\tb: c\n", `2:1-2:2 a tab cannot indent YAML; use spaces`},
		{"a:\n  b: c\n\t# d\n- e\n", `4:1-4:2 a list item cannot stand in the map that starts on line 1; check the indentation`},
		{"a:\n-\t# b\n", `2:2-2:3 a tab cannot indent YAML; use spaces`},
		{"a: b: c\n", `1:5-1:6 a value cannot contain ": "; quote it`},
		{"a: b\n  c: d\n", `2:4-2:5 a key cannot stand here; check the indentation of this line and of the one above`},
		{"a:\n  b: 1\n c: 2\n", `3:2-3:4 this does not line up with the map that starts on line 1; check the indentation`},
		{"a:\n   - b: 1\n     c: 2\n      d: 3\n", `4:8-4:9 a key cannot stand here; check the indentation of this line and of the one above`},
		{"a: b\n- c\n", `2:1-2:2 a list item cannot stand in the map that starts on line 1; check the indentation`},
		{"- a\nb: c\n", `2:1-2:3 expected "- " that lines up with the list that starts on line 1; check the indentation`},
		{"a: - b\n", `1:4-1:5 a list item ("- ") cannot start here; it belongs on a line of its own`},
		{"a: b\nfoo\nc: d\n", `2:1-2:4 expected ":" after this key`},
		{"image： x\n名: y\n", `2:2-2:3 a key cannot stand here; check the indentation of this line and of the one above`},
		{"a: b\nimage：x\nc: d\n", `2:1-2:8 the key ends in a full-width colon "：" where ":" and a space belong`},
		{"a: \"b\nc: d\n", `1:4-1:6 this quote is never closed`},
		{"a: 'b\nc: d\n", `1:4-1:6 this quote is never closed`},
		{"a: \"b\" c\n", `1:8-1:9 nothing may follow the closing quote; quote the whole value, and double the single quotes inside it`},
		{"a: 'it's'\n", `1:8-1:10 nothing may follow the closing quote; quote the whole value, and double the single quotes inside it`},
		{"a: {b}/c\n", `1:7-1:9 nothing may follow the closing }; quote the whole value`},
		{`a: "\q"`, `1:5-1:8 unknown escape in a double-quoted string; write \\ for a backslash, or use single quotes`},
		{"a: @b\n", `1:4-1:6 a value cannot start with "@"; quote it`},
		{"a: `b`\n", "1:4-1:7 a value cannot start with \"`\"; quote it"},
		{"a: %b\n", `1:4-1:6 a value cannot start with "%"; quote it`},
		{"a: |x\n  b\n", `1:5-1:6 only a comment may follow here on this line`},
		{"a: *b\n", `1:4-1:6 there is no anchor &b before this alias`},
		{"a: & b\n", `1:5-1:5 expected a name after & or *; quote the value if it is a string`},
		{"a: *\n", `1:5-1:5 expected a name after & or *; quote the value if it is a string`},
		{"a: !x!y z\n", `1:4-1:8 unknown tag; quote the value if it is a string`},
		{"中文: 【】\n 中: [a\nb: c\n", `2:3-2:4 a key cannot stand here; check the indentation of this line and of the one above`},
		{"中: [文\n中文: x\n", `2:3-2:4 the [ on line 1 is not closed: expected "," or "]"`},
		{"a: \u2028 b: c\n", ""}, // a break for the parser, none for us
		{"a: b\u2028c: [\n", `1:9-1:10 a value is expected after this, and the document ends; is a bracket not closed?`},
	} {
		for _, before := range []string{"", bom, "# 中\r\n---\r\n", "x: y\n---\n"} {
			f := &File{Data: []byte(before + test.text)}
			f.parseYAML()
			lines := 0
			if before != "" && before != bom {
				lines = 2
			}
			got := ""
			for _, p := range f.Problems {
				got += fmt.Sprintf("%d:%d-%d:%d %s", p.Range.Start.Line-lines, p.Range.Start.Column, p.Range.End.Line-lines, p.Range.End.Column, p.Message)
			}
			// Messages name lines of the file.
			want := lineName.ReplaceAllStringFunc(test.want, func(s string) string {
				return fmt.Sprintf("on line %d", int(s[len(s)-1]-'0')+lines)
			})
			if got != want {
				t.Errorf("%q after %q\n got %s\nwant %s", test.text, before, got, want)
			}
		}
	}
}
