package finding

import (
	"testing"

	"github.com/rollcast/rollcast/manifest"
)

func scalar(text string) *manifest.Node { return &manifest.Node{Kind: manifest.String, Text: text} }

func mapping(kv ...any) *manifest.Node {
	n := &manifest.Node{Kind: manifest.Mapping}
	for i := 0; i < len(kv); i += 2 {
		n.Pairs = append(n.Pairs, manifest.Pair{Key: scalar(kv[i].(string)), Value: kv[i+1].(*manifest.Node)})
	}
	return n
}

func list(items ...*manifest.Node) *manifest.Node {
	return &manifest.Node{Kind: manifest.Sequence, Items: items}
}

// imageOf is a finding on the image of container i of a Deployment.
func imageOf(apiVersion string, i int, containers ...*manifest.Node) *Finding {
	return &Finding{
		Rule: "image-tag",
		Set:  ".",
		Path: manifest.Path{manifest.Key("containers"), manifest.Index(i), manifest.Key("image")},
		Document: &manifest.Document{
			APIVersion: apiVersion, Kind: "Deployment", Name: "web",
			Root: mapping("containers", list(containers...)),
		},
	}
}

func container(name, image string) *manifest.Node {
	return mapping("name", scalar(name), "image", scalar(image))
}

func TestFingerprint(t *testing.T) {
	base := imageOf("apps/v1", 0, container("api", "web"))
	moved := imageOf("apps/v1", 1, container("proxy", "envoy"), container("api", "web"))
	moved.Range.Start.Line = 99
	for _, tc := range []struct {
		name  string
		other *Finding
		same  bool
	}{
		{"a container before it and another line", moved, true},
		{"an older API version", imageOf("extensions/v1beta1", 0, container("api", "web")), true},
		{"another message", func() *Finding { f := *base; f.Message = "x"; return &f }(), true},
		{"another value", imageOf("apps/v1", 0, container("api", "web:1")), false},
		{"another container", imageOf("apps/v1", 0, container("job", "web")), false},
		{"the second of a duplicated name", imageOf("apps/v1", 1, container("api", "web"), container("api", "web")), false},
		{"another rule", func() *Finding { f := *base; f.Rule = "x"; return &f }(), false},
		{"another set", func() *Finding { f := *base; f.Set = "prod"; return &f }(), false},
	} {
		if got := base.Fingerprint() == tc.other.Fingerprint(); got != tc.same {
			t.Errorf("%s: same fingerprint = %v, want %v", tc.name, got, tc.same)
		}
	}
}

func TestFingerprintOfAnUnreadableFile(t *testing.T) {
	a := &Finding{Rule: "syntax", File: &manifest.File{Name: "a.yaml"}, Message: "mapping values are not allowed here"}
	b := &Finding{Rule: "syntax", File: &manifest.File{Name: "b.yaml"}, Message: a.Message}
	if a.Fingerprint() == b.Fingerprint() {
		t.Error("two files have one fingerprint")
	}
}

// TestIdentity: a finding keeps its identity in another folder and another set,
// where its fingerprint changes.
func TestIdentity(t *testing.T) {
	at := func(file, set string) *Finding {
		f := manifest.Parse(file, []byte("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"), manifest.Options{})
		return &Finding{Rule: "r", File: f, Document: f.Documents[0], Set: set}
	}
	a, b := at("a.yaml", "."), at("k8s/b.yaml", "k8s")
	if a.Identity() != b.Identity() || a.Fingerprint() == b.Fingerprint() {
		t.Errorf("identities %s and %s, fingerprints %s and %s", a.Identity(), b.Identity(), a.Fingerprint(), b.Fingerprint())
	}
	text := func(file string) *Finding {
		return &Finding{Rule: "syntax", File: &manifest.File{Name: file}, Message: "broken"}
	}
	if text("a/x.yaml").Identity() != text("b/x.yaml").Identity() || text("a/x.yaml").Identity() == text("a/y.yaml").Identity() {
		t.Error("a file that cannot be read is known by its base name")
	}
}
