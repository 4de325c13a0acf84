# METADATA
# title: a paused Deployment is committed
# description: |
#   While `spec.paused` is true the controller creates no new pods for a changed template. The
#   manifest is applied without an error, everything stays green, and the new version does not
#   arrive. Pausing is a matter of the moment, for `kubectl rollout pause`.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
#     description: "Kubernetes documentation: Deployments"
# custom:
#   summary: spec.paused is true, so that changes of the template are not rolled out.
#   severity: warning
#   category: rollout
#   confidence: high
#   profile: recommended
#   kinds: [Deployment]
#   since: "0.1"
#   computed: |
#     `spec.paused` of a Deployment is true.
package rollcast.rules["paused-deployment"]

findings contains {
	"at": input.id,
	"path": ["spec", "paused"],
	"message": "the Deployment is paused, so a new template is accepted and not rolled out; remove paused",
	"fix": {"ops": [{"op": "set", "path": ["spec", "paused"], "value": false}]},
} if {
	input.paused
}
