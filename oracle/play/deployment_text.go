package play

import (
	"testing"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/planner"
)

// DeploymentText plays the scenario of a trace.
func DeploymentText(t *testing.T, controllers cluster.Controllers, text trace.Text, options Options) ([][]string, error) {
	text.States = nil
	typed, err := text.Trace()
	if err != nil {
		return nil, err
	}
	all, err := Deployment(t, controllers, typed.Spec, typed.Scenario, Script[planner.Event, planner.Step](typed.Scenario.Events), options)
	var states [][]string
	for _, steps := range all {
		var texts []string
		for _, s := range steps {
			texts = append(texts, trace.StateOf(s))
		}
		states = append(states, texts)
	}
	return states, err
}
