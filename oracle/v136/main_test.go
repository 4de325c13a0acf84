package v136

import (
	"flag"
	"io"
	"os"
	"runtime"
	"testing"

	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/controller/job"

	"github.com/rollcast/rollcast/oracle/cluster"
)

func TestMain(m *testing.M) {
	// Controllers race more with each other the more of them run at once, and
	// the system interrupts them at more places than the language does.
	runtime.GOMAXPROCS(max(8, runtime.NumCPU()))
	// The default handlers sleep to slow down a controller that fails without
	// end. They compare with the time at which the process started, which
	// within a bubble of virtual time is 26 years ahead, and they sleep so
	// long, with a lock held.
	utilruntime.ErrorHandlers = nil
	// Controllers log what they do, and complain at every start but the first
	// that their metrics exist already.
	logs := flag.NewFlagSet("klog", flag.PanicOnError)
	klog.InitFlags(logs)
	for name, value := range map[string]string{"logtostderr": "false", "stderrthreshold": "FATAL"} {
		if err := logs.Set(name, value); err != nil {
			panic(err)
		}
	}
	klog.SetOutput(io.Discard)
	// The back-off after a failed pod is no field of a Job; it is stretched
	// like the fields that are.
	job.DefaultJobPodFailureBackOff *= cluster.LongSeconds
	job.MaxJobPodFailureBackOff *= cluster.LongSeconds
	os.Exit(m.Run())
}
