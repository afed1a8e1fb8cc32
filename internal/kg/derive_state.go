package kg

import "slices"

// state is what the first n claims, of which live ones are given, come to; nil where no claim ever stood.
func (d *derivation) state(n int, live []voiced) *EventState {
	var ever []voiced
	for i, c := range d.claims[:n] {
		if c.Stance != StanceRetracts && c.KnownTo > c.KnownFrom() {
			ever = append(ever, voiced{Claim: c, voices: d.voices[i]})
		}
	}
	if len(ever) == 0 {
		return nil
	}
	s := EventState{Headline: headline(live, ever), FirstAsserted: firstAsserted(ever), Sources: d.sources(live)}
	if len(live) == 0 {
		s.Status = StatusRetracted
		return &s
	}
	s.Status = status(occurrence(live))
	if s.Modality == ModalityOccurred || s.Modality == ModalityOngoing {
		s.Toll = Toll{Killed: toll(live, FigureKilled), Wounded: toll(live, FigureWounded)}
	}
	return &s
}

func occurrence(live []voiced) []voiced {
	return filtered(live, func(c voiced) bool { return c.Aspect == AspectOccurrence })
}

// status is rule 5, over live claims that all speak to one thing.
func status(live []voiced) ClaimStatus {
	var positive []voiced
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
	case confirmed(positive):
		return StatusConfirmed
	case len(distinctVoices(positive)) >= 2:
		return StatusCorroborated
	}
	return StatusUnverified
}

// confirmed says whether a voice other than those of the earliest live positive claim confirms.
func confirmed(positive []voiced) bool {
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

func distinctVoices(claims []voiced) []ID {
	var all []ID
	for _, c := range claims {
		all = append(all, c.voices...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (d *derivation) sources(live []voiced) SourceCount {
	documents, publishers := map[ID]bool{}, map[ID]bool{}
	for _, c := range live {
		if c.Document == "" {
			continue
		}
		documents[c.Document] = true
		if p := d.book.Documents[c.Document].Publisher; p != "" {
			publishers[d.book.class(p)] = true
		}
	}
	positive := filtered(occurrence(live), func(c voiced) bool { return c.Positive() })
	return SourceCount{Documents: len(documents), Publishers: len(publishers), Voices: len(distinctVoices(positive))}
}

func firstAsserted(ever []voiced) Time {
	for _, c := range ever {
		if c.Positive() {
			return c.AssertedAt
		}
	}
	return ever[0].AssertedAt
}

// headline takes each value from the latest live positive claim that states it; where none does, from the latest live
// claim, and for a retracted event from the latest that ever stood.
func headline(live, ever []voiced) Headline {
	positive := filtered(live, func(c voiced) bool { return c.Positive() })
	h := Headline{Category: CategoryOther, Modality: ModalityOccurred, Time: UnknownTime()}
	from := func(states func(Statement) bool) *Statement {
		for _, claims := range [][]voiced{positive, live, ever} {
			for _, c := range slices.Backward(claims) {
				if states(c.Says) {
					return &c.Says
				}
			}
		}
		return nil
	}
	if s := from(func(s Statement) bool { return s.Category != "" }); s != nil {
		h.Category = s.Category
	}
	if s := from(func(s Statement) bool { return s.Mode != "" }); s != nil {
		h.Mode = s.Mode
	}
	if s := from(func(s Statement) bool { return s.Modality != "" }); s != nil {
		h.Modality = s.Modality
	}
	if s := from(func(s Statement) bool { return s.Time != nil }); s != nil {
		h.Time = *s.Time
	}
	sources := [][]voiced{positive, live, ever}
	language := func(n Name) string { return n.Language }
	h.Titles = latestPerKey(sources, func(s Statement) []Name { return s.Titles }, language)
	h.Summaries = latestPerKey(sources, func(s Statement) []Name { return s.Summaries }, language)
	h.Codes = latestPerKey(sources, func(s Statement) []Code { return s.Codes }, func(c Code) string { return c.Scheme })
	return h
}

// latestPerKey gives, for each key (a language, a scheme), the values of the latest claim that states any under it,
// from the first list of claims that states any at all; keys in order.
func latestPerKey[T any](sources [][]voiced, values func(Statement) []T, key func(T) string) []T {
	for _, claims := range sources {
		byKey := map[string][]T{}
		var keys []string
		for _, c := range slices.Backward(claims) {
			mine := map[string][]T{}
			for _, v := range values(c.Says) {
				mine[key(v)] = append(mine[key(v)], v)
			}
			for k, vs := range mine {
				if _, taken := byKey[k]; !taken {
					byKey[k] = vs
					keys = append(keys, k)
				}
			}
		}
		if len(keys) == 0 {
			continue
		}
		slices.Sort(keys)
		var all []T
		for _, k := range keys {
			all = append(all, byKey[k]...)
		}
		return all
	}
	return nil
}

// UnknownTime is the time of an event of which no claim says when.
func UnknownTime() Time {
	return Time{EDTF: "XXXX", Earliest: BeginningOfTime, Latest: EndOfTime, Precision: PrecisionUnknown}
}

func filtered(claims []voiced, keep func(voiced) bool) []voiced {
	var kept []voiced
	for _, c := range claims {
		if keep(c) {
			kept = append(kept, c)
		}
	}
	return kept
}
