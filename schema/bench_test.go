package schema

import (
	"os"
	"syscall"
	"testing"

	"github.com/rollcast/rollcast/manifest"
)

// cpuTime is what the process has used, in nanoseconds: on a busy machine the
// clock says little.
func cpuTime() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return u.Utime.Nano() + u.Stime.Nano()
}

// BenchmarkCheck judges a Deployment of 4 KB with two containers, a sidecar and
// five probes.
func BenchmarkCheck(b *testing.B) {
	data, err := os.ReadFile("testdata/valid/deployment.yaml")
	if err != nil {
		b.Fatal(err)
	}
	docs := manifest.Parse("deployment.yaml", data, manifest.Options{}).Documents
	if len(docs) != 1 || len(Check(docs[0], Options{}).Findings) > 0 {
		b.Fatalf("%v", Check(docs[0], Options{}).Findings)
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	before := cpuTime()
	for b.Loop() {
		Check(docs[0], Options{})
	}
	b.ReportMetric(float64(cpuTime()-before)/float64(b.N), "cpu-ns/op")
}
