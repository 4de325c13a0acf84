# METADATA
# title: a throttled container has one second to answer its probe
# description: |
#   A CPU limit of 50m lets a container run for 5 ms of every 100 ms. Answering a probe takes
#   more than one such slice as soon as the container does anything else, and after one second
#   the attempt counts as failed: readiness flickers, and liveness restarts a healthy container.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#     description: "Kubernetes documentation: resource management for pods and containers"
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: configure probes"
# custom:
#   summary: A container with a very small CPU limit has to answer its probe within the default second.
#   severity: warning
#   category: probes
#   confidence: medium
#   profile: recommended
#   since: "0.1"
#   params:
#     cpuMilli:
#       description: The largest CPU limit that is reported, in thousandths of a CPU.
#       default: 50
#   computed: |
#     The CPU limit is `cpuMilli` thousandths of a CPU or less and the probe's `timeoutSeconds` is 1, written or not. The
#     kernel takes no time of the container to accept a TCP connection, so tcpSocket probes
#     are left out, as are startup probes, which have many attempts, and exec probes without a
#     timeout, which `exec-probe-without-timeout` reports.
package rollcast.rules["probe-starved-by-cpu-limit"]

findings contains {
	"at": container.cpuLimit.id,
	"message": sprintf("container %q has 1 s to answer %s under a CPU limit of %s; raise the limit, or set timeoutSeconds to 5", [container.name, concat(" and ", asked), container.cpuLimit.text]),
} if {
	some container in input.containers
	container.cpuLimit.milli <= data.rollcast.params["probe-starved-by-cpu-limit"].cpuMilli
	asked := [role | some role in ["liveness", "readiness"]; hasty(container.probes[role])]
	count(asked) > 0
}

hasty(probe) if {
	probe.timeoutSeconds == 1
	probe.handler.mechanism in {"grpc", "httpGet"}
}

hasty(probe) if {
	probe.timeoutSeconds == 1
	probe.timeoutDeclared
	probe.handler.mechanism == "exec"
}
