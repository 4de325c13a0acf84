# METADATA
# title: an image that can never be pulled
# description: |
#   The API server does not look into an image's name. The kubelet does, and reports
#   `InvalidImageName` for ever: a capital letter in the path, two tags, or a scheme such as
#   `https://` are enough. The new pods of a rollout never start, and it stands still at its
#   first step.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/images/
#     description: "Kubernetes documentation: images"
#   - ref: https://github.com/distribution/reference
#     description: "distribution/reference: the grammar of image names"
# custom:
#   summary: The kubelet cannot read the name of an image.
#   severity: error
#   category: rollout
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     The reference is taken apart as the container runtime does:
#     `[registry[:port]/]path[:tag][@digest]`, where the first part is a registry if it holds
#     a dot or a colon, is `localhost` or has a capital letter. Names with `$`, `{` or `<` are
#     placeholders and not judged.
package rollcast.rules["image-name-invalid"]

findings contains {
	"at": container.id,
	"path": ["image"],
	"message": sprintf("the kubelet cannot read image %q, so container %q never starts: %s", [container.image, container.name, container.imageFault]),
} if {
	some container in input.containers
	container.imageFault
}
