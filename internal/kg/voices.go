package kg

import (
	"slices"

	"casus/internal/edtf"
)

// VoiceBook holds the data, other than the claim itself, that determines the voices of a claim: the documents of the
// claims with, transitively, the originals of reprints, and the identity classes.
type VoiceBook struct {
	Documents map[ID]Document
	// Classes maps each node to the smallest id of its identity class. A node that is not in the map is its own class.
	Classes map[ID]ID
	// Datasets maps each release to the name of its data set.
	Datasets map[ID]string

	originals map[ID]ID // of each document, if WithOriginals has found them
}

// WithOriginals returns the book with the original of each document, which it finds once for all claims. Chains of
// reprints may be long.
func (b VoiceBook) WithOriginals() VoiceBook {
	b.originals = nil
	originals := make(map[ID]ID, len(b.Documents))
	var path []ID
	for id := range b.Documents {
		path = path[:0]
		at := id
		original, known := originals[at]
		for !known {
			path = append(path, at)
			next := b.Documents[at].Syndicates
			if next == "" {
				original = at
				break
			}
			if len(path) > len(b.Documents) { // a cycle, which stores reject
				original = b.original(id)
				path = path[:1]
				break
			}
			at = next
			original, known = originals[at]
		}
		for _, below := range path {
			originals[below] = original
		}
	}
	b.originals = originals
	return b
}

// VoicesOf returns the voices of a claim, sorted and distinct: the identity classes of its claimants; without claimants
// the publisher of its document, or of the original if that is a reprint; without a publisher the original document;
// without a document the data set; without any of these the claim itself.
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

// class returns the identity class of a node.
func (b VoiceBook) class(id ID) ID {
	if c, ok := b.Classes[id]; ok {
		return c
	}
	return id
}

// original returns the document at the start of a chain of reprints. For a cycle, which stores reject, it returns the
// smallest id.
func (b VoiceBook) original(doc ID) ID {
	if original, known := b.originals[doc]; known {
		return original
	}
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

// overlap reports whether the lists have an element in common.
func overlap(a, b []ID) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}

// voicedClaim is a claim with its voices, the moment from which it is known, and its own numbers.
type voicedClaim struct {
	*Claim
	from    edtf.Instant
	voices  []ID
	dataset string // of its release, empty if there is none
	numbers []TollFigure
	// KnownTo and WithdrawnBy are derived; they hide the fields of the claim.
	KnownTo     edtf.Instant
	WithdrawnBy []ID
}

// liveAt reports whether a claim that is not a retraction is live at a moment.
func (c *voicedClaim) liveAt(at edtf.Instant) bool { return c.from <= at && at < c.KnownTo }

// filterClaims returns the claims for which keep returns true.
func filterClaims(claims []*voicedClaim, keep func(*voicedClaim) bool) []*voicedClaim {
	kept := make([]*voicedClaim, 0, len(claims))
	for _, c := range claims {
		if keep(c) {
			kept = append(kept, c)
		}
	}
	return kept
}
