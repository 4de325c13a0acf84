package validate

import (
	"testing"

	"github.com/rollcast/rollcast/oracle/mutate"
	"github.com/rollcast/rollcast/oracle/plaincue"
)

// Every sample must be valid for the server and for CUE, or the mutations
// would start from a fault.
func TestSamplesAreValid(t *testing.T) {
	judge, err := plaincue.Load("../../../schema")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range fitted(t) {
		v, err := Create(mutate.Bytes(s.Tree), JSON)
		if err != nil || !v.Accepted {
			t.Errorf("%s: the server says %v %v", s.Name, v.Errors, err)
		}
		faults, ok := judge.Errors(s.Tree, minor)
		if !ok || len(faults) > 0 {
			t.Errorf("%s: known to CUE: %v, faults %q", s.Name, ok, faults)
		}
	}
}
