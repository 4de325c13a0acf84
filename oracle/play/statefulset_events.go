package play

import (
	"fmt"
	"slices"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/apiserver"
	"github.com/rollcast/rollcast/planner"
)

// act implements player.
func (s *statefulSet) act(a trace.Act) error {
	f := &form{fields: a.Fields}
	var err error
	switch planner.EventType(a.Type) {
	case planner.EventUpdate:
		s.templates++
		err = s.edit(func(_ apiserver.World, set *appsv1.StatefulSet) error {
			setTemplate(&set.Spec.Template, s.templates)
			editStatefulSet(&set.Spec, f)
			return f.done()
		})
	case planner.EventScale, planner.EventEdit:
		err = s.edit(func(_ apiserver.World, set *appsv1.StatefulSet) error {
			editStatefulSet(&set.Spec, f)
			return f.done()
		})
	case planner.EventUndo:
		to := f.int("to", 0)
		err = s.edit(func(w apiserver.World, set *appsv1.StatefulSet) error {
			template, err := s.undoTarget(w, int(to))
			if err == nil {
				set.Spec.Template = *template
			}
			return err
		})
	case planner.EventWait:
		return s.Pass(f.duration("time"))
	case planner.EventReady, planner.EventUnready, planner.EventDelete, planner.EventTerminated:
		err = s.Server.Do(func(w apiserver.World) error { return s.happen(w, planner.EventType(a.Type), f) })
	default:
		return refuse(fmt.Sprintf("%s has no meaning for a StatefulSet", a.Type))
	}
	if err == nil {
		err = f.done()
	}
	if err != nil {
		return err
	}
	return s.Settle()
}

// edit changes the object as a user does.
func (s *statefulSet) edit(edit func(apiserver.World, *appsv1.StatefulSet) error) error {
	time.Sleep(time.Second) // revisions differ in their creationTimestamp
	return s.Server.Do(func(w apiserver.World) error {
		return apiserver.Change(w, apiserver.StatefulSets, s.object(w), func(set *appsv1.StatefulSet) error { return edit(w, set) })
	})
}

// happen does what happens to pods. Of several the lowest ordinals come first.
func (s *statefulSet) happen(w apiserver.World, event planner.EventType, f *form) error {
	all := s.pods(w)
	groups := s.groups(w, all)
	if event == planner.EventTerminated {
		return reap(w, groups)
	}
	if n := f.opt("ordinal"); n != nil {
		i := slices.IndexFunc(all, func(pod *corev1.Pod) bool { return ordinal(pod) == int(*n) })
		if event != planner.EventDelete || i < 0 {
			return refuse(fmt.Sprintf("there is no pod web-%d", *n))
		}
		return deletePods(w, all[i:i+1])
	}
	number, n := f.int("revision", 0), f.int("pods", 1)
	i := slices.IndexFunc(groups, func(g *group) bool { return g.revision == int(number) })
	if i < 0 {
		return refuse(fmt.Sprintf("there is no revision %d", number))
	}
	g := groups[i]
	switch event {
	case planner.EventReady:
		pods, err := first(g.waiting, n)
		if err != nil {
			return err
		}
		return s.SetReady(w, pods, true, s.Now())
	case planner.EventUnready:
		pods, err := first(g.ready, n)
		if err != nil {
			return err
		}
		return s.SetReady(w, pods, false, s.Now())
	default:
		pods, err := first(byOrdinal(append(slices.Clone(g.ready), g.waiting...)), n)
		if err != nil {
			return err
		}
		return deletePods(w, pods)
	}
}
