package kg

import (
	"cmp"
	"slices"

	"casus/internal/edtf"
)

// stateOf returns the state that follows from ever, the claims that were ever live, and live, the claims that are live
// now.
func stateOf(ever, live []*voicedClaim, book *VoiceBook) EventState {
	s := EventState{Headline: headline(live, ever), FirstAsserted: firstAsserted(ever), Sources: sources(live, book)}
	if len(live) == 0 {
		s.Status = StatusRetracted
		return s
	}
	for _, c := range live {
		s.Codings |= Codings.Bits(c.coding)
	}
	s.Status = status(filterClaims(live, func(c *voicedClaim) bool { return c.Aspect == AspectOccurrence }), book)
	if slices.Contains(HappenedModalities(), s.Modality) {
		s.Toll = tollOf(live)
	}
	return s
}

// sources counts the documents, publishers and data sets of the live claims, and the voices of the positive claims
// whose aspect is OCCURRENCE and whose coding is not MACHINE.
func sources(live []*voicedClaim, book *VoiceBook) SourceCount {
	documents, publishers := make(map[ID]bool, len(live)), map[ID]bool{}
	voices, datasets := map[ID]bool{}, map[string]bool{}
	for _, c := range live {
		for _, d := range c.documents {
			documents[d] = true
		}
		if d := book.dataset(c.Claim); d != "" {
			datasets[d] = true
		}
		if c.Positive() && c.Aspect == AspectOccurrence && !c.machine {
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
	return SourceCount{
		Documents: len(documents), Publishers: len(publishers), Voices: len(voices), Datasets: len(datasets),
	}
}

// firstAsserted returns AssertedAt of the earliest positive claim, else of the earliest claim.
func firstAsserted(ever []*voicedClaim) edtf.Time {
	for _, c := range ever {
		if c.Positive() {
			return c.AssertedAt
		}
	}
	return ever[0].AssertedAt
}

// headline takes each value from the latest live positive claim that states it. Without live positive claims it uses
// all live claims, and without these all claims that were ever live. In each list a value of a MACHINE claim is used
// only if no other states one. An event cannot be shown without a title, so titles come from the first of these three
// lists that has any.
func headline(live, ever []*voicedClaim) Headline {
	live, ever = machineFirst(live), machineFirst(ever)
	positive := filterClaims(live, func(c *voicedClaim) bool { return c.Positive() })
	claims := ever
	switch {
	case len(positive) > 0:
		claims = positive
	case len(live) > 0:
		claims = live
	}
	h := Headline{Category: CategoryOther, Modality: ModalityOccurred, Time: UnknownTime()}
	latest := func(hasValue func(*Claim) bool) *Claim {
		for _, c := range slices.Backward(claims) {
			if hasValue(c.Claim) {
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
		h.Time, h.Nominal = *c.Says.Time, c.Says.Nominal
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

// machineFirst returns the claims with MACHINE claims before all others, otherwise in their order.
func machineFirst(claims []*voicedClaim) []*voicedClaim {
	machine := func(c *voicedClaim) bool { return c.machine }
	if !slices.ContainsFunc(claims, machine) {
		return claims
	}
	return append(filterClaims(claims, machine), filterClaims(claims, func(c *voicedClaim) bool { return !c.machine })...)
}

// latestValues returns for each key, such as a language or a scheme, the values of the latest claim that states any.
// The keys are sorted.
func latestValues[T any](claims []*voicedClaim, values func(*Claim) []T, key func(T) string) []T {
	type source struct {
		key   string
		claim *voicedClaim
	}
	var found []source
	for _, c := range slices.Backward(claims) {
		for _, v := range values(c.Claim) {
			if !slices.ContainsFunc(found, func(s source) bool { return s.key == key(v) }) {
				found = append(found, source{key(v), c})
			}
		}
	}
	slices.SortFunc(found, func(a, b source) int { return cmp.Compare(a.key, b.key) })
	var all []T
	for _, s := range found {
		for _, v := range values(s.claim.Claim) {
			if key(v) == s.key {
				all = append(all, v)
			}
		}
	}
	return all
}

// UnknownTime returns the time of an event for which no claim states one.
func UnknownTime() edtf.Time {
	return edtf.Time{
		EDTF: "XXXX", Earliest: edtf.BeginningOfTime, Latest: edtf.EndOfTime, Precision: edtf.PrecisionUnknown,
	}
}
