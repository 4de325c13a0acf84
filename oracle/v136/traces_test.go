package v136

import "testing"

// TestTraces plays the recorded traces again, see suite.Minor.Traces.
func TestTraces(t *testing.T) { Minor.Traces(t, true) }
