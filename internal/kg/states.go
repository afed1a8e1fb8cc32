package kg

import "casus/internal/edtf"

// StatesKnown are those of an event's versions that began by a moment, as a reader of that moment saw them: one that ended
// later had no end yet. The versions are in order.
func StatesKnown(versions []EventState, at edtf.Instant) []EventState {
	var known []EventState
	for _, s := range versions {
		if s.KnownFrom > at {
			break
		}
		if s.KnownTo > at {
			s.KnownTo = edtf.EndOfTime
		}
		known = append(known, s)
	}
	return known
}
