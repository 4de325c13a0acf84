package play

import (
	"fmt"
	"strconv"
	"time"

	appsv1 "k8s.io/api/apps/v1"

	"github.com/rollcast/rollcast/oracle/apiserver"
	"github.com/rollcast/rollcast/planner"
)

// act implements player.
func (d *deployment) act(e planner.Event) error {
	switch e.Type {
	case planner.EventUpdate:
		// ReplicaSets that two updates create have to differ in their
		// creationTimestamp, by which the controller orders them.
		time.Sleep(time.Second)
		d.templates++
		return d.edit(func(_ apiserver.World, o *appsv1.Deployment) error {
			setTemplate(&o.Spec.Template, d.templates)
			return editSpec(&o.Spec, e.Edit)
		})
	case planner.EventScale:
		return d.edit(func(_ apiserver.World, o *appsv1.Deployment) error { *o.Spec.Replicas = e.Replicas; return nil })
	case planner.EventPause:
		return d.edit(func(_ apiserver.World, o *appsv1.Deployment) error { o.Spec.Paused = true; return nil })
	case planner.EventResume:
		return d.edit(func(_ apiserver.World, o *appsv1.Deployment) error { o.Spec.Paused = false; return nil })
	case planner.EventEdit:
		return d.edit(func(_ apiserver.World, o *appsv1.Deployment) error { return editSpec(&o.Spec, e.Edit) })
	case planner.EventUndo:
		return d.undo(e.To)
	case planner.EventWait:
		return d.pass(e.Wait)
	case planner.EventReady, planner.EventUnready, planner.EventDelete, planner.EventTerminated:
		if err := d.Server.Do(func(w apiserver.World) error { return d.pods(w, e) }); err != nil {
			return err
		}
		return d.Settle()
	default:
		return refuse(fmt.Sprintf("%s has no meaning for a Deployment", e.Type))
	}
}

// pods does what happens to pods.
func (d *deployment) pods(w apiserver.World, e planner.Event) error {
	sets := d.sets(w)
	if e.Type == planner.EventTerminated {
		return reap(w, groups(sets))
	}
	s, err := find(sets, e.Revision)
	if err != nil {
		return err
	}
	// Whoever has been ready longest stops being so first, and is deleted
	// first: a choice that CONTRACT.md leaves open.
	ready := byReadiness(s.ready)
	switch e.Type {
	case planner.EventReady:
		pods, err := first(s.waiting, e.Pods)
		if err != nil {
			return err
		}
		return d.SetReady(w, pods, true, d.Now())
	case planner.EventUnready:
		pods, err := first(ready, e.Pods)
		if err != nil {
			return err
		}
		return d.SetReady(w, pods, false, d.Now())
	default:
		pods, err := first(append(ready, s.waiting...), e.Pods)
		if err != nil {
			return err
		}
		return deletePods(w, pods)
	}
}

// undo is kubectl rollout undo: it finds the ReplicaSet with the wanted
// revision number and writes its template into the Deployment.
func (d *deployment) undo(to int) error {
	return d.edit(func(w apiserver.World, o *appsv1.Deployment) error {
		if o.Spec.Paused {
			return refuse("a paused Deployment cannot be undone")
		}
		target, err := d.undoTarget(w, to)
		if err != nil {
			return err
		}
		template := target.Spec.Template.DeepCopy()
		delete(template.Labels, appsv1.DefaultDeploymentUniqueLabelKey)
		o.Spec.Template = *template
		return nil
	})
}

// undoTarget is the ReplicaSet with the second-highest revision number, or
// that of a revision as created.
func (d *deployment) undoTarget(w apiserver.World, to int) (*appsv1.ReplicaSet, error) {
	sets := d.sets(w)
	if to != 0 {
		s, err := find(sets, to)
		if err != nil {
			return nil, err
		}
		return s.object, nil
	}
	var highest, second int
	var latest, previous *appsv1.ReplicaSet
	for _, s := range sets {
		if s.object == nil {
			continue
		}
		number, err := strconv.Atoi(s.object.Annotations[revisionAnnotation])
		if err != nil {
			return nil, err
		}
		switch {
		case number > highest:
			second, previous = highest, latest
			highest, latest = number, s.object
		case number > second:
			second, previous = number, s.object
		}
	}
	if previous == nil {
		return nil, refuse("there is no revision to go back to")
	}
	return previous, nil
}

// editSpec applies an edit, and refuses what the API server refuses.
func editSpec(spec *appsv1.DeploymentSpec, edit *planner.Edit) error {
	if edit == nil {
		return nil
	}
	if edit.Replicas != nil {
		*spec.Replicas = *edit.Replicas
	}
	if edit.Paused != nil {
		spec.Paused = *edit.Paused
	}
	setStrategy(&spec.Strategy, edit.Strategy, edit.MaxSurge, edit.MaxUnavailable)
	if edit.MinReadySeconds != nil {
		n, err := longSeconds(*edit.MinReadySeconds)
		if err != nil {
			return err
		}
		spec.MinReadySeconds = n
	}
	if edit.ProgressDeadlineSeconds != nil {
		n, err := longDeadline(*edit.ProgressDeadlineSeconds)
		if err != nil {
			return err
		}
		spec.ProgressDeadlineSeconds = n
	}
	if edit.RevisionHistoryLimit != nil {
		spec.RevisionHistoryLimit = edit.RevisionHistoryLimit
	}
	if *spec.ProgressDeadlineSeconds <= spec.MinReadySeconds {
		return refuse("progressDeadlineSeconds must be greater than minReadySeconds")
	}
	if r := spec.Strategy.RollingUpdate; r != nil && zero(r.MaxSurge.String()) && zero(r.MaxUnavailable.String()) {
		return refuse("maxSurge and maxUnavailable may not both be 0")
	}
	return nil
}

func zero(v string) bool { return v == "0" || v == "0%" }
