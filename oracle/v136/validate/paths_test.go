package validate

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema"
)

// TestCorpusPaths holds the path of every error in the objects of real
// repositories against the fields that the server names.
func TestCorpusPaths(t *testing.T) {
	refused := 0
	for _, doc := range corpus(t) {
		server, err := Create(doc.text, YAML)
		if err != nil || server.Accepted {
			continue
		}
		refused++
		for _, f := range misplaced(server, doc.name, doc.text) {
			t.Errorf("%s: %s: %s: %s\nserver: %s", doc.name, f.Path, f.Rule, f.Message, answer(server))
		}
	}
	t.Logf("the server refuses %d documents", refused)
}

// misplaced are our errors of a document that the server refuses whose path is
// neither the server's, nor its nearest existing ancestor, nor, where one of
// several fields may be set, its parent. Not compared is:
//
//	what                                why
//	a value that cannot be decoded      the server names no field, and judges nothing else
//	all but unknown fields, if there    strict decoding judges nothing else
//	is an unknown field
//	autoscaling/v1                      the server converts it, and names the fields of autoscaling/v2
func misplaced(server Verdict, name string, text []byte) []finding.Finding {
	var out []finding.Finding
	decoded := server.Object != nil
	for _, doc := range manifest.Parse(name, text, manifest.Options{}).Documents {
		if convertedKind(doc) {
			continue
		}
		allowed := map[string]bool{}
		for _, e := range server.Errors {
			path := pathIn(doc.Root, e.Field)
			if !decoded {
				unknown := unknownAt.FindStringSubmatch(e.Message)
				if unknown == nil {
					return nil
				}
				path = pathIn(doc.Root, unknown[1])
			}
			allowed[path.String()] = true
			allowed["unknown "+plain(path)] = !decoded
			for n := doc.Root.At(path); len(path) > 0 && (n == nil || n.Kind == manifest.Null); n = doc.Root.At(path) {
				path = path[:len(path)-1] // null is no value
			}
			allowed[path.String()] = true
			if e.Field != "" && len(path) > 0 {
				allowed["one-of "+path[:len(path)-1].String()] = true
			}
		}
		for _, f := range schema.Check(doc, schema.Options{Minor: minor}).Findings {
			known := allowed[f.ServerPath().String()] || allowed["unknown "+plain(f.Path)] || f.Rule == "schema/one-of" && allowed["one-of "+f.ServerPath().String()]
			if f.Severity != finding.Error || known || !decoded && f.Rule != "schema/unknown-field" {
				continue
			}
			out = append(out, f)
		}
	}
	return out
}

// plain is a path as strict decoding writes it, which quotes nothing.
func plain(path manifest.Path) string {
	var b strings.Builder
	for _, step := range path {
		if step.IsIndex() {
			b.WriteString("[" + strconv.Itoa(step.Index) + "]")
		} else {
			b.WriteString("." + step.Key)
		}
	}
	return b.String()
}

var unknownAt = regexp.MustCompile(`^unknown field "(.*)"$`)

// convertedKind reports whether the server validates another version of a kind
// than the one that is written, and names the fields of that.
func convertedKind(doc *manifest.Document) bool {
	return doc.APIVersion == "autoscaling/v1"
}

// pathIn reads a path as the server writes it: spec.ports[0].name, and
// limits[nvidia.com/gpu] with the key of a map in brackets.
func pathIn(root *manifest.Node, text string) manifest.Path {
	var path manifest.Path
	for text != "" {
		rest, ok := strings.CutPrefix(text, "[")
		if !ok {
			text = strings.TrimPrefix(text, ".")
			end := strings.IndexAny(text, ".[")
			if end < 0 {
				end = len(text)
			}
			path, text = path.Append(manifest.Key(text[:end])), text[end:]
			continue
		}
		key, after, _ := strings.Cut(rest, "]")
		text = after
		n := root.At(path)
		if i, err := strconv.Atoi(key); err == nil && (n == nil || n.Kind != manifest.Mapping) {
			path = path.Append(manifest.Index(i))
			continue
		}
		path = path.Append(manifest.Key(key))
	}
	return path
}
