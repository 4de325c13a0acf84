# METADATA
# title: liveness asks whether the application is ready
# description: |
#   An endpoint for readiness says no when a database, a queue or another service does not
#   answer. As a liveness probe it restarts the container for that, all pods at the same time,
#   and the restarts add to the load of whatever is already in trouble. Liveness should ask only
#   what a restart can repair: whether the process itself still answers.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#     description: "Kubernetes documentation: liveness, readiness and startup probes"
#   - ref: https://github.com/jhipster/generator-jhipster/issues/10547
#     description: "generator-jhipster#10547: liveness on the aggregate health"
#   - ref: https://docs.spring.io/spring-boot/reference/actuator/endpoints.html#actuator.endpoints.kubernetes-probes
#     description: "Spring Boot: Kubernetes probes"
# custom:
#   summary: The liveness probe asks an endpoint that also answers for dependencies.
#   severity: warning
#   category: probes
#   confidence: medium
#   profile: recommended
#   since: "0.1"
#   computed: |
#     The path of an httpGet liveness probe is one of `/actuator/health` (Spring Boot),
#     `/management/health` (JHipster), `/q/health` (Quarkus), `/ready`, `/readyz`, `/-/ready`,
#     `/health/ready`, `/healthz/ready`, `/actuator/health/readiness` and `/q/health/ready`,
#     or such a path with a slash at its end. `/health` and `/healthz` alone say nothing about
#     what they ask. Where readiness asks the same, `liveness-identical-to-readiness` looks at
#     it instead.
package rollcast.rules["liveness-asks-readiness"]

findings contains {
	"at": liveness.id,
	"path": ["httpGet", "path"],
	"message": sprintf(
		"liveness of container %q asks %s, which also fails when a dependency does, and then every pod is restarted; ask %s",
		[container.name, liveness.handler.path, other],
	),
	"fix": exact(other),
} if {
	some container in input.containers
	liveness := container.probes.liveness
	other := instead[trim_right(liveness.handler.path, "/")]
	not container.probes.readiness.handler == liveness.handler
}

exact(path) := {"ops": [{"op": "set", "path": ["httpGet", "path"], "value": path}]} if {
	not contains(path, " ")
} else := null

instead := {
	"/actuator/health": "/actuator/health/liveness",
	"/actuator/health/readiness": "/actuator/health/liveness",
	"/management/health": "/management/health/liveness",
	"/q/health": "/q/health/live",
	"/q/health/ready": "/q/health/live",
	"/-/ready": "/-/healthy, or what tells only that the process answers",
	"/health/ready": "/health/live, or what tells only that the process answers",
	"/healthz/ready": "/healthz/live, or what tells only that the process answers",
	"/ready": "what tells only that the process answers",
	"/readyz": "/livez, or what tells only that the process answers",
}
