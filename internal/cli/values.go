package cli

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rollcast/rollcast/planner"
	"github.com/spf13/pflag"
)

// A choice is a flag whose value is one of a few words.
type choice struct {
	value   *string
	choices []string
}

var _ pflag.Value = choice{}

func (c choice) String() string {
	if c.value == nil {
		return ""
	}
	return *c.value
}

func (c choice) Type() string { return "WORD" }

func (c choice) Set(s string) error {
	if !slices.Contains(c.choices, s) {
		return unknownChoice("value", s, c.choices)
	}
	*c.value = s
	return nil
}

// A podsFlag is an absolute number of pods or a percentage: 3 or 25%.
type podsFlag struct{ value *planner.IntOrPercent }

var _ pflag.Value = (*podsFlag)(nil)

func (f *podsFlag) String() string {
	if f.value == nil {
		return ""
	}
	return f.value.String()
}

func (f *podsFlag) Type() string { return "PODS|PERCENT" }

func (f *podsFlag) Set(s string) error {
	v, err := parsePods(s)
	if err != nil {
		return err
	}
	f.value = &v
	return nil
}

// parsePods reads 3 or 25%. The API server refuses negative values, and so
// does this.
func parsePods(s string) (planner.IntOrPercent, error) {
	digits, percent := strings.CutSuffix(s, "%")
	n, err := strconv.ParseUint(digits, 10, 31)
	if err != nil {
		return planner.IntOrPercent{}, fmt.Errorf("%q is neither a number of pods such as 3 nor a percentage such as 25%%", s)
	}
	return planner.IntOrPercent{Value: int32(n), Percent: percent}, nil
}

// A replicasFlag is a list of numbers of pods: 1,10,50. It is repeatable.
type replicasFlag struct{ value []int32 }

var _ pflag.Value = (*replicasFlag)(nil)

func (f *replicasFlag) String() string {
	list := make([]string, len(f.value))
	for i, n := range f.value {
		list[i] = strconv.Itoa(int(n))
	}
	return strings.Join(list, ",")
}

func (f *replicasFlag) Type() string { return "N,…" }

// maxMatrix is how many numbers of pods can be asked about at once.
const maxMatrix = 100

func (f *replicasFlag) Set(s string) error {
	for _, word := range strings.Split(s, ",") {
		n, err := strconv.ParseUint(word, 10, 31)
		if err != nil {
			return fmt.Errorf("%q is no number of pods: choose 0 to %d", word, math.MaxInt32)
		}
		if len(f.value) == maxMatrix {
			return fmt.Errorf("more than %d numbers of pods", maxMatrix)
		}
		f.value = append(f.value, int32(n))
	}
	return nil
}

// A spanFlag is a range of durations, MIN..MAX, or one duration.
type spanFlag struct{ value *planner.Span }

var _ pflag.Value = (*spanFlag)(nil)

func (f *spanFlag) String() string {
	if f.value == nil {
		return ""
	}
	return f.value.Min.String() + ".." + f.value.Max.String()
}

func (f *spanFlag) Type() string { return "MIN..MAX" }

func (f *spanFlag) Set(s string) error {
	low, high, ranged := strings.Cut(s, "..")
	if !ranged {
		high = low
	}
	minimum, err := parseDuration(low)
	if err != nil {
		return err
	}
	maximum, err := parseDuration(high)
	if err != nil {
		return err
	}
	if maximum < minimum {
		return fmt.Errorf("%q ends before it starts: write MIN..MAX", s)
	}
	f.value = &planner.Span{Min: minimum, Max: maximum}
	return nil
}

// maxDuration bounds what may be assumed or waited for: no step takes a year.
const maxDuration = 365 * 24 * time.Hour

func parseDuration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%q is no duration: write 90s, 1m30s or 5s..20s", s)
	case d < 0:
		return 0, fmt.Errorf("%q is negative", s)
	case d > maxDuration:
		return 0, fmt.Errorf("%q is more than a year", s)
	}
	return d, nil
}
