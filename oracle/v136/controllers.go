// Package v136 wires the controllers of Kubernetes 1.36 into the oracle.
package v136

import (
	"context"

	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/kubernetes/pkg/controller/deployment"
	"k8s.io/kubernetes/pkg/controller/replicaset"
)

// Workers of each controller, as kube-controller-manager has them.
const workers = 5

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
