package planner

// A replicaSet is one version of the pod template with its pods. The fields
// above the blank line are the object as the API server has it; the pods below
// are the world as the kubelets have it. Between the two stands observed, the
// status: what the Deployment controller believes of the pods until the
// ReplicaSet controller has looked again.
type replicaSet struct {
	revision        int   // as created, from 1
	template        int   // which pod template it holds
	number          int64 // annotation deployment.kubernetes.io/revision
	replicas        int32 // spec.replicas
	minReadySeconds int32 // spec.minReadySeconds, copied from the Deployment while this set is the new one
	desiredNote     int32 // annotation desired-replicas: the Deployment's replicas when this set was last sized
	maxNote         int32 // annotation max-replicas: the same plus surge
	observed        counts

	waiting groups  // not ready; oldest first, pods that stopped being ready before all others
	fresh   int32   // of the waiting pods, those that have no node yet
	ready   groups  // by the moment they became ready
	leaving leaving // terminating; no controller counts them
	pace    pace    // how long its pods take
	gone    bool    // deleted by the history limit while pods of it still terminate
}

// counts is a ReplicaSet's status.
type counts struct {
	replicas, ready, available int32
}

// pods is how many pods the set has that are not terminating.
func (rs *replicaSet) pods() int32 { return rs.waiting.count() + rs.ready.count() }

// available counts pods that are ready for minReadySeconds.
//
// Mirrors podutil.IsPodAvailable: ready since 5 s with minReadySeconds 5 is
// available, since 4 s it is not.
func (rs *replicaSet) available(now ms) (n int32) {
	latest := now - seconds(rs.minReadySeconds)
	for i := range rs.ready {
		if rs.ready[i].at <= latest {
			n += rs.ready[i].n
		}
	}
	return n
}

// count is the status as it should be.
func (rs *replicaSet) count(now ms) counts {
	ready := rs.ready.count()
	return counts{replicas: rs.waiting.count() + ready, ready: ready, available: rs.available(now)}
}

// manage is the first half of the ReplicaSet controller: it creates or deletes
// pods until there are spec.replicas of them, and reports whether it did.
//
// Pods that are not ready go first, and of those the youngest: deleting 6 of
// 7 pods, 5 of them waiting, costs 5 waiting and 1 ready pod. Among ready pods
// the one that became ready last goes first. Whether a pod is available plays
// no part.
//
// A pod that is deleted before the controllers have come to rest has no node
// yet, and the API server removes it at once: a scale in mid-rollout that makes
// 7 of 3 pods, and then 4 of 7, leaves none terminating.
//
// Mirrors manageReplicas and the ranking of controller.ActivePodsWithRanks;
// the limit of 500 pods in one pass is left out, because it only spreads the
// work over several passes.
func (d *deployment) manage(rs *replicaSet) bool {
	have := rs.pods()
	switch {
	case d.fork(have < rs.replicas):
		rs.waiting.add(later(d.now, rs.pace.ready), rs.replicas-have)
		rs.fresh += rs.replicas - have
	case d.fork(have > rs.replicas):
		surplus := have - rs.replicas
		waiting := rs.waiting.takeLast(d.least(surplus, rs.waiting.count()))
		rs.ready.takeLast(surplus - waiting)
		d.stamp(len(rs.waiting))
		d.stamp(len(rs.ready))
		unscheduled := d.least(waiting, rs.fresh)
		rs.fresh -= unscheduled
		if !rs.pace.instant {
			rs.leaving.add(later(d.now, rs.pace.leave), surplus-unscheduled)
		}
	default:
		return false
	}
	return true
}

// observe is the second half: it writes the status, and reports whether that
// is news.
func (d *deployment) observe(rs *replicaSet) bool {
	seen := rs.count(d.now)
	if seen == rs.observed {
		return false
	}
	rs.observed = seen
	return true
}

// ms is a moment since the story began, or a duration, in milliseconds. A
// time.Duration ends after 292 years; two billion pods that are replaced one by
// one, a minute each, take 4,000.
type ms int64

// later adds a delay to a moment; what never happens stays so.
func later(now, delay ms) ms {
	if delay >= never {
		return never
	}
	return now + delay
}

// seconds makes a duration of a field that Kubernetes counts in seconds.
func seconds(n int32) ms { return ms(n) * 1000 }
