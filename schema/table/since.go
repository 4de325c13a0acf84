package table

// Since says in which minors something works. A zero means that there is no
// such minor; Added 0 means since before 1.16.
type Since struct {
	Added   uint8  // the first minor that knows it
	Works   uint8  // the first minor in which its gate is on by default
	Removed uint8  // the first minor that no longer knows it
	Gate    string // the feature gate that switches it
}

// A ValueSince is a Since of one value of an enumeration.
type ValueSince struct {
	Value string
	Since Since
	// Drops says that while the gate is off the server drops a field with this
	// value; else it refuses the value.
	Drops bool
}

// Stage is what a minor makes of something with a Since.
type Stage uint8

const (
	Works   Stage = iota
	Unknown       // not known yet, or no longer
	Dropped       // known, but its gate is off: the server drops it before it validates
)

// At is the stage at a minor. A gate that gates names overrides its default.
//
// Example: with Added 29, Works 30 and Gate PodLifecycleSleepAction, 1.28 is
// Unknown, 1.29 Dropped, 1.30 Works, and so is 1.29 with the gate set to true.
func (s *Since) At(minor int, gates map[string]bool) Stage {
	if s == nil {
		return Works
	}
	if minor < int(s.Added) || s.Removed != 0 && minor >= int(s.Removed) {
		return Unknown
	}
	if s.Gate == "" {
		if minor < int(s.Works) {
			return Dropped
		}
		return Works
	}
	on, set := gates[s.Gate]
	if !set {
		on = s.Works != 0 && minor >= int(s.Works)
	}
	if on {
		return Works
	}
	return Dropped
}
