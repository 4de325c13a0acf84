package workload

import (
	"slices"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// A livePod is a pod as the cluster has it.
type livePod struct {
	doc      *manifest.Document
	state    planner.PodState
	revision string // label controller-revision-hash
	node     string
}

// stuckReasons are why a container waits for something that does not come by
// itself.
var stuckReasons = []string{
	"ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull", "CrashLoopBackOff",
	"CreateContainerConfigError", "CreateContainerError", "RunContainerError",
}

// pods reads the pods that count: those that have ended do not.
func (l *liveReader) pods(owner *manifest.Document) (list []livePod) {
	for _, d := range l.owned("Pod", owner) {
		phase, leaving := word(d, "status", "phase"), word(d, "metadata", "deletionTimestamp") != ""
		if (phase == "Succeeded" || phase == "Failed") && !leaving {
			continue
		}
		p := livePod{doc: d, state: planner.PodWaiting, revision: word(d, "metadata", "labels", "controller-revision-hash"), node: word(d, "spec", "nodeName")}
		switch {
		case leaving:
			p.state = planner.PodTerminating
		case condition(d, "Ready") == "True":
			p.state = planner.PodAvailable
		case condition(d, "PodScheduled") == "False" || stuck(d):
			p.state = planner.PodStuck
		}
		list = append(list, p)
	}
	return list
}

// condition is the status of a condition of a pod.
func condition(d *manifest.Document, name string) string {
	for _, c := range itemsOf(d.Root.At(manifest.Keys("status", "conditions"))) {
		if wordOf(c, "type") == name {
			return wordOf(c, "status")
		}
	}
	return ""
}

func stuck(d *manifest.Document) bool {
	for _, field := range []string{"initContainerStatuses", "containerStatuses"} {
		for _, c := range itemsOf(d.Root.At(manifest.Keys("status", field))) {
			if slices.Contains(stuckReasons, wordOf(c, "state", "waiting", "reason")) {
				return true
			}
		}
	}
	return false
}

// count counts the pods of a ReplicaSet by state. Which of the ready ones are
// available only their number tells: the time of day is not in the output.
func count(r *planner.StartRevision, pods []livePod, available int32) {
	for _, p := range pods {
		switch p.state {
		case planner.PodAvailable, planner.PodReady:
			if r.Available < available {
				r.Available++
			} else {
				r.Ready++
			}
		case planner.PodWaiting:
			r.Waiting++
		case planner.PodStuck:
			r.Stuck++
		case planner.PodTerminating:
			r.Terminating++
		}
	}
}

// ordinal is the number at the end of a pod's name, -1 where there is none.
func ordinal(name string) int64 {
	i := strings.LastIndexByte(name, '-')
	if i < 0 || i+1 == len(name) {
		return -1
	}
	var n int64
	for _, c := range name[i+1:] {
		if c < '0' || c > '9' || n > 1<<31 {
			return -1
		}
		n = n*10 + int64(c-'0')
	}
	return n
}
