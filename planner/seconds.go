package planner

// WithMax is the range as JSON shows it, with a maximum in any case: where
// nothing bounds it, the largest value that is known, and AtLeast beside it
// says that the true one may be larger.
//
// Example: 5 s to at least 108 s is {"min": 5, "max": 108, "atLeast": 108}.
func (s Seconds) WithMax() Seconds {
	if s.Max != nil {
		return s
	}
	most := s.Min
	if s.AtLeast != nil {
		most = max(most, *s.AtLeast)
	}
	s.Max, s.AtLeast = &most, &most
	return s
}
