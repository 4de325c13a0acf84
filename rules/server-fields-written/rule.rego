# METADATA
# title: a field that only the server writes
# description: |
#   `kubectl get -o yaml` prints fields that the server fills in: `uid`, `creationTimestamp`,
#   `managedFields`, `status`. In a manifest they say nothing, because the server drops or
#   replaces them, and they make every comparison with the cluster differ.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/
#     description: "Kubernetes documentation: objects in Kubernetes"
# custom:
#   summary: The manifest writes metadata or a status that the server fills in and ignores.
#   severity: info
#   category: hygiene
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     One of `metadata.creationTimestamp`, `generation`, `managedFields`, `selfLink`, `uid` or
#     `status` is there and holds something. Empty ones, such as `creationTimestamp: null` and
#     `status: {}`, are what generators write and are not reported. Removing them changes nothing,
#     so the fix is safe.
package rollcast.rules["server-fields-written"]

findings contains {
	"at": written.id,
	"message": sprintf("%s is filled in by the server, and what is written here is ignored; remove it", [written.field]),
	"fix": {"safe": true, "description": sprintf("remove %s", [written.field]), "ops": [{"op": "remove"}]},
} if some written in input.written
