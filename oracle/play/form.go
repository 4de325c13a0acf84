package play

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/rollcast/rollcast/internal/trace"
	"github.com/rollcast/rollcast/oracle/cluster"
	"github.com/rollcast/rollcast/planner"
)

// A form reads the fields of a trace's line. The first error stays.
type form struct {
	fields trace.Fields
	err    error
}

// read takes a field away and reports whether it was given.
func (f *form) read(key string) (value string, given bool) {
	for i, field := range f.fields {
		if field.Key == key {
			f.fields = append(f.fields[:i:i], f.fields[i+1:]...)
			return field.Value, true
		}
	}
	return "", false
}

// fail keeps the first error.
func (f *form) fail(key string, err error) {
	if f.err == nil && err != nil {
		f.err = fmt.Errorf("%s: %w", key, err)
	}
}

func (f *form) str(key, otherwise string) string {
	if value, given := f.read(key); given {
		return value
	}
	return otherwise
}

func (f *form) bool(key string) bool {
	value, given := f.read(key)
	if !given {
		return false
	}
	b, err := strconv.ParseBool(value)
	f.fail(key, err)
	return b
}

// opt is a number that may be left out.
func (f *form) opt(key string) *int32 {
	value, given := f.read(key)
	switch {
	case !given:
		return nil
	case value == "none":
		n := int32(math.MaxInt32)
		return &n
	}
	n, err := strconv.ParseInt(value, 10, 32)
	f.fail(key, err)
	small := int32(n)
	return &small
}

// opt64 is opt for fields of 64 bits.
func (f *form) opt64(key string) *int64 {
	n := f.opt(key)
	if n == nil {
		return nil
	}
	long := int64(*n)
	return &long
}

func (f *form) int(key string, otherwise int32) int32 {
	if n := f.opt(key); n != nil {
		return *n
	}
	return otherwise
}

// percent is a number or a percentage.
func (f *form) percent(key string) *intstr.IntOrString {
	value, given := f.read(key)
	if !given {
		return nil
	}
	v := intstr.Parse(value)
	return &v
}

// long is a number of seconds, stretched to virtual time.
func (f *form) long(key string) *int32 {
	n := f.opt(key)
	if n == nil {
		return nil
	}
	long, err := longSeconds(*n)
	f.fail(key, err)
	return &long
}

func (f *form) long64(key string) *int64 {
	n := f.opt(key)
	if n == nil {
		return nil
	}
	long := int64(*n) * cluster.LongSeconds
	return &long
}

func (f *form) duration(key string) time.Duration {
	value, _ := f.read(key)
	d, err := time.ParseDuration(value)
	f.fail(key, err)
	return d
}

// done is the first error, also for a field that nothing has read.
func (f *form) done() error {
	if f.err == nil && len(f.fields) > 0 {
		return fmt.Errorf("there is no field %s here", f.fields[0].Key)
	}
	return f.err
}

// A mode is what a scenario line says.
type mode struct {
	readiness   planner.Readiness
	termination planner.Termination
}

func readMode(fields trace.Fields) (mode, error) {
	f := form{fields: fields}
	m := mode{
		readiness:   planner.Readiness(f.str("readiness", string(planner.Manual))),
		termination: planner.Termination(f.str("termination", string(planner.TerminateInstant))),
	}
	return m, f.done()
}

// graceful tells whether deleted pods stay for a while.
func (m mode) graceful() bool { return m.termination != planner.TerminateInstant }

// runRounds reads how many rounds an act runs, if it is a run.
func runRounds(a trace.Act) (int, bool) {
	if a.Type != string(planner.EventRun) {
		return 0, false
	}
	value, _ := a.Fields.Get("rounds")
	n, err := strconv.Atoi(value)
	if err != nil {
		return planner.RunToEnd, true
	}
	return n, true
}
