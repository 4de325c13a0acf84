package cluster

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"github.com/rollcast/rollcast/oracle/apiserver"
)

// A kubelet in a scenario does not act by itself: the scenario says that k
// pods of a revision become ready, or fail, or are gone. Which of the pods
// these are is said by their order, never by their age: ages tie.

// Terminating tells whether a pod has been deleted and is still there.
func Terminating(pod *corev1.Pod) bool { return pod.DeletionTimestamp != nil }

// Ended tells whether a pod has finished, well or badly.
func Ended(pod *corev1.Pod) bool {
	return pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
}

// Ready tells whether a pod's Ready condition is true.
func Ready(pod *corev1.Pod) bool {
	i := readyCondition(pod)
	return i >= 0 && pod.Status.Conditions[i].Status == corev1.ConditionTrue
}

// ReadySince is when a ready pod became so.
func ReadySince(pod *corev1.Pod) time.Time {
	return pod.Status.Conditions[readyCondition(pod)].LastTransitionTime.Time
}

func readyCondition(pod *corev1.Pod) int {
	return slices.IndexFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool { return c.Type == corev1.PodReady })
}

// LongAgo is when the pods of a scenario's start became ready.
func (c *Cluster) LongAgo() time.Time { return c.origin.Add(-1e6 * c.second) }

// SetReady makes pods ready, or not ready, at a time; pending ones start. It
// happens in one stroke, but a batch has no order of its own, and those who
// watch may learn of one part of it before the other: see inParts.
func (c *Cluster) SetReady(w apiserver.World, pods []*corev1.Pod, ready bool, at time.Time) error {
	pods, cut := c.inParts(pods)
	for i, pod := range pods {
		if i == cut {
			w.Gap(apiserver.Pods)
		}
		err := apiserver.ChangeStatus(w, apiserver.Pods, pod, func(pod *corev1.Pod) error {
			pod.Status.Phase = corev1.PodRunning
			setReady(pod, ready, at)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// SweepFrom is the seed from which on runs look for what chance hardly ever
// does. The runs of a trace have lower ones.
const SweepFrom = 40

// BusyFrom is the seed from which on the server is busy in every other pair of
// runs, see apiserver.Options. Not all of them come to rest in time.
const BusyFrom = 400

// inParts puts a batch into an order and cuts it in two: a random order and a
// random cut, at times with the pods of one owner together.
//
// Chance would take thousands of runs to come across each way to cut a batch
// of forty pods. So every other run of many takes the next cut of an order by
// owners, of which there are 80 with two owners of 20 pods; the others put none
// or all of an owner's pods, or any number, before the cut.
func (c *Cluster) inParts(pods []*corev1.Pod) (order []*corev1.Pod, cut int) {
	order = slices.Clone(pods)
	c.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	byOwner, salt := c.random.IntN(2) == 0, c.random.Uint64()
	cut = c.random.IntN(len(order) + 1)
	turn := c.seed / 2
	switch {
	case c.seed >= SweepFrom && c.seed%2 == 0:
		byOwner, cut = true, int(turn%uint64(len(order)+1))
		salt = turn / uint64(len(order)+1)
	case c.seed >= SweepFrom:
		return c.someOfEach(order)
	}
	if byOwner {
		slices.SortStableFunc(order, func(a, b *corev1.Pod) int { return cmp.Compare(ownerRank(a, salt), ownerRank(b, salt)) })
	}
	return order, cut
}

// someOfEach cuts a batch so that of each owner as many pods come first as a
// dice says: none, all, or any number.
func (c *Cluster) someOfEach(pods []*corev1.Pod) (order []*corev1.Pod, cut int) {
	byOwner := map[types.UID][]*corev1.Pod{}
	var owners []types.UID
	for _, pod := range pods {
		uid := metav1.GetControllerOf(pod).UID
		if byOwner[uid] == nil {
			owners = append(owners, uid)
		}
		byOwner[uid] = append(byOwner[uid], pod)
	}
	var rest []*corev1.Pod
	for _, uid := range owners {
		all := byOwner[uid]
		n := []int{0, len(all), c.random.IntN(len(all) + 1)}[min(2, c.random.IntN(5))]
		order, rest = append(order, all[:n]...), append(rest, all[n:]...)
	}
	return append(order, rest...), len(order)
}

// ownerRank puts owners into an order that the salt decides.
func ownerRank(pod *corev1.Pod, salt uint64) uint64 {
	h := fnv.New64a()
	fmt.Fprint(h, salt, metav1.GetControllerOf(pod).UID)
	return h.Sum64()
}

// Available tells whether a pod has been ready for minReadySeconds, which are
// seconds of virtual time as in an object's spec.
func (c *Cluster) Available(pod *corev1.Pod, minReadySeconds int32) bool {
	return Ready(pod) && time.Since(ReadySince(pod)) >= time.Duration(minReadySeconds)*time.Second
}

// SetPhase ends a pod: Succeeded or Failed.
func (c *Cluster) SetPhase(w apiserver.World, pod *corev1.Pod, phase corev1.PodPhase, edit func(*corev1.Pod)) error {
	return apiserver.ChangeStatus(w, apiserver.Pods, pod, func(pod *corev1.Pod) error {
		pod.Status.Phase = phase
		setReady(pod, false, c.Now())
		if edit != nil {
			edit(pod)
		}
		return nil
	})
}

func setReady(pod *corev1.Pod, ready bool, now time.Time) {
	status := corev1.ConditionFalse
	if ready {
		status = corev1.ConditionTrue
	}
	i := readyCondition(pod)
	if i < 0 {
		i = len(pod.Status.Conditions)
		pod.Status.Conditions = append(pod.Status.Conditions, corev1.PodCondition{Type: corev1.PodReady})
	}
	if condition := &pod.Status.Conditions[i]; condition.Status != status {
		condition.Status = status
		condition.LastTransitionTime = metav1.NewTime(now)
	}
}
