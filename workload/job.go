package workload

import (
	"math"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/planner"
)

// readJob reads what the planner needs of the Job whose spec stands at the
// path, with the defaults of batch/v1: one completion at a time, six failed
// pods forgiven, or, with backoffLimitPerIndex, any number in all.
//
// Example: without completions and parallelism both are 1; with parallelism: 3
// alone there are no completions, and one success is enough.
func (w *Workload) readJob(r *reader, path manifest.Path) (fault string) {
	field := func(keys ...string) manifest.Path { return path.Append(manifest.Keys(keys...)...) }
	ok := true
	number := func(key string, absent int32) int32 {
		n, fine := r.int32(field(key), absent)
		ok = ok && fine
		return n
	}
	opt := func(key string) *int32 {
		n := number(key, 0)
		if r.node(field(key)) == nil {
			return nil
		}
		return &n
	}
	word := func(p manifest.Path, absent string) string {
		s, fine := r.str(p, absent)
		ok = ok && fine
		return s
	}
	s := &planner.JobSpec{
		Completions: opt("completions"), Parallelism: number("parallelism", 1),
		BackoffLimitPerIndex: opt("backoffLimitPerIndex"), MaxFailedIndexes: opt("maxFailedIndexes"),
		TTLSecondsAfterFinished: opt("ttlSecondsAfterFinished"),
		Indexed:                 word(field("completionMode"), "") == "Indexed",
		RestartInPlace:          word(field("template", "spec", "restartPolicy"), "") == "OnFailure",
	}
	if s.Completions == nil && (s.Indexed || r.node(field("parallelism")) == nil) {
		one := int32(1)
		s.Completions = &one
	}
	limit := int32(6)
	if s.BackoffLimitPerIndex != nil {
		limit = math.MaxInt32
	}
	s.BackoffLimit = number("backoffLimit", limit)
	if n, fine := r.int64(field("activeDeadlineSeconds"), 0); !fine {
		ok = false
	} else if r.node(field("activeDeadlineSeconds")) != nil {
		s.ActiveDeadlineSeconds = &n
	}
	suspend, fine := r.bool(field("suspend"))
	s.Suspend, ok = suspend, ok && fine
	s.FailurePolicy = r.failureRules(field("podFailurePolicy", "rules"))
	s.SuccessPolicy = r.successRules(field("successPolicy", "rules"))
	absent := ""
	if len(s.FailurePolicy) > 0 {
		absent = "Failed"
	}
	s.ReplaceFailedOnly = word(field("podReplacementPolicy"), absent) == "Failed"
	if !ok {
		return path.String() + " cannot be read"
	}
	w.JobSpec = s
	return ""
}

func (r *reader) failureRules(path manifest.Path) (rules []planner.FailureRule) {
	items, _ := r.list(path)
	for i := range items[:min(len(items), maxJoined)] {
		at := func(keys ...string) manifest.Path {
			return path.Append(manifest.Index(i)).Append(manifest.Keys(keys...)...)
		}
		action, _ := r.str(at("action"), "")
		rule := planner.FailureRule{Action: planner.FailureAction(action)}
		if r.node(at("onExitCodes")) != nil {
			operator, _ := r.str(at("onExitCodes", "operator"), "In")
			rule.NotIn = operator == "NotIn"
			values, _ := r.list(at("onExitCodes", "values"))
			for j := range values {
				code, _ := r.int32(at("onExitCodes", "values").Append(manifest.Index(j)), 0)
				rule.ExitCodes = append(rule.ExitCodes, code)
			}
		} else {
			conditions, _ := r.list(at("onPodConditions"))
			for j := range conditions {
				name, _ := r.str(at("onPodConditions").Append(manifest.Index(j), manifest.Key("type")), "")
				rule.Disruption = rule.Disruption || name == "DisruptionTarget"
			}
			if !rule.Disruption {
				continue // of another condition nothing is known
			}
		}
		rules = append(rules, rule)
	}
	return rules
}

func (r *reader) successRules(path manifest.Path) (rules []planner.SuccessRule) {
	items, _ := r.list(path)
	for i := range items[:min(len(items), maxJoined)] {
		at := path.Append(manifest.Index(i))
		var rule planner.SuccessRule
		if n, ok := r.int32(r.in(at, "succeededCount"), 0); ok && r.node(r.in(at, "succeededCount")) != nil {
			rule.Count = &n
		}
		text, _ := r.str(r.in(at, "succeededIndexes"), "")
		for _, part := range strings.Split(text, ",") {
			from, to, ranged := strings.Cut(part, "-")
			if !ranged {
				to = from
			}
			first, err1 := strconv.ParseInt(from, 10, 32)
			last, err2 := strconv.ParseInt(to, 10, 32)
			if err1 == nil && err2 == nil {
				rule.Indexes = append(rule.Indexes, planner.IndexRange{First: first, Last: last})
			}
		}
		rules = append(rules, rule)
	}
	return rules
}

// jobSpec is what the planner simulates of a Job.
func (w *Workload) jobSpec() planner.Spec {
	return planner.Spec{Kind: planner.Job, Job: w.JobSpec, Pod: w.Pod.planned()}
}
