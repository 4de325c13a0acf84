package facts

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/workload"
)

// resolveSurge tells how maxSurge became a number of pods: a percentage is
// rounded up.
//
// Example: "25% of 3 is 0.75, rounded up to 1".
func resolveSurge(s *planner.Strategy, replicas, pods int32, of string) Resolved {
	switch {
	case s == nil:
		return Resolved{pods, "a pod's successor has its name, so none is added"}
	case s.Type != planner.RollingUpdate:
		return Resolved{pods, "no pod is added under " + string(s.Type)}
	}
	text, _ := share(s.MaxSurge, replicas, of, "up")
	return Resolved{pods, text}
}

// resolveUnavailable tells how maxUnavailable became a number of pods: a
// percentage is rounded down, never to 0 together with maxSurge, and no more
// than the replicas can be unavailable.
//
// Example: "25% of 3 is 0.75, rounded down to 0", or with maxSurge 0 "…, and
// raised to 1 because maxSurge is 0 as well".
func resolveUnavailable(s *planner.Strategy, replicas, pods int32, of string) Resolved {
	if s == nil {
		if pods == 1 {
			return Resolved{pods, "an update takes down one pod at a time"}
		}
		return Resolved{pods, fmt.Sprintf("an update takes down %d pods at a time", pods)}
	}
	if s.Type != planner.RollingUpdate {
		return Resolved{pods, "all old pods go before new ones come under " + string(s.Type)}
	}
	text, n := share(s.MaxUnavailable, replicas, of, "down")
	switch {
	case int64(pods) > n:
		text += fmt.Sprintf(", and raised to %d because maxSurge is 0 as well", pods)
	case int64(pods) < n:
		text += fmt.Sprintf(", of which %s make %d", counted(int64(replicas), "replica"), pods)
	}
	return Resolved{pods, text}
}

// share is v of the replicas in pods, and how it is computed; of says what the
// replicas are, "" for the workload's own.
func share(v planner.IntOrPercent, replicas int32, of, direction string) (text string, pods int64) {
	if !v.Percent {
		return v.String(), int64(v.Value)
	}
	hundredths := int64(v.Value) * int64(replicas)
	pods = hundredths / 100
	text = fmt.Sprintf("%s of %s%d is %s", v, of, replicas, decimal(hundredths))
	if hundredths%100 != 0 {
		if direction == "up" {
			pods++
		}
		text += fmt.Sprintf(", rounded %s to %d", direction, pods)
	}
	return text, pods
}

// decimal writes hundredths as a number: 75 as 0.75, 250 as 2.5, 300 as 3.
func decimal(hundredths int64) string {
	whole := strconv.FormatInt(hundredths/100, 10)
	fraction := strings.TrimRight(fmt.Sprintf("%02d", hundredths%100), "0")
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// slackOf compares a plan with a budget; ok is false where the budget's number
// cannot be known.
//
// Example: minAvailable 90% over 8 replicas asks for 7.2, rounded up to 8. A
// rollout that goes down to 6 ready has a slack of −2. With a second workload
// of 4 under the same budget it asks for 11 of 12, and 6 + 4 are ready.
func slackOf(b *workload.Budget, w *workload.Workload, p *Plan) (Slack, bool) {
	others := b.Others(w)
	pods := others + int64(p.Replicas)
	healthy, ok := b.DesiredHealthy(pods)
	if !ok {
		return Slack{}, false
	}
	ready := others + p.MinReady
	field := "maxUnavailable"
	if b.MinAvailable != nil {
		field = "minAvailable"
	}
	return Slack{
		Name:           b.Document.Name,
		Field:          field,
		Pods:           pods,
		DesiredHealthy: healthy,
		Spare:          pods - healthy,
		Ready:          ready,
		Slack:          ready - healthy,
		Arithmetic:     budgetArithmetic(b, pods, healthy),
	}, true
}

func budgetArithmetic(b *workload.Budget, pods, healthy int64) string {
	if b.MinAvailable != nil {
		return fmt.Sprintf("minAvailable %s of %s", b.MinAvailable, counted(pods, "pod"))
	}
	return fmt.Sprintf("maxUnavailable %s of %s, so %d", b.MaxUnavailable, counted(pods, "pod"), healthy)
}

// counted is a number of things in words: 1 pod, 3 pods.
func counted(n int64, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// killText tells how the earliest kill is computed, D + (F−1)·P.
//
// Example: "initialDelaySeconds 0 + 2 × periodSeconds 10".
func killText(p *workload.Probe) string {
	return fmt.Sprintf("initialDelaySeconds %d + %d × periodSeconds %d", p.InitialDelaySeconds, p.FailureThreshold-1, p.PeriodSeconds)
}

// budgetText tells how a startup budget is computed, D + F·P after what the
// sidecars before may take.
//
// Example: "initialDelaySeconds 15 + failureThreshold 30 × periodSeconds 10 +
// 30 s of the sidecars before it".
func budgetText(p *workload.Probe, before int64) string {
	text := fmt.Sprintf("failureThreshold %d × periodSeconds %d", p.FailureThreshold, p.PeriodSeconds)
	if p.InitialDelaySeconds > 0 {
		text = fmt.Sprintf("initialDelaySeconds %d + %s", p.InitialDelaySeconds, text)
	}
	if before > 0 {
		text = fmt.Sprintf("%s + %d s of the sidecars before it", text, before)
	}
	return text
}

// question describes what a probe asks: "httpGet /ok on port 8080", "exec cat".
func question(h *workload.Handler) string {
	text := string(h.Mechanism)
	switch {
	case h.Mechanism == workload.HTTPGet:
		text += " " + h.HTTPPath
	case len(h.Command) > 0:
		text += " " + h.Command[0]
	}
	switch {
	case h.Unresolvable():
		text += " on port " + h.PortName
	case h.Port > 0:
		text += " on port " + strconv.Itoa(int(h.Port))
	}
	return text
}

// portFault says where a port name is declared, if not by the container, or
// what the container declares instead.
func portFault(pod *workload.Pod, c *workload.Container, name string) string {
	for _, other := range pod.Containers {
		for _, port := range other.Ports {
			if port.Name == name {
				return fmt.Sprintf("container %q does, but a probe sees only its own container's ports", other.Name)
			}
		}
	}
	var names []string
	for _, port := range c.Ports {
		if port.Name != "" {
			names = append(names, strconv.Quote(port.Name))
		}
	}
	if len(names) == 0 {
		return "it declares no named port"
	}
	return "it declares " + strings.Join(names, ", ")
}
