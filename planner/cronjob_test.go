package planner_test

import (
	"testing"

	"github.com/rollcast/rollcast/planner"
)

func TestCronJobTraces(t *testing.T) { replayFile(t, planner.CronJob, "cronjob.txt") }
