package workload

import (
	"slices"
	"strings"
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

// kindGroups are the API groups that serve a kind, or once did.
var kindGroups = map[Kind][]string{
	BarePod:               {""},
	ReplicationController: {""},
	ReplicaSet:            {"apps", "extensions"},
	Deployment:            {"apps", "extensions"},
	StatefulSet:           {"apps"},
	DaemonSet:             {"apps", "extensions"},
	Job:                   {"batch"},
	CronJob:               {"batch"},
}

// KindOf is the workload kind of an object; ok is false where it makes no pods.
func KindOf(apiVersion, kind string) (k Kind, ok bool) {
	groups, ok := kindGroups[Kind(kind)]
	return Kind(kind), ok && slices.Contains(groups, group(apiVersion))
}

// group is the API group of an apiVersion: "apps" of apps/v1, "" of v1.
func group(apiVersion string) string {
	g, _, ok := strings.Cut(apiVersion, "/")
	if !ok {
		return ""
	}
	return g
}

// family is the API group, a group that workloads have moved from being the one
// they are in: apps for extensions.
func family(apiVersion string) string {
	if g := group(apiVersion); g != "extensions" {
		return g
	}
	return "apps"
}
