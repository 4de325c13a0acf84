package history

import (
	"regexp"
	"strings"
	"time"

	"github.com/rollcast/rollcast/manifest"
)

// addEvent reads an Event of v1 or of events.k8s.io/v1, which has other names
// for the same.
func (h *History) addEvent(r *reader) {
	root := r.doc.Root
	about, message := root.Get("involvedObject"), text(root.Get("message"))
	first := root.Get("firstTimestamp")
	if about == nil {
		about, message, first = root.Get("regarding"), text(root.Get("note")), root.Get("deprecatedFirstTimestamp")
	}
	at := r.time(first)
	if precise := r.time(root.Get("eventTime")); !precise.IsZero() {
		at = precise
	}
	namespace := text(about.Get("namespace"))
	reason := text(root.Get("reason"))
	if text(about.Get("kind")) != "Pod" {
		if name, ok := created(reason, message); ok {
			h.born[namespace+"/"+name] = append(h.born[namespace+"/"+name], at)
		}
		return
	}
	p := h.at(podKey{namespace, text(about.Get("name")), text(about.Get("uid"))})
	switch reason {
	case "Scheduled":
		p.said.scheduled = at
	case "Started":
		p.said.start(at)
		p.restarted = p.restarted || again(root.Get("count"))
	case "Pulled":
		if took, ok := pulled(message); ok {
			p.pulls, p.pulled = p.pulls+took, true
		}
	case "Unhealthy":
		last := at
		for _, key := range []string{"lastTimestamp", "deprecatedLastTimestamp"} {
			if t := r.time(root.Get(key)); t.After(last) {
				last = t
			}
		}
		if !strings.HasPrefix(message, "Liveness") && last.After(p.unready) {
			p.unready = last
		}
	case "BackOff", "Killing":
		p.restarted = p.restarted || strings.Contains(message, "restart")
	}
}

// again says that an event happened more than once.
func again(count *manifest.Node) bool { n := number(count); return n != "" && n != "0" && n != "1" }

// created is the pod that a controller says it has created:
//
//	SuccessfulCreate  Created pod: web-5d4f8c7b9-x2x7q
//	SuccessfulCreate  create Pod db-0 in StatefulSet db successful
func created(reason, message string) (name string, ok bool) {
	if reason != "SuccessfulCreate" {
		return "", false
	}
	if name, ok = strings.CutPrefix(message, "Created pod: "); ok {
		return name, true
	}
	rest, ok := strings.CutPrefix(message, "create Pod ")
	name, _, _ = strings.Cut(rest, " ")
	return name, ok
}

// pullTime is at the end of what a kubelet says of a pull, before 1.29 without
// the second half and before 1.30 without the size:
//
//	Successfully pulled image "web:2" in 3.2s (5.1s including waiting). Image size: 70 bytes.
var pullTime = regexp.MustCompile(` in ([0-9.a-zµ]{1,30})(?: \(([0-9.a-zµ]{1,30}) including waiting\))?`)

// pulled is how long a pull took, with the waiting for pulls of other pods; an
// image that is there already takes no time.
func pulled(message string) (took time.Duration, ok bool) {
	if strings.HasSuffix(message, "already present on machine") || strings.Contains(message, "already present on machine and can be accessed") {
		return 0, true
	}
	m := pullTime.FindStringSubmatch(message)
	if m == nil {
		return 0, false
	}
	text := m[1]
	if m[2] != "" {
		text = m[2]
	}
	took, err := time.ParseDuration(text)
	return took, err == nil && took >= 0 && took <= longest
}
