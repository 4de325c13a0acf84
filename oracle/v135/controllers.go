// Package v135 wires the controllers of Kubernetes 1.35 into the oracle.
package v135

import (
	"context"
	"testing"
	"time"

	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/util/flowcontrol"
	"k8s.io/component-base/featuregate"
	featuregatetesting "k8s.io/component-base/featuregate/testing"
	"k8s.io/kubernetes/pkg/controller/cronjob"
	"k8s.io/kubernetes/pkg/controller/daemon"
	"k8s.io/kubernetes/pkg/controller/deployment"
	"k8s.io/kubernetes/pkg/controller/job"
	"k8s.io/kubernetes/pkg/controller/replicaset"
	"k8s.io/kubernetes/pkg/controller/statefulset"
	"k8s.io/kubernetes/pkg/controller/ttlafterfinished"

	"github.com/rollcast/rollcast/oracle/suite"
)

// Workers of each controller, as kube-controller-manager has them.
const workers = 5

// Minor is Kubernetes 1.35.
var Minor = suite.Minor{
	Version:     "1.35",
	Deployment:  Deployment,
	StatefulSet: StatefulSet,
	DaemonSet:   DaemonSet,
	Job:         Job,
	CronJob:     CronJob,
	HidesActive: true,
	Backoffs:    []*time.Duration{&job.DefaultJobPodFailureBackOff, &job.MaxJobPodFailureBackOff},
	Gate: func(t *testing.T, name string) {
		if gates := utilfeature.DefaultFeatureGate; !gates.Enabled(featuregate.Feature(name)) {
			featuregatetesting.SetFeatureGateDuringTest(t, gates, featuregate.Feature(name), true)
		}
	},
}

// Deployment is the Deployment controller with the ReplicaSet controller that
// does its work.
func Deployment(ctx context.Context, client kubernetes.Interface, f informers.SharedInformerFactory) ([]func(context.Context), error) {
	d, err := deployment.NewDeploymentController(ctx, f.Apps().V1().Deployments(), f.Apps().V1().ReplicaSets(), f.Core().V1().Pods(), client)
	if err != nil {
		return nil, err
	}
	rs := replicaset.NewReplicaSetController(ctx, f.Apps().V1().ReplicaSets(), f.Core().V1().Pods(), client, replicaset.BurstReplicas)
	return []func(context.Context){
		func(ctx context.Context) { d.Run(ctx, workers) },
		func(ctx context.Context) { rs.Run(ctx, workers) },
	}, nil
}

// StatefulSet is the StatefulSet controller.
func StatefulSet(ctx context.Context, client kubernetes.Interface, f informers.SharedInformerFactory) ([]func(context.Context), error) {
	s := statefulset.NewStatefulSetController(ctx, f.Core().V1().Pods(), f.Apps().V1().StatefulSets(), f.Core().V1().PersistentVolumeClaims(), f.Apps().V1().ControllerRevisions(), client)
	return []func(context.Context){func(ctx context.Context) { s.Run(ctx, workers) }}, nil
}

// DaemonSet is the DaemonSet controller.
func DaemonSet(ctx context.Context, client kubernetes.Interface, f informers.SharedInformerFactory) ([]func(context.Context), error) {
	d, err := daemon.NewDaemonSetsController(ctx, f.Apps().V1().DaemonSets(), f.Apps().V1().ControllerRevisions(), f.Core().V1().Pods(), f.Core().V1().Nodes(), client, flowcontrol.NewBackOff(time.Second, 15*time.Minute))
	if err != nil {
		return nil, err
	}
	return []func(context.Context){func(ctx context.Context) { d.Run(ctx, workers) }}, nil
}

// Job is the Job controller, with the one that deletes finished Jobs.
func Job(ctx context.Context, client kubernetes.Interface, f informers.SharedInformerFactory) ([]func(context.Context), error) {
	j, err := job.NewController(ctx, f.Core().V1().Pods(), f.Batch().V1().Jobs(), client)
	if err != nil {
		return nil, err
	}
	ttl := ttlafterfinished.New(ctx, f.Batch().V1().Jobs(), client)
	return []func(context.Context){
		func(ctx context.Context) { j.Run(ctx, workers) },
		func(ctx context.Context) { ttl.Run(ctx, workers) },
	}, nil
}

// CronJob is the CronJob controller. No Job controller runs beside it: the
// scenario says when a Job ends.
func CronJob(ctx context.Context, client kubernetes.Interface, f informers.SharedInformerFactory) ([]func(context.Context), error) {
	c, err := cronjob.NewControllerV2(ctx, f.Batch().V1().Jobs(), f.Batch().V1().CronJobs(), client)
	if err != nil {
		return nil, err
	}
	return []func(context.Context){func(ctx context.Context) { c.Run(ctx, workers) }}, nil
}
