package manifest

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	serveryaml "sigs.k8s.io/yaml"
)

// ours reads one YAML document as Parse does, and writes it as JSON.
func ours(text []byte) (json string, dups []Duplicate, problems []Problem) {
	f := &File{Name: "x.yaml", Data: text}
	root, dups := f.parseChunk(chunk{end: len(text), line: 1})
	f.Problems = slices.DeleteFunc(f.Problems, func(p Problem) bool { return p.Warning })
	switch {
	case len(f.Problems) > 0:
		return "", nil, f.Problems
	case root == nil:
		return "null", nil, nil
	}
	return toJSON(root), dups, nil
}

// canonical sorts the keys of JSON and leaves its numbers as they are written.
func canonical(t *testing.T, text []byte) string {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, text)
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// sameAsServer compares what we make of one document with what the API
// server's library makes of it, strictly as the server does when it is asked
// to: equal JSON, or both refuse. It reports whether the server reads it.
func sameAsServer(t *testing.T, text []byte) bool {
	t.Helper()
	want, strict := serveryaml.YAMLToJSONStrict(text)
	err := strict
	if strict != nil { // perhaps only for a repeated key
		want, err = serveryaml.YAMLToJSON(text)
	}
	got, dups, problems := ours(text)
	switch {
	case strict != nil && problems == nil && dups == nil:
		t.Errorf("the server refuses, we read %s\nserver: %v\n%q", got, strict, text)
	case strict == nil && problems != nil:
		t.Errorf("the server reads %s, we refuse: %v\n%q", want, problems, text)
	case strict == nil && dups != nil && !sameText(text, dups):
		t.Errorf("the server reads %s, we find %q twice\n%q", want, dups[0].Path, text)
	case err == nil && problems == nil && !sameText(text, dups):
		want, got := canonical(t, want), canonical(t, []byte(got))
		if want != got {
			diff := cmp.Diff(want, got)
			t.Errorf("(-server +ours)\n%s\n%q", diff, text)
		}
	}
	return strict == nil
}

// sameText reports whether a key is repeated only as JSON sees it, such as 1
// and "1": the server keeps one of the two at random.
func sameText(text []byte, dups []Duplicate) bool {
	for _, d := range dups {
		f := File{Data: text}
		if f.Text(f.NodeRange(d.First)) != f.Text(f.NodeRange(d.Second)) {
			return true
		}
	}
	return false
}

// scalarTexts are scalars whose reading is easy to get wrong.
var scalarTexts = []string{
	"", "~", "null", "Null", "NULL", "nULL", "true", "True", "TRUE", "tRUE", "false", "False", "FALSE",
	"y", "Y", "yes", "Yes", "YES", "yEs", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF",
	"0", "-0", "+0", "1", "-1", "+1", "00", "01", "007", "08", "-010", "0o17", "0O17", "0x1F", "0X1f", "-0x10", "+0x10",
	"0b11", "0B11", "-0b11", "0b-1", "0b+1", "-0b-1", "0b", "0x", "0o", "1_000", "1__0", "_1", "1_", "0x_1", "0_1", "+_1", "0b1_1",
	"2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
	"18446744073709551615", "18446744073709551616", "123456789012345678901234567890",
	"1.0", "3.0", "3.", ".5", "-.5", "+.5", "5e3", "1e3", "1E3", "1e+3", "1e-3", "1e", "e3", ".e3", "1.e3", "1e20", "1e21", "1e22", "1e-6", "1e-7", "1e400", "-1e400",
	"0.1", "1.10", "1.1.1", "-0.0", "0.30000000000000004", "1_0.5", "1__2.3", "3.14159265358979323846", "1e1_0",
	".inf", ".Inf", ".INF", "+.inf", "-.inf", "-.INF", ".iNF", ".nan", ".NaN", ".NAN", ".Nan", "inf", "nan", "Infinity", "-inf", ".", "..", "-", "--", "+", "-.", "+.", "0x1p3", ".0x1", "0x.8p1", "1p3",
	"2001-12-14", "2001-1-1", "2001-13-45", "2001-12-14t21:59:43.10-05:00", "2001-12-14T21:59:43Z", "2001-12-14 21:59:43.10", "2001-12-14 21:59:43.10 -5", "2001-12", "2001-", "12-12-12", "20011-1-1",
	"1:30", "190:20:30", "12:30:45", "1,000", "1 2", "0 0 * * *", "100m", "1Gi", "1e3Mi", "50%", "v1", "1.2.3.4", "=", "<<", "a b", "a#b", "a: b", "nginx:1.25",
	"０", "１２", "是", "true ", "null#", "TrUe", "yes!", "!yes", "é", "~~", "~a", "off ", "Ⅷ",
}

func TestScalarsSameAsServer(t *testing.T) {
	tags := []string{"", "!!str ", "!!int ", "!!float ", "!!bool ", "!!null ", "!!timestamp ", "!!binary ", "!!merge ", "!!map ", "!!seq ", "!foo ", "! ",
		"!<tag:yaml.org,2002:int> ", "!<!> ", "&a ", "&a !!str ", "!!int &a ", "!!str # why\n  "}
	for _, s := range scalarTexts {
		for _, tag := range tags {
			for i, form := range []string{"%s", "'%s'", "\"%s\"", "|\n  %s", ">-\n  %s"} {
				value := tag + strings.Replace(form, "%s", s, 1)
				sameAsServer(t, []byte("a: "+value))
				if i > 0 && tag != "" {
					continue // quotes and tags together need no more than that
				}
				sameAsServer(t, []byte("[x, "+value+"]"))
				if !strings.Contains(value, "\n") {
					sameAsServer(t, []byte(value+": b\n"))
					sameAsServer(t, []byte("{? "+value+"\n: b}\n"))
				}
			}
		}
	}
}
