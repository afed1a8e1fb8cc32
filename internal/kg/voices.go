package kg

import (
	"cmp"
	"slices"
)

// VoiceBook holds the data, other than the claims themselves, that determines the voices and the coding of claims: the
// documents of the claims with, transitively, the originals of reprints, their releases, the reviews that name any of
// these, and the identity classes.
type VoiceBook struct {
	Documents map[ID]Document
	Releases  map[ID]Release
	// Reviews are the latest reviews, by the claim, document or release that they name; see LatestReviews.
	Reviews map[ID]Review
	// Classes maps each node to the smallest id of its identity class. A node that is not in the map is its own class.
	Classes map[ID]ID

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
// those of its documents. A row without claimants and without a known publisher has no voice, and neither has a claim
// without claimants, document and release.
func (b VoiceBook) VoicesOf(c Claim) []ID {
	voices := b.classes(c.Claimants)
	if len(c.Claimants) == 0 {
		for _, d := range c.SourceDocuments() {
			if v := b.voiceIn(&c, d); v != "" {
				voices = append(voices, v)
			}
		}
	}
	slices.Sort(voices)
	return slices.Compact(voices)
}

// voiceIn returns the voice of a claim without claimants in one of its documents: the publisher of the original. If it
// is not known, a row has no voice there, and the voice of another claim is the original itself.
func (b *VoiceBook) voiceIn(c *Claim, document ID) ID {
	original := b.original(document)
	if p := b.Documents[original].Publisher; p != "" || c.Release != "" {
		return b.class(p)
	}
	return original
}

// publisher returns the publisher of a document, or the document itself if it is not known.
func (b *VoiceBook) publisher(document ID) ID {
	if p := b.Documents[document].Publisher; p != "" {
		return b.class(p)
	}
	return document
}

// dataset returns the name of the data set that a claim is a row of, or "".
func (b *VoiceBook) dataset(c *Claim) string { return b.Releases[c.Release].Name }

// classes returns the identity classes of nodes, which may repeat.
func (b *VoiceBook) classes(ids []ID) []ID {
	all := make([]ID, len(ids))
	for i, id := range ids {
		all[i] = b.class(id)
	}
	return all
}

// class returns the identity class of a node.
func (b *VoiceBook) class(id ID) ID {
	if c, ok := b.Classes[id]; ok {
		return c
	}
	return id
}

// original returns the document at the start of a chain of reprints. For a cycle, which stores reject, it returns the
// smallest id.
func (b *VoiceBook) original(doc ID) ID {
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

// CodingOf returns the coding of a claim: the verdict of the latest review that names the claim, its document or its
// release; without a review MACHINE for an extracted claim, else the coding of its release, else HUMAN.
func (b VoiceBook) CodingOf(c Claim) Coding {
	if len(b.Reviews) > 0 {
		var latest Review
		for _, target := range []ID{c.ID, c.Document, c.Release} {
			if r, found := b.Reviews[target]; found && (latest.ID == "" || CompareReviews(r, latest) > 0) {
				latest = r
			}
		}
		if latest.ID != "" {
			return latest.Verdict
		}
	}
	if len(c.Extractions) > 0 {
		return CodingMachine
	}
	return cmp.Or(b.Releases[c.Release].Coding, CodingHuman)
}
