package report

import (
	"math"
	"strconv"

	"github.com/rollcast/rollcast/planner"
)

// seconds writes a number of seconds: 4.5s, 45s, 1m30s, 3h20m. Below ten seconds
// one decimal is kept.
func seconds(s float64) string {
	switch {
	case s < 9.95:
		return strconv.FormatFloat(math.Round(s*10)/10, 'f', -1, 64) + "s"
	case s < 59.5:
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

// span writes a range of seconds in a table: 45s, 0s–21s, 1m35s–≥2m37s. Where
// nothing bounds the maximum, ≥ stands before the largest value that is known.
func span(s planner.Seconds) string { return written(s, "–") }

// spanLong is span for a sentence, in which no line break divides it: 1m35s to
// 2m37s, 1m35s to ≥2m37s.
func spanLong(s planner.Seconds) string { return together(written(s, " to ")) }

func written(s planner.Seconds, dash string) string {
	shown, open := s.WithMax(), ""
	if shown.AtLeast != nil {
		open = "≥"
	}
	low, high := seconds(shown.Min), seconds(*shown.Max)
	if low == high {
		return open + low
	}
	return low + dash + open + high
}

// pods names a number of pods.
func pods(n int64) string {
	if n == 1 {
		return "1 pod"
	}
	return thousands(n) + " pods"
}

// starting is how many pods are new: 1 pod starts, 3 pods start.
func starting(n int32) string {
	if n == 1 {
		return "1 pod starts"
	}
	return pods(int64(n)) + " start"
}
