package play

import (
	"fmt"
	"slices"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/apiserver"
	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/planner"
)

// Events that only a Job has.
const (
	eventCreate planner.EventType = "create"
	eventFinish planner.EventType = "finish"
	eventFail   planner.EventType = "fail"
)

// act implements player.
func (j *job) act(a trace.Act) error {
	f := &form{fields: a.Fields}
	var err error
	switch planner.EventType(a.Type) {
	case eventCreate:
		if j.created {
			return refuse("the Job exists already")
		}
		j.created = true
		var object *batchv1.Job
		if object, err = jobObject(j.spec); err == nil {
			err = j.Server.Do(func(w apiserver.World) error { return w.Create(apiserver.Jobs, object) })
		}
	case planner.EventEdit:
		err = j.Server.Do(func(w apiserver.World) error {
			object := j.object(w)
			if object == nil {
				return refuse("there is no Job")
			}
			return apiserver.Change(w, apiserver.Jobs, object, func(object *batchv1.Job) error {
				editJob(&object.Spec, f)
				return f.done()
			})
		})
	case planner.EventWait:
		return j.wait(f.duration("time"))
	case planner.EventReady, planner.EventUnready, planner.EventDelete, planner.EventTerminated, eventFinish, eventFail:
		err = j.Server.Do(func(w apiserver.World) error { return j.happen(w, planner.EventType(a.Type), f) })
	default:
		return refuse(fmt.Sprintf("%s has no meaning for a Job", a.Type))
	}
	if err == nil {
		err = f.done()
	}
	if err != nil {
		return err
	}
	return j.Settle()
}

// wait lets time pass, second by second: the scheduler finds nodes for pods
// that are created on the way, so that they terminate when they are deleted.
// What a Job waits for counts from what its pods are stamped with.
func (j *job) wait(d time.Duration) error {
	for ; d > 0; d -= time.Second {
		if err := j.PassBy(min(d, time.Second)); err != nil {
			return err
		}
	}
	return j.Settle()
}

// happen does what happens to pods. Those that are ready come first, of these
// the lowest index, then the one that was created first.
func (j *job) happen(w apiserver.World, event planner.EventType, f *form) error {
	if event == planner.EventTerminated {
		return j.reap(w)
	}
	active := j.active(w)
	ready := slices.DeleteFunc(slices.Clone(active), func(pod *corev1.Pod) bool { return !cluster.Ready(pod) })
	waiting := slices.DeleteFunc(slices.Clone(active), cluster.Ready)
	from := append(slices.Clone(ready), waiting...)
	switch event {
	case planner.EventReady:
		from = waiting
	case planner.EventUnready:
		from = ready
	}
	if index := f.opt("index"); index != nil {
		from = slices.DeleteFunc(from, func(pod *corev1.Pod) bool { return podIndex(pod) != int(*index) })
	}
	pods, err := first(from, f.int("pods", 1))
	if err != nil {
		return err
	}
	switch event {
	case planner.EventReady:
		return j.SetReady(w, pods, true, j.Now())
	case planner.EventUnready:
		return j.SetReady(w, pods, false, j.Now())
	case planner.EventDelete:
		for _, pod := range pods {
			if err := w.DeleteAt(apiserver.Pods, pod, j.Now()); err != nil {
				return err
			}
		}
		return nil
	case eventFinish:
		return j.end(w, pods, corev1.PodSucceeded, 0, false)
	default:
		exitCode, disruption := f.int("exitCode", 1), f.bool("disruption")
		if j.object(w).Spec.Template.Spec.RestartPolicy == corev1.RestartPolicyOnFailure && !disruption {
			return j.restart(w, pods)
		}
		return j.end(w, pods, corev1.PodFailed, exitCode, disruption)
	}
}

// restart is what a kubelet does with a container that fails in a pod with
// restartPolicy OnFailure.
func (j *job) restart(w apiserver.World, pods []*corev1.Pod) error {
	for _, pod := range pods {
		err := apiserver.ChangeStatus(w, apiserver.Pods, pod, func(pod *corev1.Pod) error {
			pod.Status.Phase = corev1.PodRunning
			if len(pod.Status.ContainerStatuses) == 0 {
				pod.Status.ContainerStatuses = []corev1.ContainerStatus{{Name: "web"}}
			}
			pod.Status.ContainerStatuses[0].RestartCount++
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
