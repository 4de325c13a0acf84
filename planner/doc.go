// Package planner simulates the workload controllers of Kubernetes.
//
// Given what a manifest says about a workload (a Spec) and what happens to it
// (a Scenario), Simulate returns the rollout as a list of quiescent states (a
// Plan): how many pods of which revision exist, how many are ready and
// available, and why each number moved. There is no cluster, no YAML, no I/O
// and no wall clock in here, only arithmetic; the same input gives the same
// Plan, to the byte.
//
// The package is meant to be read, one topic a file:
//
//	rounding.go      percentages of replicas, and what 0 and 0 mean
//	deployment.go    the state that the controllers act on
//	sync.go          the order of things in one pass of the Deployment controller
//	rolling.go       RollingUpdate: grow the new ReplicaSet, or else shrink the old
//	recreate.go      Recreate: everything old goes first
//	scale.go         a changed spec.replicas, also in the middle of a rollout
//	proportion.go    how a scale is shared out among several ReplicaSets
//	history.go       revision numbers, undo, and which old ReplicaSets are kept
//	progress.go      status, conditions and the progress deadline
//	replicaset.go    pods follow spec.replicas: which are created, which go first
//	pods.go          pods as counted groups, never one by one
//	events.go        what users, kubelets and nodes do to a workload
//	rounds.go        readiness rounds: together, one by one, never
//	clock.go         time passes: pods become ready, available, and are gone
//	probes.go        from probes to the seconds until a pod is ready
//	timed.go         timed mode: every minimum, every maximum, one range
//	races.go         where the real controllers race, and what else may happen
//	stretch.go       a billion equal rounds in one jump, exactly
//	start.go         a story that begins in the middle of a rollout
//	steps.go         states written down as steps, and the totals over them
//	why.go           each step's reason in one sentence
//	hazards.go       dangers met on the way, as data
//	ifbad.go         the plateau of a version that never becomes ready, and the undo
//
// A StatefulSet has a controller of its own:
//
//	statefulset.go          the state, and which revision a lost pod comes back at
//	statefulset_sync.go     one pass: create, then scale down, then update
//	statefulset_pods.go     pods as rows of ordinals that are alike
//	statefulset_history.go  ControllerRevisions, undo, and which are kept
//	statefulset_claims.go   volume claims, and when they go with their pods
//	statefulset_events.go   what users, kubelets and nodes do to it
//	statefulset_rounds.go   rounds and time
//	statefulset_hold.go     what is waited for, and how a rollout ends
//	statefulset_plan.go     hazards, the way back from a bad version
//	statefulset_steps.go    states written down
//	statefulset_stretch.go  a billion equal rounds in one jump
//	statefulset_why.go      each step's reason
//
// The other kinds share chronicle.go, which plays a scenario and writes it down:
//
//	daemonset.go         nodes that are alike, counted together
//	daemonset_sync.go    one pass: one pod a node, then replace or surge
//	daemonset_events.go  what users, kubelets and nodes that go down do to it
//	daemonset_rounds.go  rounds and time
//	daemonset_leap.go    a billion equal rounds in one jump
//	daemonset_plan.go    states, outcome, hazards, the plateau of a bad version
//	daemonset_why.go     each step's reason
//	job_spec.go          what a Job may say
//	job.go               pods as ranges of numbers; back-off, and what a failure costs
//	job_sync.go          one pass: what ends the Job, and which pods it lacks
//	job_indexes.go       sets of completion indexes
//	job_events.go        what users and kubelets do to it
//	job_rounds.go        rounds and time
//	job_leap.go          a billion equal rounds in one jump
//	job_plan.go          states, outcome, and what becomes of it if its pods fail
//	job_why.go           each step's reason
//	cronjob.go           which slot starts, which is late, which is dropped
//	cronjob_plan.go      the next runs, against the time that a Job takes
//	keeper.go            ReplicaSet, ReplicationController, Pod: nothing is replaced
//
// Numbers of pods are int32 wherever the controllers compute in int32, so that
// they overflow where the controllers overflow; totals are int64.
package planner
