package trace

import (
	"fmt"
	"strings"

	"github.com/rollcast/rollcast/planner"
)

// statefulSetSpec reads a spec line: one replica, OrderedReady, RollingUpdate
// with partition 0 and ten old revisions if it does not say otherwise.
func statefulSetSpec(fields Fields) (planner.Spec, error) {
	s := planner.Spec{
		Kind: planner.StatefulSet, Replicas: 1, RevisionHistoryLimit: 10,
		Strategy: planner.Strategy{Type: planner.RollingUpdate},
		Set:      planner.SetSpec{Name: "web"},
	}
	var e planner.Edit
	for _, f := range fields {
		var err error
		switch {
		case f.Key == "kind":
		case f.Key == "podManagementPolicy":
			s.Set.Parallel = f.Value == "Parallel"
		case f.Key == "partition" && f.Value == "absent":
			s.Set.NoRollingUpdate = true
		case f.Key == "gate":
			s.Set.MaxUnavailableWorks = f.Value == "MaxUnavailableStatefulSet"
		case f.Key == "claims":
			s.Set.Claims = []string{"data"}
			err = setStatefulSetEdit(&e, f)
		default:
			err = setStatefulSetEdit(&e, f)
		}
		if err != nil {
			return s, fmt.Errorf("%s=%s: %w", f.Key, f.Value, err)
		}
	}
	set(&s.Replicas, e.Replicas)
	set(&s.Strategy.Type, e.Strategy)
	set(&s.Strategy.MaxUnavailable, e.MaxUnavailable)
	set(&s.MinReadySeconds, e.MinReadySeconds)
	set(&s.RevisionHistoryLimit, e.RevisionHistoryLimit)
	set(&s.Set.Partition, e.Partition)
	set(&s.Set.Start, e.Start)
	set(&s.Set.ClaimsFollowScale, e.ClaimsFollowScale)
	if e.MaxUnavailable != nil {
		s.Set.NoRollingUpdate = false // it stands in a rollingUpdate block
	}
	return s, nil
}

func setStatefulSetEdit(e *planner.Edit, f Field) (err error) {
	switch f.Key {
	case "updateStrategy":
		f.Key = "strategy"
	case "partition":
		e.Partition = new(int32)
		*e.Partition, err = number(f.Value)
		return err
	case "start":
		e.Start = new(int32)
		*e.Start, err = number(f.Value)
		return err
	case "claims":
		e.ClaimsFollowScale = new(bool)
		*e.ClaimsFollowScale = f.Value == "Delete"
		return nil
	}
	return setEdit(e, f)
}

func statefulSetEvent(a Act) (planner.Event, error) {
	e := planner.Event{Type: planner.EventType(a.Type)}
	for _, f := range a.Fields {
		var err error
		switch {
		case e.Type == planner.EventEdit || e.Type == planner.EventUpdate:
			if e.Edit == nil {
				e.Edit = &planner.Edit{}
			}
			err = setStatefulSetEdit(e.Edit, f)
		case e.Type == planner.EventDelete && f.Key == "ordinal":
			e.Ordinal = new(int32)
			*e.Ordinal, err = number(f.Value)
		default:
			err = setEvent(&e, f)
		}
		if err != nil {
			return e, fmt.Errorf("%s=%s: %w", f.Key, f.Value, err)
		}
	}
	return e, nil
}

// StatefulSetWords are steps of a StatefulSet as a trace has them: the
// revisions, then the pods by ordinal with their revision (3=2~ is not ready,
// 3=2+ terminates), then the ordinals of the claims that exist. A step names
// claims only where they change; those of the last that did still hold.
func StatefulSetWords(steps []planner.Step) (words []string) {
	claims := ""
	for _, s := range steps {
		var pods []string
		for _, r := range s.Ordinals {
			mark := ""
			switch {
			case r.Terminating:
				mark = "+"
			case !r.Ready:
				mark = "~"
			}
			for i := r.First; i <= r.Last; i++ {
				pods = append(pods, fmt.Sprintf("%d=%d%s", i, r.Revision, mark))
			}
		}
		text := Revisions(s.Revisions)
		if len(pods) > 0 {
			text += " | " + strings.Join(pods, " ")
		}
		if s.Claims != nil {
			claims = " | claims"
			for _, name := range s.Claims {
				claims += " " + name[strings.LastIndexByte(name, '-')+1:]
			}
		}
		words = append(words, text+claims)
	}
	return words
}
