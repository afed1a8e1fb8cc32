package disagree

import (
	"cmp"
	"slices"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// ReversalKind is the way in which an actor reversed its word.
type ReversalKind string

// The values of ReversalKind.
const (
	// Admitted means that what was denied is now asserted or confirmed.
	Admitted ReversalKind = "ADMITTED"
	// Denied means that what was asserted or confirmed is now denied.
	Denied ReversalKind = "DENIED"
	// Accepted means that a proposal was refused and is now accepted.
	Accepted ReversalKind = "ACCEPTED"
	// Refused means that a proposal was accepted and is now refused.
	Refused ReversalKind = "REFUSED"
)

// ReversalKinds are the values of ReversalKind in their fixed order.
var ReversalKinds = kg.NewVocabulary(Admitted, Denied, Accepted, Refused)

// Reversal is a pair of claims in which an actor says the opposite about one matter.
type Reversal struct {
	Kind ReversalKind
	// Event is what was denied or asserted, or the proposal.
	Event kg.ID
	// Participant and Role are the participation that was denied or asserted; empty if it was the event itself.
	Participant kg.ID
	Role        kg.ParticipantRole
	// Before is the last claim before the reversal, After the first one after it.
	Before, After kg.ID
	// At is the moment of After.
	At edtf.Instant
}

// word is a yes or no of an actor on one matter. matter has the event and, perhaps, the participation.
type word struct {
	matter Reversal
	at     edtf.Instant
	yes    bool
	claim  kg.ID
}

// reversals returns the reversals among the words of one actor, each between the last one before and the first one
// after in the order of moments and ids. A moment at which the actor says both yes and no is skipped.
func reversals(words []word, yes, no ReversalKind) (all []Reversal) {
	slices.SortFunc(words, func(a, b word) int {
		return cmp.Or(compareMatters(a.matter, b.matter), cmp.Compare(a.at, b.at), cmp.Compare(a.claim, b.claim))
	})
	var last *word
	for i := 0; i < len(words); {
		w, n := &words[i], i
		both := false
		for ; n < len(words) && words[n].at == w.at && compareMatters(words[n].matter, w.matter) == 0; n++ {
			both = both || words[n].yes != w.yes
		}
		i = n
		if last != nil && compareMatters(last.matter, w.matter) != 0 {
			last = nil
		}
		if both {
			continue
		}
		if last != nil && last.yes != w.yes {
			r := w.matter
			r.Kind, r.Before, r.After, r.At = no, last.claim, w.claim, w.at
			if w.yes {
				r.Kind = yes
			}
			all = append(all, r)
		}
		last = &words[n-1]
	}
	return all
}

func compareMatters(a, b Reversal) int {
	return cmp.Or(cmp.Compare(a.Event, b.Event), cmp.Compare(a.Participant, b.Participant), cmp.Compare(a.Role, b.Role))
}

// Acts reports whether a claim acts as an actor: the actor is a claimant, or the claim has none and is in the actor's
// own document.
func Acts(actor kg.ID, c *kg.Claim, book kg.VoiceBook) bool {
	if len(c.Claimants) > 0 {
		return slices.Contains(c.Claimants, actor)
	}
	return book.Documents[c.Document].Publisher == actor
}

// speaks reports whether a claim in which an actor acts is the actor's word. A claim of a MACHINE, or one without
// claimants that is a row or in a reprint, is no actor's word.
func speaks(c *kg.Claim, book kg.VoiceBook) bool {
	return book.CodingOf(*c) != kg.CodingMachine &&
		(len(c.Claimants) > 0 || c.Release == "" && book.Documents[c.Document].Syndicates == "")
}

// OfClaims returns where an actor denied what it had asserted or confirmed, or the other way round: an event's
// OCCURRENCE, or a PARTICIPATION. The claims are all claims about some events that the view knows and in which the
// actor acts, with KnownTo and WithdrawnBy, and actors, events and publishers as in the view. A claim that others than
// the actor withdrew does not count: it was not the actor's word.
func OfClaims(actor kg.ID, claims []kg.Claim, book kg.VoiceBook) []Reversal {
	own := map[kg.ID]bool{}
	for i := range claims {
		if Acts(actor, &claims[i], book) {
			own[claims[i].ID] = true
		}
	}
	var words []word
	for i := range claims {
		c := &claims[i]
		if !own[c.ID] || !speaks(c, book) || !c.Positive() && c.Stance != kg.StanceDenies || c.KnownTo <= c.KnownFrom() ||
			slices.ContainsFunc(c.WithdrawnBy, func(by kg.ID) bool { return !own[by] }) {
			continue
		}
		w := word{matter: Reversal{Event: c.Subject}, at: c.KnownFrom(), yes: c.Positive(), claim: c.ID}
		switch c.Aspect {
		case kg.AspectOccurrence:
			words = append(words, w)
		case kg.AspectParticipation:
			for _, p := range c.Says.Participants {
				w.matter.Participant, w.matter.Role = p.Actor, p.Role
				words = append(words, w)
			}
		}
	}
	return reversals(words, Admitted, Denied)
}

// Proposals returns what a response to an event answers, given what that event announces: the PROPOSED events among
// these, and the event itself if it is PROPOSED or announces none. Events without a modality do not exist.
func Proposals(to kg.ID, announces []kg.ID, modalities map[kg.ID]kg.Modality) (all []kg.ID) {
	for _, id := range announces {
		if modalities[id] == kg.ModalityProposed {
			all = append(all, id)
		}
	}
	if modalities[to] == kg.ModalityProposed || len(all) == 0 && modalities[to] != "" {
		all = append(all, to)
	}
	return all
}

// Answer is an actor's response to a proposal.
type Answer struct {
	Proposal kg.ID
	Accepts  bool
	// At is the moment of the response, and Claim a claim that states it.
	At    edtf.Instant
	Claim kg.ID
}

// OfAnswers returns where an actor accepted a proposal that it had refused, or the other way round.
func OfAnswers(answers []Answer) []Reversal {
	words := make([]word, len(answers))
	for i, a := range answers {
		words[i] = word{matter: Reversal{Event: a.Proposal}, at: a.At, yes: a.Accepts, claim: a.Claim}
	}
	return reversals(words, Accepted, Refused)
}

// SortReversals sorts reversals by their moments, then by event and participation.
func SortReversals(all []Reversal) {
	slices.SortFunc(all, func(a, b Reversal) int {
		return cmp.Or(cmp.Compare(a.At, b.At), compareMatters(a, b), cmp.Compare(a.After, b.After))
	})
}
