package play

import (
	"fmt"
	"strings"
	"testing"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/apiserver"
	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/planner"
)

// Job plays the scenario of a trace on the Job controller.
//
//	spec kind=Job completions=5 parallelism=2 completionMode=Indexed
//	     backoffLimit=2 backoffLimitPerIndex=1 maxFailedIndexes=1
//	     activeDeadlineSeconds=60 ttlSecondsAfterFinished=60 suspend=true
//	     podReplacementPolicy=Failed restartPolicy=OnFailure
//	     onExit=3:Ignore,42:FailJob onDisruption=Ignore
//	     succeededIndexes=0-1 succeededCount=2
//
// onExit and onDisruption are the rules of a podFailurePolicy, succeeded… the
// one rule of a successPolicy. The first event is create. fail may say
// exitCode=42 or disruption=true.
//
// A state is the Job's status, then how it stands: Suspended, FailureTarget or
// SuccessCriteriaMet with their reasons while pods are being stopped, Complete
// or Failed with its reason, gone when its time to live is over.
//
//	active=2 ready=1 succeeded=1 failed=0 completed=0
func Job(t *testing.T, controllers cluster.Controllers, script trace.Text, options Options) (states [][]string, err error) {
	m, err := readMode(script.Scenario)
	if err != nil {
		return nil, err
	}
	o := cluster.Options{
		// The controller batches its syncs for a second, and retries one that
		// failed a second later.
		Second: cluster.LongSecond, Quiet: 2500 * time.Millisecond,
		Seed: options.Seed, Latency: options.Latency, Observe: options.observe(), Graceful: m.graceful(),
	}
	err = cluster.Run(t, controllers, o, func(c *cluster.Cluster) error {
		j := &job{Cluster: c, mode: m, spec: script.Spec, hidesActive: options.HidesActive}
		states, err = perform[trace.Act, string](j, Script[trace.Act, string](script.Acts))
		return err
	})
	return states, err
}

// A job is one Job in a cluster of its own.
type job struct {
	*cluster.Cluster
	mode
	spec    trace.Fields
	created bool
	// hidesActive says that the status has active=0 while the controller
	// waits for a back-off, whatever runs.
	hidesActive bool
}

// object is the Job, or nil before its creation and after its end.
func (j *job) object(w apiserver.World) *batchv1.Job {
	jobs := apiserver.List[*batchv1.Job](w, apiserver.Jobs)
	if len(jobs) == 0 {
		return nil
	}
	return jobs[0]
}

// active are the pods that run or wait to, in the order in which they end: by
// index, then as they were created.
func (j *job) active(w apiserver.World) []*corev1.Pod {
	var pods []*corev1.Pod
	for _, pod := range apiserver.List[*corev1.Pod](w, apiserver.Pods) {
		if !cluster.Terminating(pod) && !cluster.Ended(pod) {
			pods = append(pods, pod)
		}
	}
	return byIndex(pods)
}

// state implements player.
func (j *job) state() (state string, err error) {
	err = j.Server.Do(func(w apiserver.World) error {
		object := j.object(w)
		if object == nil {
			state = "active=0 ready=0 succeeded=0 failed=0"
			if j.created {
				state = "gone"
			}
			return nil
		}
		s, active := object.Status, len(j.active(w))
		if j.hidesActive && s.Active == 0 {
			s.Active = int32(active)
		}
		var b strings.Builder
		fmt.Fprintf(&b, "active=%d ready=%d succeeded=%d failed=%d", s.Active, value(s.Ready), s.Succeeded, s.Failed)
		if n := value(s.Terminating); n > 0 {
			fmt.Fprintf(&b, " terminating=%d", n)
		}
		if s.CompletedIndexes != "" {
			fmt.Fprintf(&b, " completed=%s", s.CompletedIndexes)
		}
		if f := s.FailedIndexes; f != nil && *f != "" {
			fmt.Fprintf(&b, " failedIndexes=%s", *f)
		}
		b.WriteString(standing(s.Conditions))
		if int(s.Active) != active && !ended(s.Conditions) {
			return fmt.Errorf("%d pods are active, and the Job's status is %s", active, &b)
		}
		state = b.String()
		return nil
	})
	return state, err
}

func value(n *int32) int32 {
	if n == nil {
		return 0
	}
	return *n
}

// standing is how a Job stands: its last word if it has ended, else what holds
// it up.
func standing(conditions []batchv1.JobCondition) string {
	words := ""
	for _, c := range conditions {
		if c.Status != corev1.ConditionTrue {
			continue
		}
		word := string(c.Type)
		if c.Type != batchv1.JobSuspended && c.Type != batchv1.JobComplete {
			word += "(" + c.Reason + ")"
		}
		if c.Type == batchv1.JobComplete || c.Type == batchv1.JobFailed {
			return " " + word
		}
		words += " " + word
	}
	return words
}

// ended tells whether a Job is complete or has failed.
func ended(conditions []batchv1.JobCondition) bool {
	for _, c := range conditions {
		if c.Status == corev1.ConditionTrue && (c.Type == batchv1.JobComplete || c.Type == batchv1.JobFailed) {
			return true
		}
	}
	return false
}

// rounds implements player.
func (j *job) rounds(a trace.Act) (int, bool) { return runRounds(a) }

// round implements player: every active pod succeeds, in one-by-one one, in
// never none.
func (j *job) round() (bool, error) {
	began := false
	err := j.Server.Do(func(w apiserver.World) error {
		pods := j.active(w)
		switch {
		case j.readiness == planner.Manual || j.readiness == planner.Never:
			pods = nil
		case j.readiness == planner.OneByOne && len(pods) > 1:
			pods = pods[:1]
		}
		began = len(pods) > 0
		if !began {
			return nil
		}
		if j.termination == planner.TerminateNext {
			if err := j.reap(w); err != nil {
				return err
			}
		}
		return j.end(w, pods, corev1.PodSucceeded, 0, false)
	})
	if err != nil || !began {
		return false, err
	}
	return true, j.Settle()
}

// reap ends all terminating pods. Their kubelets report how they ended first.
func (j *job) reap(w apiserver.World) error {
	for _, pod := range apiserver.List[*corev1.Pod](w, apiserver.Pods) {
		if cluster.Terminating(pod) {
			if !cluster.Ended(pod) {
				if err := j.end(w, []*corev1.Pod{pod}, corev1.PodFailed, killed, false); err != nil {
					return err
				}
			}
			if err := w.Reap(pod); err != nil {
				return err
			}
		}
	}
	return nil
}

// killed is the exit code of a process that SIGKILL ends.
const killed = 137

// end ends pods as their kubelet does.
func (j *job) end(w apiserver.World, pods []*corev1.Pod, phase corev1.PodPhase, exitCode int32, disruption bool) error {
	for _, pod := range pods {
		err := j.SetPhase(w, pod, phase, func(pod *corev1.Pod) {
			pod.Status.ContainerStatuses = []corev1.ContainerStatus{{
				Name: "web",
				State: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{
					ExitCode: exitCode, FinishedAt: metav1.NewTime(j.Now()),
				}},
			}}
			if disruption {
				pod.Status.Conditions = append(pod.Status.Conditions, corev1.PodCondition{Type: corev1.DisruptionTarget, Status: corev1.ConditionTrue})
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}
