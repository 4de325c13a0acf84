package cli

import (
	"fmt"
	"math"
	"os"
	"strconv"

	"github.com/rollcast/rollcast/manifest"
	"github.com/spf13/pflag"
)

// A nodesFlag is a number of nodes, or a file of Node objects such as kubectl
// get nodes -o yaml writes; nil where the flag is absent.
type nodesFlag struct{ value *int32 }

var _ pflag.Value = (*nodesFlag)(nil)

func (f *nodesFlag) String() string {
	if f.value == nil {
		return ""
	}
	return strconv.Itoa(int(*f.value))
}

func (f *nodesFlag) Type() string { return "N" }

func (f *nodesFlag) Set(s string) error {
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil {
		var count int
		if count, err = countNodes(s); err != nil {
			return fmt.Errorf("%q is neither a number of nodes from 0 to %d nor a file of Node objects: %w", s, math.MaxInt32, err)
		}
		n = uint64(count)
	}
	v := int32(n)
	f.value = &v
	return nil
}

// countNodes counts the Node objects of a file, those of a List too.
func countNodes(name string) (n int, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return 0, err
	}
	for _, d := range manifest.Parse(name, data, manifest.Options{}).Documents {
		if d.Kind == "Node" {
			n++
		}
	}
	if n == 0 {
		return 0, fmt.Errorf("it holds no Node")
	}
	return n, nil
}
