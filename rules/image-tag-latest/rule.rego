# METADATA
# title: an image whose tag moves
# description: |
#   A rollout compares templates, not images. With `latest`, or no tag, a new image is no new
#   template: applying the manifest again rolls nothing out, pods that restart come up with
#   another version than their neighbours, and `kubectl rollout undo` goes back to the same
#   name.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/images/
#     description: "Kubernetes documentation: images"
#   - ref: https://kubernetes.io/docs/concepts/configuration/overview/
#     description: "Kubernetes documentation: configuration good practices"
# custom:
#   summary: An image has the tag latest, or none, so that its version is not in the manifest.
#   severity: warning
#   category: rollout
#   confidence: high
#   profile: strict
#   kinds: [Deployment, StatefulSet, DaemonSet]
#   since: "0.1"
#   params:
#     tags:
#       description: The tags that move.
#       default: [latest]
#   computed: |
#     The tag is one of `tags` or absent, there is no digest, and the name is no placeholder. Jobs
#     and bare Pods are not reported, because they are not rolled out.
package rollcast.rules["image-tag-latest"]

findings contains {
	"at": container.id,
	"path": ["image"],
	"message": sprintf("image %q of container %q names no version, so a new image is no rollout and an undo changes nothing; name a version or a digest", [container.image, container.name]),
} if {
	moving := array.concat([""], data.rollcast.params["image-tag-latest"].tags)
	some container in input.containers
	container.tag in moving
	not container.digest
	not container.imageFault
	regex.match(`^[\w./:-]+$`, container.image)
}
