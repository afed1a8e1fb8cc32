package kg

import (
	"cmp"
	"slices"

	"casus/internal/edtf"
)

// stateOf is what the claims that ever stood, of which some are live, come to.
func stateOf(ever, live []*voicedClaim, book VoiceBook) EventState {
	s := EventState{Headline: headline(live, ever), FirstAsserted: firstAsserted(ever), Sources: sources(live, book)}
	if len(live) == 0 {
		s.Status = StatusRetracted
		return s
	}
	s.Status = status(occurrenceClaims(live))
	if s.Modality == ModalityOccurred || s.Modality == ModalityOngoing {
		s.Toll = Toll{
			Killed:  toll(live, func(c *voicedClaim) *Estimate { return c.killed }),
			Wounded: toll(live, func(c *voicedClaim) *Estimate { return c.wounded }),
		}
	}
	return s
}

func occurrenceClaims(live []*voicedClaim) []*voicedClaim {
	return filterClaims(live, func(c *voicedClaim) bool { return c.Aspect == AspectOccurrence })
}

// status is rule 5, over live claims that all speak to one thing.
func status(live []*voicedClaim) ClaimStatus {
	positive := make([]*voicedClaim, 0, len(live))
	denied, disputed := false, false
	for _, c := range live {
		switch {
		case c.Positive():
			positive = append(positive, c)
		case c.Stance == StanceDenies:
			denied = true
		case c.Stance == StanceDisputes:
			disputed = true
		}
	}
	switch {
	case disputed, denied && len(positive) > 0:
		return StatusDisputed
	case denied:
		return StatusDenied
	case isConfirmed(positive):
		return StatusConfirmed
	case isCorroborated(positive):
		return StatusCorroborated
	}
	return StatusUnverified
}

// isConfirmed says whether a voice other than those of the earliest live positive claim confirms.
func isConfirmed(positive []*voicedClaim) bool {
	for _, c := range positive {
		if c.Stance != StanceConfirms {
			continue
		}
		for _, v := range c.voices {
			if !slices.Contains(positive[0].voices, v) {
				return true
			}
		}
	}
	return false
}

// isCorroborated says whether there are two different voices.
func isCorroborated(positive []*voicedClaim) bool {
	for _, c := range positive {
		for _, v := range c.voices {
			if v != positive[0].voices[0] {
				return true
			}
		}
	}
	return false
}

func sources(live []*voicedClaim, book VoiceBook) SourceCount {
	documents, publishers, voices := make(map[ID]bool, len(live)), map[ID]bool{}, map[ID]bool{}
	for _, c := range live {
		if c.Document != "" {
			documents[c.Document] = true
		}
		if c.Positive() && c.Aspect == AspectOccurrence {
			for _, v := range c.voices {
				voices[v] = true
			}
		}
	}
	for d := range documents {
		if p := book.Documents[d].Publisher; p != "" {
			publishers[book.class(p)] = true
		}
	}
	return SourceCount{Documents: len(documents), Publishers: len(publishers), Voices: len(voices)}
}

func firstAsserted(ever []*voicedClaim) edtf.Time {
	for _, c := range ever {
		if c.Positive() {
			return c.AssertedAt
		}
	}
	return ever[0].AssertedAt
}

// headline takes each value from the latest live positive claim that states it. An event without live positive claims
// has its values from the live ones, a retracted event from all that ever stood. Titles alone, without which an event
// cannot be shown, are looked for on through these lists until one states any.
func headline(live, ever []*voicedClaim) Headline {
	positive := filterClaims(live, func(c *voicedClaim) bool { return c.Positive() })
	claims := ever
	switch {
	case len(positive) > 0:
		claims = positive
	case len(live) > 0:
		claims = live
	}
	h := Headline{Category: CategoryOther, Modality: ModalityOccurred, Time: UnknownTime()}
	latest := func(states func(*Claim) bool) *Claim {
		for _, c := range slices.Backward(claims) {
			if states(c.Claim) {
				return c.Claim
			}
		}
		return nil
	}
	if c := latest(func(c *Claim) bool { return c.Says.Category != "" }); c != nil {
		h.Category = c.Says.Category
	}
	if c := latest(func(c *Claim) bool { return c.Says.Mode != "" }); c != nil {
		h.Mode = c.Says.Mode
	}
	if c := latest(func(c *Claim) bool { return c.Says.Modality != "" }); c != nil {
		h.Modality = c.Says.Modality
	}
	if c := latest(func(c *Claim) bool { return c.Says.Time != nil }); c != nil {
		h.Time = *c.Says.Time
	}
	language := func(n Name) string { return n.Language }
	for _, list := range [][]*voicedClaim{positive, live, ever} {
		if h.Titles == nil {
			h.Titles = latestValues(list, func(c *Claim) []Name { return c.Says.Titles }, language)
		}
	}
	h.Summaries = latestValues(claims, func(c *Claim) []Name { return c.Says.Summaries }, language)
	h.Codes = latestValues(claims, func(c *Claim) []Code { return c.Says.Codes }, func(c Code) string { return c.Scheme })
	return h
}

// latestValues gives, for each key (a language, a scheme), the values of the latest claim that states any under it;
// keys in order.
func latestValues[T any](claims []*voicedClaim, values func(*Claim) []T, key func(T) string) []T {
	type taken struct {
		key  string
		from *voicedClaim
	}
	var keys []taken
	for _, c := range slices.Backward(claims) {
		for _, v := range values(c.Claim) {
			if !slices.ContainsFunc(keys, func(t taken) bool { return t.key == key(v) }) {
				keys = append(keys, taken{key(v), c})
			}
		}
	}
	slices.SortFunc(keys, func(a, b taken) int { return cmp.Compare(a.key, b.key) })
	var all []T
	for _, k := range keys {
		for _, v := range values(k.from.Claim) {
			if key(v) == k.key {
				all = append(all, v)
			}
		}
	}
	return all
}

// UnknownTime is the time of an event of which no claim says when.
func UnknownTime() edtf.Time {
	return edtf.Time{EDTF: "XXXX", Earliest: edtf.BeginningOfTime, Latest: edtf.EndOfTime, Precision: edtf.PrecisionUnknown}
}
