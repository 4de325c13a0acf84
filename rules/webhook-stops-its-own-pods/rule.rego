# METADATA
# title: a webhook stops the pods that answer for it
# description: |
#   A webhook with `failurePolicy: Fail` that has to pass every pod refuses all of them while
#   nobody answers, its own pods included. Once the last pod of its workload is gone, by a
#   rollout, a drain or an eviction, none can be created again: not here, and nowhere in the
#   cluster, until somebody deletes the webhook's configuration.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/
#     description: "Kubernetes documentation: admission webhook good practices"
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
#     description: "Kubernetes documentation: dynamic admission control"
# custom:
#   summary: A webhook with failurePolicy Fail has to pass the pods that answer for it, and the rollout leaves none available.
#   severity: error
#   category: availability
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     A webhook of the set with failurePolicy Fail, which is the default, has a rule for the
#     creation of pods and no namespaceSelector, objectSelector or matchConditions; its Service
#     selects the workload's pods; and the predicted rollout goes down to 0 available pods, or the
#     workload has only one replica, whose pod a drain takes away.
package rollcast.rules["webhook-stops-its-own-pods"]

findings contains {
	"at": input.replicas.id,
	"message": sprintf("webhook %q refuses every pod while nobody answers, and %s: then these pods cannot come back either; exclude this namespace by a namespaceSelector", [webhook.name, reason]),
	"related": [{"at": webhook.id, "message": "the webhook"}],
} if {
	some webhook in input.context.webhooks
	reason := why
}

why := "the rollout goes down to 0 available pods" if {
	input.plans.lowest.minAvailable == 0
} else := "a drain takes away the only one that answers" if {
	input.replicas.min == 1
}
