package kg

import (
	"reflect"
	"slices"

	"casus/internal/edtf"
)

// Derive computes the states and edges of a subject from the claims about it, each version for an interval of
// knowledge, and the lifetime of each claim. It is a pure function. The order of the claims does not matter, and a
// claim that occurs twice counts once. The rules are in docs/model.md.
func Derive(subject ID, claims []Claim, voices VoiceBook) History {
	all := voicedClaims(claims, voices)
	withdraw(all, voices)

	for _, c := range all {
		c.killed, c.wounded = c.Says.estimate(FigureKilled), c.Says.estimate(FigureWounded)
	}
	h := History{Subject: subject, Lifetimes: slices.Grow([]ClaimLifetime(nil), len(all))}
	for _, c := range all {
		h.Lifetimes = append(h.Lifetimes, ClaimLifetime{Claim: c.ID, KnownTo: c.KnownTo, WithdrawnBy: c.WithdrawnBy})
	}
	everLive := filterClaims(all, func(c *voicedClaim) bool { return c.Stance != StanceRetracts && c.from < c.KnownTo })
	if subject.Kind() != KindEvent {
		h.Affiliated = affiliationIntervals(everLive)
		return h
	}
	h.States = states(all, everLive, &voices)
	h.Participations = participations(everLive, &voices)
	h.Locations = locations(everLive)
	h.Wholes = wholes(subject, everLive)
	h.RespondsTo = responses(subject, everLive)
	h.Announces = announcements(subject, everLive)
	return h
}

// states returns the versions of the state, one for each moment at which a claim became known and the state changed.
// There is none before the first claim that was ever live.
func states(all, everLive []*voicedClaim, book *VoiceBook) []EventState {
	var versions []EventState
	known := 0 // number of claims of everLive that are known at the moment
	for next := 0; next < len(all); {
		at := all[next].from
		var because []ID
		for ; next < len(all) && all[next].from == at; next++ {
			because = append(because, all[next].ID)
		}
		for known < len(everLive) && everLive[known].from <= at {
			known++
		}
		if known == 0 {
			continue
		}
		ever := everLive[:known]
		live := filterClaims(ever, func(c *voicedClaim) bool { return c.liveAt(at) })
		now := stateOf(ever, live, book)
		if n := len(versions); n > 0 {
			last := &versions[n-1]
			now.KnownFrom, now.KnownTo, now.Because = last.KnownFrom, last.KnownTo, last.Because
			if reflect.DeepEqual(now, *last) {
				continue
			}
			last.KnownTo = at
		}
		now.KnownFrom, now.KnownTo, now.Because = at, edtf.EndOfTime, because
		versions = append(versions, now)
	}
	return versions
}
