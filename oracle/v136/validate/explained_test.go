package validate

import (
	"reflect"
	"regexp"

	"github.com/rollcast/rollcast/oracle/mutate"
)

// beyondCUE are the server's messages that need a parser or arithmetic, with
// the @check of schema/ that says the same in Go.
var beyondCUE = []struct {
	check   string
	message *regexp.Regexp
}{
	{"selects", regexp.MustCompile("`selector` does not match template `labels`")},
	{"atMost", regexp.MustCompile(`must be (less than or equal to|equal to) .* limit of|Limit must be set for non overcommitable`)},
	{"wholeAmounts", regexp.MustCompile(`Invalid value: .*: must be an integer$`)},
	{"hugePages", regexp.MustCompile(`HugePages require cpu or memory|is not positive integer multiple of`)},
	{"divisor", regexp.MustCompile(`only divisor's values`)},
	{"podResources", regexp.MustCompile(`must be (greater than or equal to aggregate container|less than or equal to pod limits)`)},
	{"podAnnotations", regexp.MustCompile(`container not found|(type|profile) in annotation and field must match|if mirror pod annotation is set|static pods do not support|must be a 32bit integer|scheduler\.alpha\.kubernetes\.io/tolerations`)},
	{"totalBytes", regexp.MustCompile(`Too long: may not be more than 262144 bytes|must not have more than 2048 characters`)},
	{"cron", regexp.MustCompile(`^Invalid value: ".*": (expected|failed to parse|beginning of|end of|step of|unrecognized|too many|invalid schedule|empty spec)`)},
	{"timeZone", regexp.MustCompile(`unknown time zone|invalid location name`)},
	{"ascending", regexp.MustCompile(`must be ordered`)},
	{"indexedName", regexp.MustCompile(`will not able to create pod with invalid DNS label`)},
	{"successPolicy", regexp.MustCompile(`error parsing succeededIndexes|the number of indexes in the specified succeededIndexes`)},
	{"jobSelector", regexp.MustCompile("`selector` not auto-generated")},
	{"quantity", regexp.MustCompile(`quantities must match the regular expression|unable to parse quantity`)},
	{"time", regexp.MustCompile(`parsing time `)},
	{"cidr", regexp.MustCompile(`must be a valid CIDR value|must not have bits set beyond the prefix length`)},
	{"ipBlock", regexp.MustCompile("must be a strict subset of `cidr`")},
	{"limitRange", regexp.MustCompile(`(min|default request|default) value .* is greater than|ratio .* (is less than 1|is greater than max/min)`)},
	{"secretContent", regexp.MustCompile(`<secret contents redacted>`)},
	{"dataSize", regexp.MustCompile(`Too long: may not be more than 1048576 bytes`)},
	{"ip", regexp.MustCompile(`must be a valid IP address|must be in canonical form|may not be (unspecified|in the)|must not have leading 0s|IPv4-mapped`)},
}

// explained reports whether every reason of a rejection is beyond CUE.
func explained(v Verdict) bool {
	for _, e := range v.Errors {
		known := false
		for _, b := range beyondCUE {
			known = known || b.message.MatchString(e.Message)
		}
		if !known {
			return false
		}
	}
	return len(v.Errors) > 0
}

// unspeakable reports whether CUE has no words for what the server takes: a
// null in a map of moments, which is a moment that cannot be written; a volume
// of a StatefulSet that bears the name of a claim, which takes its place before
// anything looks at it; two topologies of a StorageClass that say the same.
func unspeakable(tree mutate.Tree) bool {
	pods, _ := mutate.At(tree, "status", "disruptedPods").(map[string]any)
	for _, v := range pods {
		if v == nil {
			return true
		}
	}
	topologies, _ := mutate.At(tree, "allowedTopologies").([]any)
	for i, x := range topologies {
		for _, y := range topologies[:i] {
			if reflect.DeepEqual(x, y) {
				return true
			}
		}
	}
	claims, _ := mutate.At(tree, "spec", "volumeClaimTemplates").([]any)
	volumes, _ := mutate.At(tree, "spec", "template", "spec", "volumes").([]any)
	for _, c := range claims {
		for _, v := range volumes {
			if name := mutate.At(c, "metadata", "name"); name != nil && mutate.At(v, "name") == name {
				return true
			}
		}
	}
	return false
}
