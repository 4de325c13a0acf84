package report

import (
	"math"
	"strconv"
	"strings"

	"github.com/rollcast/rollcast/planner"
)

// seconds writes a number of seconds as kubectl does: 45s, 2m5s, 3h20m. Below
// ten seconds one decimal is kept.
func seconds(s float64) string {
	switch {
	case s < 10:
		return strconv.FormatFloat(math.Round(s*10)/10, 'f', -1, 64) + "s"
	case s < 120:
		return strconv.Itoa(int(math.Round(s))) + "s"
	}
	total := int64(math.Round(s))
	if total < 3*3600 {
		return parts(total/60, "m", total%60, "s")
	}
	return parts(total/3600, "h", total%3600/60, "m")
}

func parts(big int64, bigUnit string, small int64, smallUnit string) string {
	text := strconv.FormatInt(big, 10) + bigUnit
	if small > 0 {
		text += strconv.FormatInt(small, 10) + smallUnit
	}
	return text
}

// span writes a range of seconds: 45s, 45–76s, 1m35s–≥2m37s. Where nothing
// bounds the maximum, ≥ stands before the largest value that is known.
func span(s planner.Seconds) string {
	low := seconds(s.Min)
	high, open := low, ""
	switch {
	case s.Max != nil:
		high = seconds(*s.Max)
	case s.AtLeast != nil:
		high, open = seconds(*s.AtLeast), "≥"
	default:
		open = "≥"
	}
	switch {
	case low == high:
		return open + low
	case open == "" && math.Max(s.Min, *s.Max) < 120:
		low = strings.TrimSuffix(low, "s") // one unit serves both
	}
	return low + "–" + open + high
}

// spanLong is span for a sentence, in which no line break divides it: 1m35s to
// 2m37s, 1m35s to ≥2m37s.
func spanLong(s planner.Seconds) string { return together(spanWords(s)) }

func spanWords(s planner.Seconds) string {
	low := seconds(s.Min)
	switch {
	case s.Max != nil && seconds(*s.Max) == low:
		return low
	case s.Max != nil:
		return low + " to " + seconds(*s.Max)
	case s.AtLeast != nil && seconds(*s.AtLeast) != low:
		return low + " to ≥" + seconds(*s.AtLeast)
	}
	return "≥" + low
}

// pods names a number of pods.
func pods(n int64) string {
	if n == 1 {
		return "1 pod"
	}
	return thousands(n) + " pods"
}
