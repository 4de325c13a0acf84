package workload

import (
	"github.com/rollcast/rollcast/manifest"
)

// Kind is a kind of object that makes pods.
type Kind string

const (
	BarePod               Kind = "Pod"
	ReplicationController Kind = "ReplicationController"
	ReplicaSet            Kind = "ReplicaSet"
	Deployment            Kind = "Deployment"
	StatefulSet           Kind = "StatefulSet"
	DaemonSet             Kind = "DaemonSet"
	Job                   Kind = "Job"
	CronJob               Kind = "CronJob"
)

// KindOf is the workload kind of an object; ok is false where it makes no pods,
// also where another group has a kind of the same name.
func KindOf(apiVersion, kind string) (k Kind, ok bool) {
	switch k = Kind(kind); k {
	case BarePod, ReplicationController:
		return k, manifest.GroupFamily(apiVersion, kind) == ""
	case ReplicaSet, Deployment, StatefulSet, DaemonSet:
		return k, manifest.GroupFamily(apiVersion, kind) == "apps"
	case Job, CronJob:
		return k, manifest.GroupFamily(apiVersion, kind) == "batch"
	}
	return k, false
}
