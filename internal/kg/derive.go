package kg

import (
	"reflect"
	"slices"

	"casus/internal/edtf"
)

// Derive computes all that follows from the claims about one subject: its states and edges, each for an interval of
// knowledge, and each claim's life. It is a pure function; the order of the claims does not matter. A claim given twice
// counts once. The rules are those of docs/model.md.
func Derive(subject ID, claims []Claim, voices VoiceBook) History {
	all, room := make([]*voicedClaim, len(claims)), make([]voicedClaim, len(claims))
	for i := range claims {
		c := &claims[i]
		all[i] = &room[i]
		room[i] = voicedClaim{
			Claim: c, from: c.KnownFrom(), voices: voices.VoicesOf(*c),
			killed: c.Says.estimate(FigureKilled), wounded: c.Says.estimate(FigureWounded),
			KnownTo: edtf.EndOfTime,
		}
	}
	slices.SortFunc(all, func(a, b *voicedClaim) int { return CompareClaims(*a.Claim, *b.Claim) })
	all = slices.CompactFunc(all, func(a, b *voicedClaim) bool { return a.ID == b.ID })
	withdraw(all)

	h := History{Subject: subject, Lifetimes: slices.Grow([]ClaimLifetime(nil), len(all))}
	for _, c := range all {
		h.Lifetimes = append(h.Lifetimes, ClaimLifetime{Claim: c.ID, KnownTo: c.KnownTo, WithdrawnBy: c.WithdrawnBy})
	}
	stood := filterClaims(all, func(c *voicedClaim) bool { return c.Stance != StanceRetracts && c.from < c.KnownTo })
	if subject.Kind() != KindEvent {
		h.Affiliated = affiliationIntervals(stood)
		return h
	}
	h.States = states(all, stood, voices)
	h.Participations = participations(stood)
	h.Locations = locations(stood)
	h.Wholes = wholes(subject, stood)
	h.RespondsTo = responses(subject, stood)
	h.Announces = announcements(subject, stood)
	return h
}

// withdraw sets every claim's KnownTo and WithdrawnBy. Withdrawal is final: it holds even when the claim that withdrew
// is withdrawn in its turn.
func withdraw(claims []*voicedClaim) {
	for i, by := range claims {
		if by.Stance != StanceRetracts && len(by.Supersedes) == 0 {
			continue
		}
		for j, target := range claims {
			if target.from > by.from {
				break
			}
			if (j < i && !followsByName(target, by) || followsByName(by, target)) && withdraws(by, target) && overlap(by.voices, target.voices) {
				target.WithdrawnBy = append(target.WithdrawnBy, by.ID)
				target.KnownTo = min(target.KnownTo, by.from)
			}
		}
	}
}

// followsByName says whether a claim comes after another of the same instant because it names it, whatever their ids:
// a correction published on the day of what it corrects. Where each names the other the ids decide.
func followsByName(by, target *voicedClaim) bool {
	return by.from == target.from && slices.Contains(by.Supersedes, target.ID) && !slices.Contains(target.Supersedes, by.ID)
}

// withdraws says whether a claim is meant to withdraw an earlier one by the same voice: it names it, or it retracts
// without naming any, which takes back all the voice said of that aspect, and all it said where the occurrence itself
// is taken back.
func withdraws(by, earlier *voicedClaim) bool {
	if len(by.Supersedes) > 0 || by.Stance != StanceRetracts {
		return slices.Contains(by.Supersedes, earlier.ID)
	}
	return earlier.Stance != StanceRetracts && (by.Aspect == AspectOccurrence || by.Aspect == earlier.Aspect)
}

// states walks through the moments at which a claim became known and keeps a version wherever something changed. Before
// the first claim that ever stood there is none.
func states(all, stood []*voicedClaim, book VoiceBook) []EventState {
	var versions []EventState
	known := 0 // of those that stood
	for next := 0; next < len(all); {
		at := all[next].from
		var because []ID
		for ; next < len(all) && all[next].from == at; next++ {
			because = append(because, all[next].ID)
		}
		for known < len(stood) && stood[known].from <= at {
			known++
		}
		if known == 0 {
			continue
		}
		ever := stood[:known]
		now := stateOf(ever, filterClaims(ever, func(c *voicedClaim) bool { return c.liveAt(at) }), book)
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
