package history

import (
	"regexp"
	"strings"
)

// of says that the pod belongs to a workload: by its owner where its object is
// known, else by the form of its name.
//
//	Deployment web   ReplicaSet web-5d4f8c7b9, pods web-5d4f8c7b9-x2x7q
//	StatefulSet db   pods db-0, db-1
//	CronJob report   Job report-29458105, pods report-29458105-x2x7q
func (p *pod) of(kind, name string) bool {
	if kind == "Pod" {
		return p.key.name == name
	}
	if p.owner != (owner{}) {
		return p.owner.of(kind, name, p.hash)
	}
	rest, ok := strings.CutPrefix(p.key.name, name+"-")
	form := podForms[kind]
	return ok && form != nil && form.MatchString(rest)
}

// of says that a controller of pods is a workload, or belongs to one.
func (o owner) of(kind, name, hash string) bool {
	rest, prefixed := strings.CutPrefix(o.name, name+"-")
	switch kind {
	case "Deployment":
		return o.kind == "ReplicaSet" && prefixed && (rest == hash || hash == "" && hashForm.MatchString(rest))
	case "CronJob":
		return o.kind == "Job" && prefixed && minutesForm.MatchString(rest)
	default:
		return o.kind == kind && o.name == name
	}
}

// What stands behind a workload's name, in names that controllers make up:
// Kubernetes uses no vowels and nothing that looks like another character
// there (apimachinery's rand.SafeEncodeString), and a CronJob's Job has the
// minute of its slot since 1970.
var (
	hashForm    = regexp.MustCompile(`^[b-df-hj-np-tv-z2-9]{1,10}$`)
	minutesForm = regexp.MustCompile(`^[0-9]{8}$`)
	own         = regexp.MustCompile(`^[b-df-hj-np-tv-z2-9]{5}$`)
	podForms    = map[string]*regexp.Regexp{
		"Deployment":            regexp.MustCompile(`^[b-df-hj-np-tv-z2-9]{6,10}-[b-df-hj-np-tv-z2-9]{5}$`),
		"ReplicaSet":            own,
		"ReplicationController": own,
		"DaemonSet":             own,
		"StatefulSet":           regexp.MustCompile(`^[0-9]{1,10}$`),
		"Job":                   regexp.MustCompile(`^([0-9]{1,6}-)?[b-df-hj-np-tv-z2-9]{5}$`),
		"CronJob":               regexp.MustCompile(`^[0-9]{8}-([0-9]{1,6}-)?[b-df-hj-np-tv-z2-9]{5}$`),
	}
)
