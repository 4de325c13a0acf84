package validate

import (
	extensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	registration "k8s.io/kube-aggregator/pkg/apis/apiregistration/install"
	"k8s.io/kube-aggregator/pkg/registry/apiservice"
	"k8s.io/kubernetes/pkg/api/legacyscheme"

	// The scheme's types, defaults and conversions.
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/discovery/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	_ "k8s.io/kubernetes/pkg/apis/scheduling/install"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"

	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/limitrange"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolume"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/podtemplate"
	"k8s.io/kubernetes/pkg/registry/core/replicationcontroller"
	"k8s.io/kubernetes/pkg/registry/core/resourcequota"
	"k8s.io/kubernetes/pkg/registry/core/secret"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/discovery/endpointslice"
	"k8s.io/kubernetes/pkg/registry/networking/ingress"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrole"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
	"k8s.io/kubernetes/pkg/registry/scheduling/priorityclass"
	"k8s.io/kubernetes/pkg/registry/storage/storageclass"
)

// scheme has the types of all kinds, those of the two servers below the main
// one included.
var scheme = func() *runtime.Scheme {
	extensions.Install(legacyscheme.Scheme)
	registration.Install(legacyscheme.Scheme)
	return legacyscheme.Scheme
}()

var codecs = serializer.NewCodecFactory(scheme)

// strategies are the kinds that the server serves by default and that this
// oracle knows.
var strategies = Strategies{
	kind("apiregistration.k8s.io/v1", "APIService"):            apiservice.NewStrategy(scheme),
	kind("apps/v1", "DaemonSet"):                               daemonset.Strategy,
	kind("apps/v1", "Deployment"):                              deployment.Strategy,
	kind("apps/v1", "ReplicaSet"):                              replicaset.Strategy,
	kind("apps/v1", "StatefulSet"):                             statefulset.Strategy,
	kind("autoscaling/v1", "HorizontalPodAutoscaler"):          horizontalpodautoscaler.Strategy,
	kind("autoscaling/v2", "HorizontalPodAutoscaler"):          horizontalpodautoscaler.Strategy,
	kind("batch/v1", "CronJob"):                                cronjob.Strategy,
	kind("batch/v1", "Job"):                                    job.Strategy,
	kind("discovery.k8s.io/v1", "EndpointSlice"):               endpointslice.Strategy,
	kind("rbac.authorization.k8s.io/v1", "ClusterRole"):        clusterrole.Strategy,
	kind("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"): clusterrolebinding.Strategy,
	kind("rbac.authorization.k8s.io/v1", "Role"):               role.Strategy,
	kind("rbac.authorization.k8s.io/v1", "RoleBinding"):        rolebinding.Strategy,
	kind("storage.k8s.io/v1", "StorageClass"):                  storageclass.Strategy,
	kind("networking.k8s.io/v1", "Ingress"):                    ingress.Strategy,
	kind("networking.k8s.io/v1", "NetworkPolicy"):              networkpolicy.Strategy,
	kind("policy/v1", "PodDisruptionBudget"):                   poddisruptionbudget.Strategy,
	kind("scheduling.k8s.io/v1", "PriorityClass"):              priorityclass.Strategy,
	kind("v1", "ConfigMap"):                                    configmap.Strategy,
	kind("v1", "LimitRange"):                                   limitrange.Strategy,
	kind("v1", "Namespace"):                                    namespace.Strategy,
	kind("v1", "PersistentVolume"):                             persistentvolume.Strategy,
	kind("v1", "PersistentVolumeClaim"):                        persistentvolumeclaim.Strategy,
	kind("v1", "Pod"):                                          pod.Strategy,
	kind("v1", "PodTemplate"):                                  podtemplate.Strategy,
	kind("v1", "ReplicationController"):                        replicationcontroller.Strategy,
	kind("v1", "ResourceQuota"):                                resourcequota.Strategy,
	kind("v1", "Secret"):                                       secret.Strategy,
	kind("v1", "Service"):                                      service.Strategy,
	kind("v1", "ServiceAccount"):                               serviceaccount.Strategy,
}

func kind(apiVersion, kind string) schema.GroupVersionKind {
	return schema.FromAPIVersionAndKind(apiVersion, kind)
}

// Known reports whether the oracle has the strategy of a kind.
func Known(apiVersion, name string) bool {
	_, ok := strategies[kind(apiVersion, name)]
	return ok
}
