// Package manifest turns bytes into Kubernetes documents. Every value has a
// place (line, column, byte), and every scalar is what the API server makes of
// it. One broken document costs no other: it becomes a Problem.
//
// Parse reads one file; Layout groups the documents of many files into the
// sets that are applied together.
package manifest

import (
	"bytes"
	"math"
	"path"
	"strings"
)

// Options say what the file's surroundings tell about it.
type Options struct {
	Template bool // it lies under the templates/ of a Helm chart
	Stdin    bool // it came from standard input
}

// Parse reads a file. name is how the user knows it, relative and with
// slashes; a name that ends in .json makes it JSON, any other YAML. It never
// fails: what cannot be read is in the result's Problems, and what is no
// manifest in NotJudged and Skipped.
func Parse(name string, data []byte, opt Options) *File {
	f := &File{Name: name, Data: data, Stdin: opt.Stdin}
	switch {
	case opt.Template:
		f.NotJudged = "template of a Helm chart"
		return f
	case len(data) > math.MaxInt32:
		f.Problems = []Problem{{Range: f.whole(), Message: "the file is larger than 2 GiB"}}
		return f
	}
	isJSON := strings.EqualFold(path.Ext(name), ".json")
	if !isJSON {
		f.Data = fromUTF16(data)
	}
	if isTemplate(f.Data) {
		f.NotJudged = "template: {{ or {% outside quotes and comments"
		return f
	}
	if isJSON {
		f.parseJSON()
	} else {
		f.parseYAML()
	}
	f.conclude()
	return f
}

// whole is a range at the start of the file, for problems without a place.
func (f *File) whole() Range {
	p := Pos{Line: 1, Column: 1}
	return Range{p, p}
}

// parseYAML reads the documents of a YAML file.
func (f *File) parseYAML() {
	index := 0
	for _, c := range split(f.Data) {
		if len(bytes.Trim(f.Data[c.start:c.end], " \r\n")) == 0 {
			continue
		}
		if c.stray > 0 {
			p := f.wordProblem(c.stray, "kubectl refuses a file with anything but a comment after ---")
			p.Warning = true
			f.Problems = append(f.Problems, p)
		}
		root, dups := f.parseChunk(c)
		if root == nil {
			continue
		}
		f.add(root, dups, index)
		index++
	}
}

// isKustomization reports whether the name is one that kustomize looks for.
func isKustomization(name string) bool {
	switch path.Base(name) {
	case "kustomization.yaml", "kustomization.yml", "Kustomization":
		return true
	}
	return false
}

// add takes in the value of one document: an object, a List of them, or
// something else.
func (f *File) add(root *Node, dups []Duplicate, index int) {
	if root.Kind == Null {
		return
	}
	if isKustomization(f.Name) && f.kustomization == nil {
		f.kustomization = root
		return
	}
	f.addObject(root, dups, index, typedList{})
}

// conclude decides whether the file as a whole has anything to judge.
func (f *File) conclude() {
	switch {
	case f.kustomization != nil:
		if len(f.Problems) == 0 && len(f.Documents) == 0 {
			f.NotJudged = "kustomization"
		}
	case len(f.Documents) > 0:
	case len(f.Problems) > 0:
		if !hasAPIVersionLine(f.Data) {
			p := f.Problems[0]
			f.NotJudged = "no manifest: no apiVersion, and not readable (line " + itoa(p.Range.Start.Line) + ": " + p.Message + ")"
			f.Problems = nil
		}
	case len(f.Skipped) > 0:
		f.NotJudged = f.Skipped[0].Reason
	default:
		f.NotJudged = "empty"
	}
	if f.NotJudged != "" {
		f.Skipped = nil
	}
}

// hasAPIVersionLine reports whether a line of the file begins with apiVersion:,
// which tells a broken manifest from other text. In JSON, and in YAML written
// like it, the key may stand anywhere.
func hasAPIVersionLine(data []byte) bool {
	if bytes.Contains(data, []byte(`"apiVersion"`)) {
		return true
	}
	data = bytes.TrimPrefix(data, []byte(bom))
	for len(data) > 0 {
		line, rest, _ := bytes.Cut(data, []byte{'\n'})
		if after, ok := bytes.CutPrefix(line, []byte("apiVersion")); ok {
			if bytes.HasPrefix(bytes.TrimLeft(after, " \t"), []byte{':'}) {
				return true
			}
		}
		data = rest
	}
	return false
}

// Unread is a file whose content was not looked at, with the reason as its
// only problem.
func Unread(name, reason string) *File {
	f := &File{Name: name}
	f.Problems = []Problem{{Range: f.whole(), Message: reason}}
	return f
}
