package workload

import (
	"math"

	"github.com/rollcast/rollcast/planner"
)

// What the API server fills in, as far as workloads need it: pkg/apis/apps/v1
// and pkg/apis/core/v1 defaults.go. A probe's zero counts as absent there,
// except for the delay: periodSeconds: 0 means 10.
const (
	defaultReplicas                = 1
	defaultProgressDeadlineSeconds = 600
	defaultRevisionHistoryLimit    = 10
	defaultGracePeriodSeconds      = 30
	defaultPeriodSeconds           = 10
	defaultTimeoutSeconds          = 1
	defaultSuccessThreshold        = 1
	defaultFailureThreshold        = 3
	defaultHTTPPath                = "/"
	defaultHTTPScheme              = "HTTP"
	defaultMinReplicas             = 1 // HorizontalPodAutoscaler
)

// defaultShare is maxSurge and maxUnavailable of a Deployment.
var defaultShare = planner.Percent(25)

// noDeadline as progressDeadlineSeconds means that none is set.
const noDeadline = math.MaxInt32
