package schema

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/schema/table"
)

// inTemplates are the places where other kinds have a Pod's spec, or a Job's.
var inTemplates = map[string][]string{
	"core/v1.Pod spec.": {
		"apps/v1.Deployment spec.template.spec.", "apps/v1.ReplicaSet spec.template.spec.", "apps/v1.StatefulSet spec.template.spec.",
		"apps/v1.DaemonSet spec.template.spec.", "batch/v1.Job spec.template.spec.", "batch/v1.CronJob spec.jobTemplate.spec.template.spec.",
		"core/v1.PodTemplate template.spec.", "core/v1.ReplicationController spec.template.spec.",
	},
	"batch/v1.Job spec.": {"batch/v1.CronJob spec.jobTemplate.spec."},
}

var sinceLine = regexp.MustCompile(`^(\S+) ([^\s=]+)(=\S*)? 1\.(\d+)(?: until 1\.(\d+))?$`)

// TestSince compares the first minor of each field and value with the Go types
// of the minors, as oracle/since lists them in testdata/since.txt.
func TestSince(t *testing.T) {
	data, err := os.ReadFile("testdata/since.txt")
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	known := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		lines := []string{line}
		for from, to := range inTemplates {
			if rest, ok := strings.CutPrefix(line, from); ok {
				for _, place := range to {
					lines = append(lines, place+rest)
				}
			}
		}
		for _, line := range lines {
			m := sinceLine.FindStringSubmatch(line)
			if m == nil {
				t.Fatalf("%q is no line", line)
			}
			if compareSince(t, line, m) {
				compared++
				known[m[1]+" "+strings.ReplaceAll(m[2], "[]", "")] = true
			}
		}
	}
	if compared < 500 {
		t.Errorf("only %d fields and values are compared", compared)
	}
	for _, k := range builtin.tab.Kinds {
		if a := builtin.tab.LookupAPI(k.APIVersion, k.Kind); a != nil && a.Removed != 0 {
			continue // its fields are those of its successor
		}
		name := goNames.Replace("\n"+k.APIVersion) + "." + k.Kind
		unsaid(k.Type, name+" ", 0, func(path string, added uint8) {
			if !known[path] {
				t.Errorf("the table says that %s came with 1.%d, and since.txt says nothing", path, added)
			}
		})
	}
}

// goNames turns an API version after a line's end into its folder in k8s.io/api.
var goNames = strings.NewReplacer("\nv1", "core/v1", "rbac.authorization", "rbac", ".apiserver", "", ".k8s.io", "", "\n", "")

// unsaid visits the fields below a type that came later than what they are in.
func unsaid(id table.ID, at string, since uint8, visit func(path string, added uint8)) {
	typ := builtin.tab.Type(id)
	for typ.List != nil {
		typ = builtin.tab.Type(typ.List.Elem)
	}
	if typ.Map == nil || strings.Count(at, ".") > 20 || strings.HasSuffix(typ.Name, "_JSONSchemaProps") { // which contains itself
		return
	}
	for i := range typ.Map.Fields {
		f := &typ.Map.Fields[i]
		path, added := at+f.Name, since
		if f.Since != nil && f.Since.Added > max(Oldest, since) {
			added = f.Since.Added
			visit(path, added)
		}
		unsaid(f.Type, path+".", added, visit)
	}
}

func compareSince(t *testing.T, line string, m []string) bool {
	apiVersion, kind, _ := strings.Cut(m[1], ".")
	for _, k := range builtin.tab.Kinds {
		if goNames.Replace("\n"+k.APIVersion) == apiVersion {
			apiVersion = k.APIVersion
			break
		}
	}
	id, ok := builtin.tab.Lookup(apiVersion, kind)
	if !ok {
		t.Errorf("there is no %s %s", apiVersion, kind)
		return false
	}
	added, _ := strconv.Atoi(m[4])
	removed, _ := strconv.Atoi(m[5])
	f := builtin.tab.Field(id, strings.Split(strings.ReplaceAll(m[2], "[]", ""), ".")...)
	switch {
	case f == nil && (strings.Contains(m[2], "phemeral") || strings.Contains(m[2], "attributes[].")):
		return false // not looked into; and below the values of a map
	case f == nil:
		t.Errorf("%s: there is no such field", line)
		return false
	case m[3] != "":
		return compareValue(t, line, f, m[3][1:], added, removed)
	}
	var got table.Since
	if f.Since != nil {
		got = *f.Since
	}
	if added > Oldest && int(got.Added) != added || int(got.Removed) != removed {
		t.Errorf("%s, but the table says %d until %d", line, got.Added, got.Removed)
	}
	return true
}

// compareValue compares a value of an enumeration; other constants are only
// suggestions.
func compareValue(t *testing.T, line string, f *table.Field, value string, added, removed int) bool {
	typ := builtin.tab.Type(f.Type)
	for typ.List != nil {
		typ = builtin.tab.Type(typ.List.Elem)
	}
	if !slices.ContainsFunc(typ.Scalars, func(s table.Scalar) bool { return slices.Contains(s.Values, value) }) || f.Since != nil && int(f.Since.Added) >= added {
		return false
	}
	for _, v := range typ.Values {
		if v.Value == value {
			if int(v.Since.Added) != added || int(v.Since.Removed) != removed {
				t.Errorf("%s, but the table says %d until %d", line, v.Since.Added, v.Since.Removed)
			}
			return true
		}
	}
	t.Errorf("%s, but the table says nothing", line)
	return true
}
