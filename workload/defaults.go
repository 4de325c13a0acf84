package workload

import (
	"math"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/planner"
	"github.com/rollcast/rollcast/schema/kinds"
)

// builtin is what the API server fills in, read once from the tables that are
// compiled from the CUE schema. The pods of every workload kind have the same
// type, so a Deployment's stand for all.
var builtin = readDefaults()

type defaults struct {
	replicas                int32
	progressDeadlineSeconds int32
	revisionHistoryLimit    int32
	strategy                string
	maxSurge                planner.IntOrPercent
	maxUnavailable          planner.IntOrPercent
	gracePeriodSeconds      int64
	protocol                string

	// A probe's zero counts as absent (SetDefaults_Probe), except for the
	// delay: periodSeconds: 0 means 10.
	periodSeconds    int32
	timeoutSeconds   int32
	successThreshold int32
	failureThreshold int32
	httpPath         string
	httpScheme       string
}

func readDefaults() defaults {
	text := func(path string) string {
		if v := kinds.Default("apps/v1", "Deployment", strings.Split("spec."+path, ".")...); v != nil {
			return v.Text
		}
		panic("the schema of a Deployment has no default at spec." + path)
	}
	number := func(path string) int32 {
		n, err := strconv.ParseInt(text(path), 10, 32)
		if err != nil {
			panic("the default at spec." + path + " is no number: " + err.Error())
		}
		return int32(n)
	}
	share := func(path string) planner.IntOrPercent {
		if digits, percent := strings.CutSuffix(text(path), "%"); percent {
			if n, err := strconv.ParseInt(digits, 10, 32); err == nil {
				return planner.Percent(int32(n))
			}
		}
		return planner.Count(number(path))
	}
	const pod, probe = "template.spec.", "template.spec.containers.livenessProbe."
	return defaults{
		replicas:                number("replicas"),
		progressDeadlineSeconds: number("progressDeadlineSeconds"),
		revisionHistoryLimit:    number("revisionHistoryLimit"),
		strategy:                text("strategy.type"),
		maxSurge:                share("strategy.rollingUpdate.maxSurge"),
		maxUnavailable:          share("strategy.rollingUpdate.maxUnavailable"),
		gracePeriodSeconds:      int64(number(pod + "terminationGracePeriodSeconds")),
		protocol:                text(pod + "containers.ports.protocol"),
		periodSeconds:           number(probe + "periodSeconds"),
		timeoutSeconds:          number(probe + "timeoutSeconds"),
		successThreshold:        number(probe + "successThreshold"),
		failureThreshold:        number(probe + "failureThreshold"),
		httpPath:                text(probe + "httpGet.path"),
		httpScheme:              text(probe + "httpGet.scheme"),
	}
}

// The kinds below have no table yet.
const (
	defaultMinReplicas = 1 // HorizontalPodAutoscaler (SetDefaults_HorizontalPodAutoscaler)
	noMaxReplicas      = math.MaxInt32
)
