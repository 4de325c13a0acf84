package validate

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rollcast/rollcast/oracle/mutate"
	"github.com/rollcast/rollcast/oracle/plaincue"
	"github.com/rollcast/rollcast/oracle/samples"
)

// TestDefaults compares what CUE puts into valid objects with what the server
// puts there.
func TestDefaults(t *testing.T) {
	judge, err := plaincue.Load("../../../schema")
	if err != nil {
		t.Fatal(err)
	}
	all, err := samples.All()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for kind, trees := range kindsOf(all) {
		source := mutate.New(*seed, trees...)
		for range *mutants {
			trees = append(trees, first(source.Next()))
		}
		for _, tree := range trees {
			server, err := Create(mutate.Bytes(tree), JSON)
			if err != nil || !server.Accepted {
				continue
			}
			ours, err := judge.Complete(tree, minor)
			if err != nil {
				continue
			}
			theirs, err := json.Marshal(server.Object)
			if err != nil {
				t.Fatal(err)
			}
			a, b := parse(t, ours), parse(t, theirs)
			for _, d := range differences("", tree, a, b) {
				if serversOwn.MatchString(kind + d.path) {
					continue
				}
				sign := kind + d.path + fmt.Sprint(d.ours == nil, d.theirs == nil)
				if !seen[sign] {
					seen[sign] = true
					t.Errorf("%s%s: we %v, the server %v, in %s", kind, d.path, d.ours, d.theirs, mutate.Bytes(tree))
				}
			}
		}
	}
}

func first(tree mutate.Tree, _ string) mutate.Tree { return tree }

func parse(t *testing.T, text []byte) mutate.Tree {
	tree, err := mutate.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// serversOwn are the fields that are no defaults in CUE: the server knows them
// alone, or makes them of other fields.
var serversOwn = regexp.MustCompile(strings.Join([]string{
	`\.metadata\.(name|uid|creationTimestamp|generation)$`,
	`\.status(\.|$)`,

	`\.serviceAccount(Name)?$`,                 // each of the other
	`\.ports\[\]\.hostPort$`,                   // the containerPort, on the host's network
	`\.resources\.requests(\.|$)`,              // the limits, in a Pod
	`\.labelSelector\.matchExpressions$`,       // of matchLabelKeys, in a Pod
	`/Pod\.spec\..*\.securityContext$`,         // of AppArmor annotations
	`/DaemonSet\.metadata\.annotations(\.|$)`,  // the template's generation
	`/Job\.spec\.(selector|parallelism)(\.|$)`, // 1, unless completions is absent too
	`/Job\.metadata\.labels(\.|$)`,             // the template's, as in a ReplicaSet
	`/Job\.spec\.template\.metadata(\.|$)`,     // the uid
	`/(ReplicaSet|ReplicationController)\.(metadata\.labels|spec\.selector)(\.|$)`,
	`/PersistentVolumeClaim\.spec\.(dataSource|dataSourceRef)$`, // each of the other

	`/Service\.spec\.(ipFamilyPolicy|clusterIPs|healthCheckNodePort|ports\[\]\.targetPort)$`,
	`/Secret\.data(\.|$)`, // of stringData
	`/Namespace\.(metadata\.labels|spec)(\.|$)`,
	`/LimitRange\.metadata$`,
	`/LimitRange\.spec\.limits\[\]\.(default|defaultRequest)(\.|$)`,
	`/HorizontalPodAutoscaler\.spec\.(metrics|behavior\..*|targetCPUUtilizationPercentage)$`,
	`/NetworkPolicy\.spec(\.policyTypes)?$`,
}, "|"))

// A difference is a default that is not the same on both sides.
type difference struct {
	path         string
	ours, theirs any
}

// differences compares the fields that are not written.
func differences(path string, written, ours, theirs any) []difference {
	var out []difference
	switch w := written.(type) {
	case map[string]any:
		o, _ := ours.(map[string]any)
		s, _ := theirs.(map[string]any)
		var keys []string
		for k := range o {
			keys = append(keys, k)
		}
		for k := range s {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range slices.Compact(keys) {
			out = append(out, differences(path+"."+k, w[k], o[k], s[k])...)
		}
	case []any:
		o, _ := ours.([]any)
		s, _ := theirs.([]any)
		for i := range min(len(w), len(o), len(s)) {
			out = append(out, differences(path+"[]", w[i], o[i], s[i])...)
		}
	case nil:
		ours, theirs = pruned(ours), pruned(theirs)
		if !reflect.DeepEqual(ours, theirs) {
			out = append(out, difference{path, ours, theirs})
		}
	}
	return out
}

// pruned is a value without what Go does not write: empty things.
func pruned(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			if x = pruned(x); x != nil {
				out[k] = x
			}
		}
		if len(out) > 0 {
			return out
		}
		return nil
	case []any:
		if len(v) == 0 {
			return nil
		}
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = pruned(x)
		}
		return out
	case string:
		if v != "" && v != "0" {
			return v
		}
		return nil
	case bool:
		if v {
			return v
		}
		return nil
	case json.Number:
		if v != "0" {
			return v
		}
		return nil
	}
	return v
}
