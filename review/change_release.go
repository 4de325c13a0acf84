package review

import (
	"fmt"

	"github.com/rollcast/rollcast/workload"
)

// releases says of a change that lets a rollout go on, which was held back, that
// older changes reach the pods now: manifests do not tell which.
func (ch *Change) releases(old, now *workload.Workload) {
	if ch.Is(RolledOut) || ch.Is(Rejected) || ch.Is(Renamed) && ch.Base.Name != ch.Document.Name {
		return
	}
	if old.Paused && !now.Paused {
		ch.warn("it is resumed: what changed in its template while it was paused rolls out now")
	}
	was, is := old.Update, now.Update
	if was == nil || is == nil {
		return
	}
	switch {
	case was.OnDelete && !is.OnDelete:
		ch.warn("updateStrategy is no longer OnDelete: pods that still have an older version restart now")
	case !was.OnDelete && !is.OnDelete && is.Partition < was.Partition && int64(is.Partition) < int64(now.Replicas.Effective):
		ch.warn(fmt.Sprintf("the partition goes from %d to %d: pods from ordinal %d on that still have an older version restart now", was.Partition, is.Partition, is.Partition))
	}
}

// suspension says what a switched spec.suspend does to the pods of a Job, and to
// the runs of a CronJob.
func suspension(kind workload.Kind, suspended bool) string {
	switch {
	case kind == workload.Job && suspended:
		return "it is suspended: its running pods are deleted, and start from the beginning when it is resumed"
	case kind == workload.Job:
		return "it is resumed: its pods start now"
	case suspended:
		return "it is suspended: no further run starts, and one that is running goes on"
	}
	return "it is resumed: a run starts at its next time, or at once if it missed one and its startingDeadlineSeconds allows"
}
