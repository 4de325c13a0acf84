package schema

import (
	"strings"

	"github.com/rollcast/rollcast/schema/table"
)

// meanings are the checks that are written in Go, each in one line. README.md
// has the rest of it, and the Kubernetes function of each.
var meanings = map[string]string{
	"ascending":      "no item is smaller than the one before it",
	"atMost":         "no amount is above the one of the same resource in the limits, and one that cannot be overcommitted equals it",
	"cidr":           "a block of addresses such as 10.0.0.0/8, without bits beyond its length",
	"cron":           "a schedule of five fields, or one such as @daily",
	"dataSize":       "all values together have at most 1048576 bytes",
	"divisor":        "a unit of the resource: 1 or 1m of cpu, 1, 1k, 1Ki and so on of memory",
	"hugePages":      "an amount of huge pages is a multiple of their size, and cpu or memory is named too",
	"indexedName":    "the names of an Indexed job's pods, NAME-0 and on, are DNS labels",
	"ip":             "an IPv4 or IPv6 address as the minor wants it written",
	"ipBlock":        "each of except lies in cidr and is smaller",
	"jobSelector":    "the selector selects the pods of the job, and is the server's own unless manualSelector is true",
	"limitRange":     "min <= defaultRequest <= default <= max of each resource, and the ratio fits them",
	"podAnnotations": "annotations of AppArmor, seccomp, tolerations, mirror pods and deletion cost hold what the server can read",
	"podResources":   "the requests and limits of the containers fit into those of the pod",
	"quantity":       "an amount such as 500m, 1.5 or 2Gi",
	"secretContent":  "the value is a JSON object where the type of the secret asks for one",
	"selects":        "the selector selects the labels of the template",
	"selectsLabels":  "the selector is among the labels of the template",
	"successPolicy":  "succeededIndexes are increasing and below completions, and at least succeededCount",
	"time":           "a moment such as 2026-01-05T10:00:00Z",
	"timeZone":       "a time zone of the IANA database",
	"totalBytes":     "keys and values together are not longer than the server allows",
	"wholeAmounts":   "amounts of resources that cannot be divided are whole numbers",
}

// checkInWords is a check in Go with its arguments and its meaning.
func checkInWords(c *table.Check) string {
	name := c.Name
	if len(c.Args) > 0 {
		name += "(" + strings.Join(c.Args, ", ") + ")"
	}
	return "check " + name + ": " + meanings[c.Name]
}
