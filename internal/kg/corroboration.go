package kg

import (
	"cmp"
	"slices"

	"casus/internal/edtf"
)

// Corroboration lists what an event's status rests on: the positive claims of its OCCURRENCE that count, as tellings.
type Corroboration struct {
	// Independent are the pair of tellings that decides the status, if one does, and then each telling that is independent
	// of all before it. Every other telling is among the Others of the first one that it is not independent of.
	Independent []Telling
	// Needs is what is missing for CONFIRMED, empty if the event is CONFIRMED.
	Needs []ConfirmationNeed
}

// Telling is what one voice says in one text.
type Telling struct {
	Claim ID
	// Voice is an actor, or a document whose publisher is not known.
	Voice ID
	// Documents are the one that the telling is in, if any, and those of Others of the same text, such as reprints.
	Documents []ID
	// KnownFrom is the moment from which the claim is known.
	KnownFrom edtf.Instant
	// Words are the words that the claim points at or, if it points at none, its quote.
	Words  []string
	Others []Telling
}

// ConfirmationNeed is something without which an event is not CONFIRMED.
type ConfirmationNeed string

// The values of ConfirmationNeed.
const (
	// NeedWithdrawnDenials means that the live claims that deny or dispute it would have to be withdrawn.
	NeedWithdrawnDenials ConfirmationNeed = "WITHDRAWN_DENIALS"
	// NeedReview means that a machine's claims would count if a person reviewed them.
	NeedReview ConfirmationNeed = "REVIEW"
	// NeedClaim means that no positive claim with a voice counts.
	NeedClaim ConfirmationNeed = "CLAIM"
	// NeedConfirmation means that no CONFIRMS has a telling that is independent of a telling of an earlier claim.
	NeedConfirmation ConfirmationNeed = "CONFIRMATION"
)

// ConfirmationNeeds are the values of ConfirmationNeed in their fixed order.
var ConfirmationNeeds = NewVocabulary(NeedWithdrawnDenials, NeedReview, NeedClaim, NeedConfirmation)

// MaxTellings bounds the tellings of a Corroboration: the first in claim order are used.
const MaxTellings = 2_000

// Corroborate returns what the status of an event rests on at a moment. The claims are those about the event, with
// KnownTo, and the book has their documents and releases.
func Corroborate(claims []Claim, book VoiceBook, at edtf.Instant) Corroboration {
	live := voicedClaims(slices.DeleteFunc(slices.Clone(claims), func(c Claim) bool {
		return c.Aspect != AspectOccurrence || !c.Live(at)
	}), book)
	positive := filterClaims(live, func(c *voicedClaim) bool { return c.Positive() && !c.machine })
	all := slices.Collect(book.tellingsOf(positive))
	slices.SortStableFunc(all, func(t, u *telling) int {
		return cmp.Or(CompareClaims(*t.claim.Claim, *u.claim.Claim), cmp.Compare(t.document, u.document))
	})
	all = all[:min(len(all), MaxTellings)]
	current := status(live, &book)
	related := (*telling).independent
	if current != StatusConfirmed {
		related = (*telling).corroborates
	}
	c := Corroboration{Needs: needs(current, live, len(all))}
	listed := decidingPair(all, current)
	for _, t := range all {
		if !slices.ContainsFunc(listed, func(u *telling) bool { return !related(t, u) }) {
			listed = append(listed, t)
		}
	}
	for _, t := range listed {
		c.Independent = append(c.Independent, t.exported())
	}
	for _, t := range all {
		if slices.Contains(listed, t) {
			continue
		}
		i := slices.IndexFunc(listed, func(u *telling) bool { return !related(t, u) })
		under := &c.Independent[i]
		under.Others = append(under.Others, t.exported())
		if d := t.document; d != "" && t.text == listed[i].text && !slices.Contains(under.Documents, d) {
			under.Documents = append(under.Documents, d)
		}
	}
	return c
}

// needs returns what is missing for CONFIRMED.
func needs(current ClaimStatus, live []*voicedClaim, tellings int) []ConfirmationNeed {
	if current == StatusConfirmed {
		return nil
	}
	var all []ConfirmationNeed
	if current == StatusDisputed || current == StatusDenied {
		all = append(all, NeedWithdrawnDenials)
	}
	if slices.ContainsFunc(live, func(c *voicedClaim) bool { return c.machine && c.Positive() }) {
		all = append(all, NeedReview)
	}
	if tellings == 0 {
		all = append(all, NeedClaim)
	}
	return append(all, NeedConfirmation)
}

// decidingPair returns the first pair of tellings by which an event is CONFIRMED or CORROBORATED, in their order.
func decidingPair(all []*telling, current ClaimStatus) []*telling {
	for j, t := range all {
		for i, u := range all[:j] {
			switch {
			case current == StatusConfirmed && (confirms(t, u) || confirms(u, t)),
				current == StatusCorroborated && t.corroborates(u):
				return []*telling{all[i], all[j]}
			}
		}
	}
	return nil
}

// confirms reports whether t is a telling of a CONFIRMS that is independent of u, which it may have followed.
func confirms(t, u *telling) bool {
	return t.claim.Stance == StanceConfirms && t.claim != u.claim && t.follows(u) && t.independent(u)
}

// corroborates reports whether two tellings are independent, and not of a publisher and a person that its text quotes.
func (t *telling) corroborates(u *telling) bool {
	return t.independent(u) && (t.text != u.text || !t.own && !u.own)
}

// exported returns the telling without others.
func (t *telling) exported() Telling {
	made := Telling{Claim: t.claim.ID, Voice: t.voice, KnownFrom: t.claim.from}
	if t.document != "" {
		made.Documents = []ID{t.document}
	}
	if t.document == t.claim.Document {
		for _, s := range t.claim.Spans {
			if s.Exact != "" {
				made.Words = append(made.Words, s.Exact)
			}
		}
		if q := t.claim.Quote; len(made.Words) == 0 && q != nil {
			made.Words = []string{q.Text}
		}
	}
	return made
}
