package planner

import (
	"fmt"
	"math"
	"slices"
)

// A JobSpec is what only a Job has, with its defaults filled in.
type JobSpec struct {
	Completions             *int32 // nil: one success is enough, and nothing is started after it
	Parallelism             int32
	Indexed                 bool
	BackoffLimit            int32 // failed pods beyond which the Job fails
	BackoffLimitPerIndex    *int32
	MaxFailedIndexes        *int32
	ActiveDeadlineSeconds   *int64
	TTLSecondsAfterFinished *int32
	Suspend                 bool
	RestartInPlace          bool // restartPolicy OnFailure
	ReplaceFailedOnly       bool // podReplacementPolicy Failed
	FailurePolicy           []FailureRule
	SuccessPolicy           []SuccessRule
}

// FailureAction is what a rule of a podFailurePolicy makes of a failed pod.
type FailureAction string

const (
	ActionIgnore    FailureAction = "Ignore"    // not counted
	ActionCount     FailureAction = "Count"     // as without a rule
	ActionFailJob   FailureAction = "FailJob"   // the whole Job fails
	ActionFailIndex FailureAction = "FailIndex" // its index is not tried again
)

// A FailureRule is one rule of a podFailurePolicy: by exit codes, or by the
// condition DisruptionTarget.
type FailureRule struct {
	Action     FailureAction
	ExitCodes  []int32 // any of them; with NotIn any other but 0
	NotIn      bool
	Disruption bool
}

// A SuccessRule is one rule of a successPolicy: so many of some indexes.
type SuccessRule struct {
	Indexes []IndexRange // nil for all
	Count   *int32       // nil for all of Indexes
}

// An IndexRange is indexes from First to Last.
type IndexRange struct{ First, Last int64 }

// check refuses what no API server would take.
func (s JobSpec) check() error {
	for _, field := range []struct {
		name  string
		value *int32
	}{
		{"parallelism", &s.Parallelism}, {"backoffLimit", &s.BackoffLimit}, {"completions", s.Completions},
		{"backoffLimitPerIndex", s.BackoffLimitPerIndex}, {"maxFailedIndexes", s.MaxFailedIndexes},
		{"ttlSecondsAfterFinished", s.TTLSecondsAfterFinished},
	} {
		if field.value != nil && *field.value < 0 {
			return fmt.Errorf("%s is %d, and cannot be negative", field.name, *field.value)
		}
	}
	if d := s.ActiveDeadlineSeconds; d != nil && *d < 1 {
		return fmt.Errorf("activeDeadlineSeconds is %d, and must be positive", *d)
	}
	if s.Indexed && s.Completions == nil {
		return fmt.Errorf("an Indexed Job needs completions")
	}
	if s.Indexed && s.Parallelism > 100_000 {
		return fmt.Errorf("parallelism is %d, and an Indexed Job has at most 100000", s.Parallelism)
	}
	if !s.Indexed && (s.BackoffLimitPerIndex != nil || s.SuccessPolicy != nil) {
		return fmt.Errorf("backoffLimitPerIndex and successPolicy need an Indexed Job")
	}
	if n := s.indexes(); s.MaxFailedIndexes != nil && int64(*s.MaxFailedIndexes) > n {
		return fmt.Errorf("maxFailedIndexes is %d, and there are %d completions", *s.MaxFailedIndexes, n)
	}
	for _, r := range s.SuccessPolicy {
		if last := len(r.Indexes) - 1; last >= 0 && r.Indexes[last].Last >= s.indexes() {
			return fmt.Errorf("successPolicy names index %d, and there are %d completions", r.Indexes[last].Last, s.indexes())
		}
		if r.Count != nil && int64(*r.Count) > s.indexes() {
			return fmt.Errorf("successPolicy wants %d successes, and there are %d completions", *r.Count, s.indexes())
		}
	}
	for _, r := range s.FailurePolicy {
		if err := oneOf("action", r.Action, ActionIgnore, ActionCount, ActionFailJob, ActionFailIndex); err != nil {
			return err
		}
	}
	return nil
}

// action is what the first rule that matches makes of a failed pod.
//
// Mirrors matchPodFailurePolicy.
func (s JobSpec) action(exitCode int32, disruption bool) FailureAction {
	for _, r := range s.FailurePolicy {
		switch {
		case r.Disruption && disruption:
			return r.Action
		case !r.Disruption && exitCode != 0 && slices.Contains(r.ExitCodes, exitCode) != r.NotIn:
			return r.Action
		}
	}
	return ActionCount
}

// indexes is how many indexes an Indexed Job has.
func (s JobSpec) indexes() int64 {
	if s.Completions == nil {
		return math.MaxInt32
	}
	return int64(*s.Completions)
}
