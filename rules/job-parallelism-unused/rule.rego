# METADATA
# title: more pods at a time than a Job needs
# description: |
#   A Job never runs more pods than it has completions left. A `parallelism` above `completions`
#   has no effect, which is rarely what its author wanted: either the work is not divided as it
#   seems, or the two numbers were swapped.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/job/
#     description: "Kubernetes documentation: Jobs"
# custom:
#   summary: parallelism of a Job is above its completions.
#   severity: info
#   category: jobs
#   confidence: high
#   profile: recommended
#   kinds: [CronJob, Job]
#   since: "0.1"
#   computed: |
#     `spec.completions` is written and below `spec.parallelism`, which is 1 by default.
package rollcast.rules["job-parallelism-unused"]

findings contains {
	"at": input.run.id,
	"path": ["parallelism"],
	"message": sprintf("at most %d of %d pods can run at a time, because no more completions are wanted; lower parallelism, or raise completions", [input.run.completions, input.run.parallelism]),
	"fix": {"ops": [{"op": "set", "path": ["parallelism"], "value": input.run.completions}]},
} if {
	input.run.completions < input.run.parallelism
	input.run.completions > 0
}
