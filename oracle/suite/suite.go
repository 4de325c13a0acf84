// Package suite is the tests that every minor runs on its own controllers.
package suite

import (
	"flag"
	"io"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/klog/v2"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/oracle/golden"
	"github.com/rollcast/rollcast/oracle/play"
)

// A Minor is all that a minor of Kubernetes brings along.
type Minor struct {
	Version                                          string // 1.36
	Deployment, StatefulSet, DaemonSet, Job, CronJob cluster.Controllers
	// Gate turns a feature gate on until the test ends.
	Gate func(t *testing.T, name string)
	// Backoffs are what the Job controller waits after a failed pod, which no
	// field of a Job says: Main stretches them like the fields that are.
	Backoffs []*time.Duration
	// HidesActive says that a Job's status has active=0 during a back-off,
	// whatever runs: a fault that 1.36 mended.
	HidesActive bool
}

// Main runs the tests of a package that has a Minor, and returns the exit code.
func Main(m *testing.M, minor Minor) int {
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
	for _, backoff := range minor.Backoffs {
		*backoff *= cluster.LongSeconds
	}
	return m.Run()
}

// Plays play the traces of a file, by its name.
func (m Minor) Plays() map[string]golden.Play {
	return map[string]golden.Play{
		"deployment": func(t *testing.T, text trace.Text, o play.Options) ([][]string, error) {
			return play.DeploymentText(t, m.Deployment, text, o)
		},
		"statefulset": func(t *testing.T, text trace.Text, o play.Options) ([][]string, error) {
			if gate, given := text.Spec.Get("gate"); given {
				m.Gate(t, gate)
			}
			return play.StatefulSet(t, m.StatefulSet, text, o)
		},
		"daemonset": func(t *testing.T, text trace.Text, o play.Options) ([][]string, error) {
			return play.DaemonSet(t, m.DaemonSet, text, o)
		},
		"job": func(t *testing.T, text trace.Text, o play.Options) ([][]string, error) {
			o.HidesActive = m.HidesActive
			return play.Job(t, m.Job, text, o)
		},
		"cronjob": func(t *testing.T, text trace.Text, o play.Options) ([][]string, error) {
			return play.CronJob(t, m.CronJob, text, o)
		},
	}
}

// Env is a number that an environment variable may give.
func Env(t *testing.T, name string, otherwise int) int {
	value := os.Getenv(name)
	if value == "" {
		return otherwise
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}
