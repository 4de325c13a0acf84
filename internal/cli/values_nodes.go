package cli

import (
	"fmt"
	"math"
	"os"
	"strconv"

	"github.com/rollcast/rollcast/manifest"
	"github.com/rollcast/rollcast/workload"
	"github.com/spf13/pflag"
)

// A nodesFlag is a number of nodes, or a file of Node objects such as kubectl
// get nodes -o yaml writes; nil where the flag is absent.
type nodesFlag struct{ value *workload.Pool }

var _ pflag.Value = (*nodesFlag)(nil)

func (f *nodesFlag) String() string {
	if f.value == nil {
		return ""
	}
	return strconv.Itoa(int(f.value.Count))
}

func (f *nodesFlag) Type() string { return "N" }

func (f *nodesFlag) Set(s string) error {
	if n, err := strconv.ParseUint(s, 10, 31); err == nil {
		f.value = &workload.Pool{Count: int32(n)}
		return nil
	}
	nodes, err := readNodes(s)
	if err != nil {
		return fmt.Errorf("%q is neither a number of nodes from 0 to %d nor a file of Node objects: %w", s, math.MaxInt32, err)
	}
	f.value = &workload.Pool{Count: int32(len(nodes)), Nodes: nodes}
	return nil
}

// readNodes reads the Node objects of a file, those of a List too.
func readNodes(name string) ([]workload.Node, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	docs := manifest.Parse(name, data, manifest.Options{}).Documents
	nodes := workload.ReadNodes(docs)
	if len(nodes) == 0 {
		return nil, fmt.Errorf("it holds no Node that takes new pods")
	}
	return nodes, nil
}
