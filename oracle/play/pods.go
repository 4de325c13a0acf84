package play

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/rollcast/rollcast/oracle/apiserver"
	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/planner"
)

// A group is the pods of one revision.
type group struct {
	revision    int           // as created, from 1
	waiting     []*corev1.Pod // not ready
	ready       []*corev1.Pod
	terminating []*corev1.Pod
}

// add sorts a pod in.
func (g *group) add(pod *corev1.Pod) {
	switch {
	case cluster.Terminating(pod):
		g.terminating = append(g.terminating, pod)
	case cluster.Ready(pod):
		g.ready = append(g.ready, pod)
	default:
		g.waiting = append(g.waiting, pod)
	}
}

// pods are those that do not terminate.
func (g *group) pods() int { return len(g.waiting) + len(g.ready) }

// due are the waiting pods that become ready in the next round. The groups are
// in the order of their creation; newest is the last revision that was
// created.
func due(readiness planner.Readiness, groups []*group, newest int) ([]*corev1.Pod, error) {
	var pods []*corev1.Pod
	switch readiness {
	case planner.Together:
		for _, g := range groups {
			pods = append(pods, g.waiting...)
		}
	case planner.Never:
		for _, g := range groups {
			if g.revision != newest {
				pods = append(pods, g.waiting...)
			}
		}
	case planner.OneByOne:
		for _, g := range groups { // the last one, the newest, wins
			if len(g.waiting) > 0 {
				pods = g.waiting[:1]
			}
		}
	case planner.Manual:
	default:
		return nil, fmt.Errorf("readiness %q has no rounds", readiness)
	}
	return pods, nil
}

// first are the first n of some pods.
func first(pods []*corev1.Pod, n int32) ([]*corev1.Pod, error) {
	if n < 1 || int(n) > len(pods) {
		return nil, refuse(fmt.Sprintf("there are %d such pods, not %d", len(pods), n))
	}
	return pods[:n], nil
}

// byReadiness puts the pods that have been ready longest first.
func byReadiness(pods []*corev1.Pod) []*corev1.Pod {
	return slices.SortedStableFunc(slices.Values(pods), func(a, b *corev1.Pod) int {
		return cluster.ReadySince(a).Compare(cluster.ReadySince(b))
	})
}

// byOrdinal puts a StatefulSet's pods into the order of their ordinals.
func byOrdinal(pods []*corev1.Pod) []*corev1.Pod {
	return slices.SortedFunc(slices.Values(pods), func(a, b *corev1.Pod) int { return cmp.Compare(ordinal(a), ordinal(b)) })
}

// ordinal is the number at the end of a StatefulSet's pod's name.
func ordinal(pod *corev1.Pod) int { return numberAtEnd(pod.Name) }

// numberAtEnd is the number after the last dash of a name, or -1.
func numberAtEnd(name string) int {
	n, err := strconv.Atoi(name[strings.LastIndexByte(name, '-')+1:])
	if err != nil {
		return -1
	}
	return n
}

// reap ends all terminating pods.
func reap(w apiserver.World, groups []*group) error {
	for _, g := range groups {
		for _, pod := range g.terminating {
			if err := w.Reap(pod); err != nil {
				return err
			}
		}
	}
	return nil
}

// deletePods deletes pods by hand.
func deletePods(w apiserver.World, pods []*corev1.Pod) error {
	for _, pod := range pods {
		if err := w.Delete(apiserver.Pods, pod); err != nil {
			return err
		}
	}
	return nil
}
