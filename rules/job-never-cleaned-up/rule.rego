# METADATA
# title: a finished Job stays for ever
# description: |
#   A Job and its pods stay after the end until somebody deletes them. Jobs that are created again and again,
#   under new names, fill the list of pods and the store of the cluster; ttlSecondsAfterFinished removes them.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/
#     description: "Kubernetes documentation: cleanup of finished Jobs"
# custom:
#   summary: A Job has no ttlSecondsAfterFinished.
#   severity: info
#   category: jobs
#   confidence: low
#   profile: strict
#   kinds: [Job]
#   since: "0.1"
#   computed: |
#     A Job of its own, not of a CronJob, without `ttlSecondsAfterFinished`. Hooks of Helm and Argo CD, by their
#     annotations, are left out: those tools delete them.
package rollcast.rules["job-never-cleaned-up"]

findings contains {
	"at": input.run.id,
	"message": "the Job and its pods stay after the end until somebody deletes them; set ttlSecondsAfterFinished, such as 86400",
	"fix": {"ops": [{"op": "set", "path": ["ttlSecondsAfterFinished"], "value": 86400}]},
} if {
	not input.run.hook
	count([1 | input.run.ttlSecondsAfterFinished >= 0]) == 0
}
