package rules_test

import (
	"context"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/rollcast/rollcast/facts"
	"github.com/rollcast/rollcast/rules"
	"github.com/rollcast/rollcast/rules/ruletest"
)

// cpu is the process's user and system time so far: the garbage collector and
// every goroutine count.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// measure runs f b.N times and reports its CPU time.
func measure(b *testing.B, f func()) {
	b.Helper()
	b.ReportAllocs()
	before := cpu(b)
	for b.Loop() {
		f()
	}
	b.ReportMetric(float64(cpu(b)-before)/float64(b.N)/1e6, "cpu-ms/op")
}

func heavy(b *testing.B) []*facts.Subject {
	b.Helper()
	data, err := os.ReadFile("testdata/heavy.yaml")
	if err != nil {
		b.Fatal(err)
	}
	subjects, err := ruletest.Subjects("heavy.yaml", data)
	if err != nil {
		b.Fatal(err)
	}
	return subjects
}

// BenchmarkStart is what the first workload of a run costs: parsing and
// compiling the rules for Deployments, and one evaluation.
func BenchmarkStart(b *testing.B) {
	subjects := heavy(b)
	measure(b, func() {
		engine, err := rules.New(rules.Options{Profile: rules.Strict})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := engine.Check(context.Background(), subjects); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkIdle is what a run without a workload costs.
func BenchmarkIdle(b *testing.B) {
	measure(b, func() {
		engine, err := rules.New(rules.Options{})
		if err != nil {
			b.Fatal(err)
		}
		engine.Warm("ConfigMap", "Secret")
		if _, err := engine.Check(context.Background(), nil); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkCheck is one evaluation of all rules on a Deployment of 4 KB with
// five probes.
func BenchmarkCheck(b *testing.B) {
	subjects := heavy(b)
	engine, err := rules.New(rules.Options{Profile: rules.Strict})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := engine.Check(context.Background(), subjects); err != nil {
		b.Fatal(err)
	}
	measure(b, func() {
		if _, err := engine.Check(context.Background(), subjects); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkCorpus is the mean cost of a workload of real manifests. It needs
// the folder of sample repositories beside the checkout.
func BenchmarkCorpus(b *testing.B) {
	subjects := corpus(b)
	engine, err := rules.New(rules.Options{Profile: rules.Strict})
	if err != nil {
		b.Fatal(err)
	}
	check := func() {
		if _, err := engine.Check(context.Background(), subjects); err != nil {
			b.Fatal(err)
		}
	}
	check()
	before := cpu(b)
	for b.Loop() {
		check()
	}
	b.ReportMetric(float64(cpu(b)-before)/float64(b.N)/1e6/float64(len(subjects)), "cpu-ms/workload")
}
