# METADATA
# title: a value was never filled in
# description: |
#   `<your-domain>`, `xxx` or a template's `{{ … }}` in a manifest is text that somebody, or some tool, was to
#   replace. The API server takes it as it is, and the application meets it at its first connection.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/overview/
#     description: "Kubernetes documentation: configuration best practices"
# custom:
#   summary: A whole value of the workload is a placeholder.
#   severity: error
#   category: hygiene
#   confidence: high
#   profile: recommended
#   since: "0.1"
#   computed: |
#     A value of the metadata or the pod is, as a whole, text in angle brackets that begins with a letter, text in
#     `{{ }}` or 【 】, or three letters x or more. Annotations, commands, arguments, images, ConfigMaps and
#     Secrets are left out, because such text may be meant there.
package rollcast.rules["placeholder-left"]

findings contains {
	"at": left.id,
	"message": sprintf("%q is a placeholder that nobody has filled in; write the value", [left.text]),
} if some left in input.placeholders
