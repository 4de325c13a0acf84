// Package schedule reads the schedules of CronJobs as their controller does.
package schedule

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // zones do not depend on the machine

	"github.com/robfig/cron/v3"
)

// Parse reads a schedule, such as "*/5 * * * *" or "@hourly", in a time zone by
// its IANA name; "" is UTC, in which nearly all control planes run. next is the
// first slot after a time, or the zero time where none ever comes.
//
// In the night in which clocks go forward a slot that does not exist is left
// out; in which they go back a slot comes twice (robfig/cron, as the
// controller has it).
func Parse(text, zone string) (next func(after time.Time) time.Time, err error) {
	location := time.UTC
	if zone != "" {
		if location, err = time.LoadLocation(zone); err != nil {
			return nil, fmt.Errorf("timeZone %q is not known", zone)
		}
	}
	defer func() { // some schedules make the parser panic; the controller recovers as well
		if recover() != nil {
			next, err = nil, fmt.Errorf("schedule %q cannot be read", text)
		}
	}()
	if !strings.Contains(text, "TZ") { // which old objects have in the schedule itself
		text = "TZ=" + location.String() + " " + text
	}
	parsed, err := cron.ParseStandard(text)
	if err != nil {
		return nil, fmt.Errorf("schedule %q cannot be read: %w", text, err)
	}
	return parsed.Next, nil
}

// In is Parse for a zone that is known later; what cannot be read is nil.
func In(text string) func(zone string) (next func(after time.Time) time.Time) {
	return func(zone string) func(time.Time) time.Time {
		next, _ := Parse(text, zone)
		return next
	}
}
