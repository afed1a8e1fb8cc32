package check

import (
	"casus/internal/edtf"
	"casus/internal/kg"
)

// checkStates checks that an event's versions have no gaps, and compares them with the derived ones.
func (r *run) checkStates(stored, derived kg.History) {
	id := stored.Subject
	for i, s := range stored.States {
		if s.KnownFrom >= s.KnownTo {
			r.addBreak(States, id, "its version of %s ends at %s, before it begins", s.KnownFrom, s.KnownTo)
		}
		if i > 0 && s.KnownFrom != stored.States[i-1].KnownTo {
			r.addBreak(States, id, "its version of %s does not follow the one before, which ends at %s",
				s.KnownFrom, stored.States[i-1].KnownTo)
		}
		r.checkTime(id, "time", &s.Time)
		r.checkTime(id, "firstAsserted", &s.FirstAsserted)
	}
	r.states += len(stored.States)
	if n := len(stored.States); n > 0 && stored.States[n-1].KnownTo != edtf.EndOfTime {
		r.addBreak(States, id, "its last version ends at %s; one must hold now", stored.States[n-1].KnownTo)
	}
	from := func(s kg.EventState) string { return "version of " + s.KnownFrom.String() }
	r.compare(States, id, itemsOf(stored.States, from), itemsOf(derived.States, from))
}

// checkLifetimes compares the lifetime of each claim with the derived one.
func (r *run) checkLifetimes(stored, derived kg.History) {
	claim := func(l kg.ClaimLifetime) string { return "lifetime of " + string(l.Claim) }
	r.compare(Lifetimes, stored.Subject, itemsOf(stored.Lifetimes, claim), itemsOf(derived.Lifetimes, claim))
}
