package planner_test

import (
	"testing"

	"github.com/rollcast/rollcast/planner"
)

func TestDaemonSetTraces(t *testing.T) { replayFile(t, planner.DaemonSet, "daemonset.txt") }
