package kg

import (
	"slices"

	"casus/internal/edtf"
)

// VoiceBook tells whose voice a claim carries. It holds what voices depend on beyond the claim itself: documents (those
// of the claims and, transitively, what they syndicate) and identity classes.
type VoiceBook struct {
	Documents map[ID]Document
	// Classes gives each node's class by its representative, the class's smallest id; a node that is not in the map is
	// a class of its own.
	Classes map[ID]ID
	// Datasets names each release's dataset.
	Datasets map[ID]string
}

// VoicesOf lists a claim's voices, sorted and distinct: its claimants' identity classes; with no claimant its document's
// publisher, a syndicated document counting as its original's; with no publisher the original document; with no
// document its dataset; with none of these the claim itself.
func (b VoiceBook) VoicesOf(c Claim) []ID {
	if len(c.Claimants) > 0 {
		voices := make([]ID, 0, len(c.Claimants))
		for _, a := range c.Claimants {
			voices = append(voices, b.class(a))
		}
		slices.Sort(voices)
		return slices.Compact(voices)
	}
	switch {
	case c.Document != "":
		original := b.original(c.Document)
		if p := b.Documents[original].Publisher; p != "" {
			return []ID{b.class(p)}
		}
		return []ID{original}
	case c.Release != "":
		if name := b.Datasets[c.Release]; name != "" {
			return []ID{ID("dataset:" + name)}
		}
		return []ID{c.Release}
	}
	return []ID{c.ID}
}

func (b VoiceBook) class(id ID) ID {
	if c, ok := b.Classes[id]; ok {
		return c
	}
	return id
}

// original follows syndication to its start; a circle, which Apply refuses, ends at its smallest id.
func (b VoiceBook) original(doc ID) ID {
	seen := []ID{doc}
	for {
		next := b.Documents[doc].Syndicates
		if next == "" {
			return doc
		}
		if i := slices.Index(seen, next); i >= 0 {
			return slices.Min(seen[i:])
		}
		seen, doc = append(seen, next), next
	}
}

func overlap(a, b []ID) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}

// voicedClaim is a claim with its voices, the moment from which it is known, and its own count of people.
type voicedClaim struct {
	*Claim
	from            edtf.Instant
	voices          []ID
	killed, wounded *Estimate
	// KnownTo and WithdrawnBy are what is derived of the claim, whatever the claim itself has.
	KnownTo     edtf.Instant
	WithdrawnBy []ID
}

// liveAt says whether a claim that is no withdrawal stands at a moment.
func (c *voicedClaim) liveAt(at edtf.Instant) bool { return c.from <= at && at < c.KnownTo }

func filterClaims(claims []*voicedClaim, keep func(*voicedClaim) bool) []*voicedClaim {
	kept := make([]*voicedClaim, 0, len(claims))
	for _, c := range claims {
		if keep(c) {
			kept = append(kept, c)
		}
	}
	return kept
}
