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
	all, values := make([]*voicedClaim, len(claims)), make([]voicedClaim, len(claims))
	for i := range claims {
		c := &claims[i]
		all[i] = &values[i]
		values[i] = voicedClaim{
			Claim: c, from: c.KnownFrom(), voices: voices.VoicesOf(*c), dataset: voices.Datasets[c.Release],
			numbers: c.Says.Numbers(), KnownTo: edtf.EndOfTime,
		}
	}
	slices.SortFunc(all, func(a, b *voicedClaim) int { return CompareClaims(*a.Claim, *b.Claim) })
	all = slices.CompactFunc(all, func(a, b *voicedClaim) bool { return a.ID == b.ID })
	withdraw(all)

	h := History{Subject: subject, Lifetimes: slices.Grow([]ClaimLifetime(nil), len(all))}
	for _, c := range all {
		h.Lifetimes = append(h.Lifetimes, ClaimLifetime{Claim: c.ID, KnownTo: c.KnownTo, WithdrawnBy: c.WithdrawnBy})
	}
	everLive := filterClaims(all, func(c *voicedClaim) bool { return c.Stance != StanceRetracts && c.from < c.KnownTo })
	if subject.Kind() != KindEvent {
		h.Affiliated = affiliationIntervals(everLive)
		return h
	}
	h.States = states(all, everLive, voices)
	h.Participations = participations(everLive)
	h.Locations = locations(everLive)
	h.Wholes = wholes(subject, everLive)
	h.RespondsTo = responses(subject, everLive)
	h.Announces = announcements(subject, everLive)
	return h
}

// withdraw sets KnownTo and WithdrawnBy of each claim. Withdrawal is final: it holds even if the claim that withdrew is
// itself withdrawn.
func withdraw(claims []*voicedClaim) {
	for i, by := range claims {
		if by.Stance != StanceRetracts && len(by.Supersedes) == 0 {
			continue
		}
		for j, target := range claims {
			if target.from > by.from {
				break
			}
			follows := j < i && !followsByName(target, by) || followsByName(by, target)
			if follows && withdraws(by, target) && (overlap(by.voices, target.voices) || ofOneDataset(by, target)) {
				target.WithdrawnBy = append(target.WithdrawnBy, by.ID)
				target.KnownTo = min(target.KnownTo, by.from)
			}
		}
	}
}

// followsByName reports whether by comes after target although both are known from the same instant, because by names
// target in Supersedes. An example is a correction that is published on the day of the original. If each names the
// other, the order of their ids decides.
func followsByName(by, target *voicedClaim) bool {
	return by.from == target.from &&
		slices.Contains(by.Supersedes, target.ID) && !slices.Contains(target.Supersedes, by.ID)
}

// ofOneDataset reports whether two claims are rows of one data set, which may retract a row that it names, even if the
// claimants differ.
func ofOneDataset(by, target *voicedClaim) bool {
	return len(by.Supersedes) > 0 && by.dataset != "" && by.dataset == target.dataset
}

// withdraws reports whether a claim withdraws an earlier one of the same voice. It does if it names the earlier one, or
// if it retracts without naming any: then it withdraws all claims of its aspect, or all claims if its aspect is
// OCCURRENCE.
func withdraws(by, earlier *voicedClaim) bool {
	if len(by.Supersedes) > 0 || by.Stance != StanceRetracts {
		return slices.Contains(by.Supersedes, earlier.ID)
	}
	return earlier.Stance != StanceRetracts && (by.Aspect == AspectOccurrence || by.Aspect == earlier.Aspect)
}

// states returns the versions of the state, one for each moment at which a claim became known and the state changed.
// There is none before the first claim that was ever live.
func states(all, everLive []*voicedClaim, book VoiceBook) []EventState {
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
