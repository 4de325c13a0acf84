package schema

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rollcast/rollcast/finding"
	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/schema/table"
)

// CheckNames are the checks that a schema may name with @check, because they
// need a parser or arithmetic that CUE has not.
var CheckNames = []string{
	"ascending", "atMost", "cidr", "cron", "dataSize", "divisor", "hugePages",
	"indexedName", "ip", "ipBlock", "jobSelector", "limitRange", "podAnnotations",
	"podResources", "quantity", "secretContent", "selects", "selectsLabels",
	"successPolicy", "time", "timeZone", "totalBytes", "wholeAmounts",
}

// checkNamed is the check of a name, or nil. A switch, and no map, so that
// nothing is built at start.
func checkNamed(name string) func(*call) {
	switch name {
	case "ascending":
		return checkAscending
	case "atMost":
		return checkAtMost
	case "cidr":
		return checkCIDR
	case "cron":
		return checkCron
	case "dataSize":
		return checkDataSize
	case "divisor":
		return checkDivisor
	case "hugePages":
		return checkHugePages
	case "indexedName":
		return checkIndexedName
	case "ip":
		return checkIP
	case "ipBlock":
		return checkIPBlock
	case "jobSelector":
		return checkJobSelector
	case "limitRange":
		return checkLimitRange
	case "podAnnotations":
		return checkPodAnnotations
	case "podResources":
		return checkPodResources
	case "quantity":
		return checkQuantity
	case "secretContent":
		return checkSecretContent
	case "selects":
		return checkSelects
	case "selectsLabels":
		return checkSelectsLabels
	case "successPolicy":
		return checkSuccessPolicy
	case "time":
		return checkTime
	case "timeZone":
		return checkTimeZone
	case "totalBytes":
		return checkTotalBytes
	case "wholeAmounts":
		return checkWholeAmounts
	}
	return nil
}

// A call is one use of a check: the value it judges, and the mapping around it
// (the innermost frame), or the mapping itself.
type call struct {
	c               *checker
	node            *manifest.Node
	args            []string
	message, ruleID string // of the schema, "" for the check's own
	// holder is what the server names in the place of a value inside it; nil
	// for the value itself.
	holder *manifest.Node
}

// named runs a named check.
func (c *checker) named(k *table.Check, n *manifest.Node, at site, message, ruleID string) {
	if !c.checks {
		return
	}
	run := checkNamed(k.Name)
	if run == nil {
		return // a test refuses tables with such names
	}
	if c.isFaulty(n) {
		c.doubt()
		return
	}
	args := k.Args
	if c.shape > 0 {
		if k.Name != "quantity" && k.Name != "time" {
			return
		}
		args = nil // what cannot be parsed cannot be dropped either
	}
	c.calling = call{c: c, node: n, args: args, message: message, ruleID: ruleID}
	run(&c.calling)
	c.takeUnsure()
}

// option is the value of an argument key=value, "" where it is not given.
func (k *call) option(key string) string {
	for _, a := range k.args {
		if name, v, ok := strings.Cut(a, "="); ok && name == key {
			return v
		}
	}
	return ""
}

// get is the field at a dotted path from the innermost mapping; an absent slot
// where something on the way is faulty.
func (k *call) get(path string) slot {
	first, rest, more := strings.Cut(path, ".")
	s := k.c.get(k.c.frames, first)
	if more {
		s = k.c.follow(s, strings.Split(rest, "."), k.c.frames)
	}
	if k.c.takeUnsure() {
		return slot{}
	}
	return s
}

// fail tells a fault of a value.
func (k *call) fail(n *manifest.Node, format string, args ...any) {
	k.failAs("value", n, nil, format, args...)
}

func (k *call) failAs(rule string, n *manifest.Node, related []finding.Related, format string, args ...any) {
	c := k.c
	if c.hushed() {
		return
	}
	if c.isFaulty(n) {
		return
	}
	n = c.real(n)
	path := c.pathOf(n)
	f := fault{rule: rule, message: fmt.Sprintf(format, args...), path: path, rng: c.place(n, path)}
	if k.holder != nil {
		f.path = c.pathOf(k.holder)
	}
	f.related = c.anchored(n, related)
	if k.message != "" {
		f.message = k.message
	}
	if k.ruleID != "" {
		f.rule = k.ruleID
	}
	c.markFaulty(n)
	c.tell(f)
}

// name is how a message names the value that is judged.
func (k *call) name(n *manifest.Node) string {
	if k.c.quiet > 0 {
		return ""
	}
	return nameOf(k.c.pathOf(n))
}

// checkTime: a string in the form of RFC 3339, as time.Parse reads it.
func checkTime(k *call) {
	if _, err := time.Parse(time.RFC3339, k.node.Text); err != nil {
		k.fail(k.node, "%s %s must be a time such as 2026-01-31T12:00:00Z", k.name(k.node), quoted(k.node))
	}
}

// checkTotalBytes: the keys and values of a map, or the items of a list, are
// together at most so many bytes; separator counts between items.
func checkTotalBytes(k *call) {
	limit, _ := strconv.Atoi(k.args[0])
	separator, _ := strconv.Atoi(k.option("separator"))
	total := 0
	for _, p := range k.node.Pairs {
		total += len(p.Key.Text)
		if p.Value.Kind != manifest.Null {
			total += len(p.Value.Text)
		}
	}
	for i, item := range k.node.Items {
		if i > 0 {
			total += separator
		}
		total += len(item.Text)
	}
	if total > limit {
		k.fail(k.node, "%s holds %d bytes, and at most %d are allowed", k.name(k.node), total, limit)
	}
}
