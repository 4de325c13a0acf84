package play

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rollcast/rollcast/internal/trace"
)

// jobObject is the object of a spec line, with the API server's defaults.
func jobObject(fields trace.Fields) (*batchv1.Job, error) {
	f := &form{fields: fields}
	f.str("kind", "")
	job := &batchv1.Job{ObjectMeta: metav1.ObjectMeta{Name: "web"}}
	spec := &job.Spec
	setTemplate(&spec.Template, 1)
	spec.Template.Spec.RestartPolicy = corev1.RestartPolicy(f.str("restartPolicy", string(corev1.RestartPolicyNever)))
	mode := batchv1.CompletionMode(f.str("completionMode", string(batchv1.NonIndexedCompletion)))
	spec.CompletionMode = &mode
	spec.Completions, spec.Parallelism = f.opt("completions"), f.opt("parallelism")
	if spec.Completions == nil && spec.Parallelism == nil {
		spec.Completions = new(int32)
		*spec.Completions = 1
	}
	if spec.Parallelism == nil {
		spec.Parallelism = new(int32)
		*spec.Parallelism = 1
	}
	spec.BackoffLimitPerIndex, spec.MaxFailedIndexes = f.opt("backoffLimitPerIndex"), f.opt("maxFailedIndexes")
	limit := int32(6)
	if spec.BackoffLimitPerIndex != nil {
		limit = 1<<31 - 1
	}
	limit = f.int("backoffLimit", limit)
	spec.BackoffLimit = &limit
	spec.ActiveDeadlineSeconds = f.long64("activeDeadlineSeconds")
	spec.TTLSecondsAfterFinished = f.long("ttlSecondsAfterFinished")
	suspend, manual := f.bool("suspend"), false
	spec.Suspend, spec.ManualSelector = &suspend, &manual
	spec.PodFailurePolicy = failurePolicy(f)
	spec.SuccessPolicy = successPolicy(f)
	policy := batchv1.TerminatingOrFailed
	if spec.PodFailurePolicy != nil {
		policy = batchv1.Failed
	}
	policy = batchv1.PodReplacementPolicy(f.str("podReplacementPolicy", string(policy)))
	spec.PodReplacementPolicy = &policy
	return job, f.done()
}

// editJob changes the fields that an edit may change.
func editJob(spec *batchv1.JobSpec, f *form) {
	if n := f.opt("parallelism"); n != nil {
		spec.Parallelism = n
	}
	if n := f.opt("completions"); n != nil {
		spec.Completions = n
	}
	if n := f.long64("activeDeadlineSeconds"); n != nil {
		spec.ActiveDeadlineSeconds = n
	}
	if value, given := f.read("suspend"); given {
		suspend := value == "true"
		spec.Suspend = &suspend
	}
}

// failurePolicy reads onExit=3:Ignore,42:FailJob and onDisruption=Ignore.
func failurePolicy(f *form) *batchv1.PodFailurePolicy {
	var rules []batchv1.PodFailurePolicyRule
	if action, given := f.read("onDisruption"); given {
		rules = append(rules, batchv1.PodFailurePolicyRule{
			Action:          batchv1.PodFailurePolicyAction(action),
			OnPodConditions: []batchv1.PodFailurePolicyOnPodConditionsPattern{{Type: corev1.DisruptionTarget, Status: corev1.ConditionTrue}},
		})
	}
	if list, given := f.read("onExit"); given {
		for _, rule := range strings.Split(list, ",") {
			code, action, _ := strings.Cut(rule, ":")
			n, err := strconv.ParseInt(code, 10, 32)
			f.fail("onExit", err)
			rules = append(rules, batchv1.PodFailurePolicyRule{
				Action: batchv1.PodFailurePolicyAction(action),
				OnExitCodes: &batchv1.PodFailurePolicyOnExitCodesRequirement{
					Operator: batchv1.PodFailurePolicyOnExitCodesOpIn, Values: []int32{int32(n)},
				},
			})
		}
	}
	if rules == nil {
		return nil
	}
	return &batchv1.PodFailurePolicy{Rules: rules}
}

func successPolicy(f *form) *batchv1.SuccessPolicy {
	var rule batchv1.SuccessPolicyRule
	if indexes, given := f.read("succeededIndexes"); given {
		rule.SucceededIndexes = &indexes
	}
	rule.SucceededCount = f.opt("succeededCount")
	if rule.SucceededIndexes == nil && rule.SucceededCount == nil {
		return nil
	}
	return &batchv1.SuccessPolicy{Rules: []batchv1.SuccessPolicyRule{rule}}
}

// podIndex is the completion index of an Indexed Job's pod, else -1.
func podIndex(pod *corev1.Pod) int {
	n, err := strconv.Atoi(pod.Annotations[batchv1.JobCompletionIndexAnnotation])
	if err != nil {
		return -1
	}
	return n
}

// byIndex sorts pods by index, those of one index as they were created.
func byIndex(pods []*corev1.Pod) []*corev1.Pod {
	slices.SortStableFunc(pods, func(a, b *corev1.Pod) int { return cmp.Compare(podIndex(a), podIndex(b)) })
	return pods
}
