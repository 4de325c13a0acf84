# METADATA
# title: a server has hardly any CPU
# description: |
#   A limit of 10m is one millisecond of CPU in each period of 100: a request that needs 5 ms takes half a
#   second, and a start that needs one second of CPU takes 100. What looks like a slow application, or fails
#   its probes under load, is then the limit.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#     description: "Kubernetes documentation: resource management for pods and containers"
# custom:
#   summary: A container that listens on a port has a CPU limit of 20m or less.
#   severity: warning
#   category: capacity
#   confidence: medium
#   profile: strict
#   since: "0.1"
#   params:
#     cpuMilli:
#       description: The highest limit that is reported, in thousandths of a CPU.
#       default: 20
#   computed: |
#     A container that declares ports has a CPU limit of at most the parameter `cpuMilli`, in thousandths of a CPU.
#     Where it has a probe, `probe-starved-by-cpu-limit` says so instead. The time is how long one second of
#     CPU takes.
package rollcast.rules["cpu-limit-tiny"]

findings contains {
	"at": container.cpuLimit.id,
	"message": sprintf("container %q may use %s of a CPU, so what needs 1 s of CPU, such as its start, takes %d s; raise the limit, or remove it", [container.name, container.cpuLimit.text, floor(1000 / container.cpuLimit.milli)]),
	"fix": {"ops": [{"op": "remove"}]},
} if {
	some container in input.containers
	container.cpuLimit.milli <= data.rollcast.params["cpu-limit-tiny"].cpuMilli
	container.cpuLimit.milli > 0
	container.ports[0]
	not container.probes.liveness
	not container.probes.readiness
}
