package planner_test

import (
	"testing"

	"github.com/rollcast/rollcast/planner"
)

func TestJobTraces(t *testing.T) { replayFile(t, planner.Job, "job.txt") }
