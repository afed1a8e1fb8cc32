package kg

import "slices"

// MergeClaim merges two versions of a claim. Their extractions are united, unless a person wrote one of the two, and
// the spans of one may have been checked. These are the only changes that a claim allows. ok is false if the two
// contradict each other otherwise; merged is then the stored claim. The order of the two matters only for RecordedAt.
func MergeClaim(stored, given Claim) (merged Claim, ok bool) {
	if merged, ok = mergeSpans(stored, given); ok {
		merged.Extractions = mergeExtractions(stored.Extractions, given.Extractions)
	}
	return merged, ok
}

// SameClaim reports whether a merged claim is the stored one.
func SameClaim(merged, stored Claim) bool {
	return slices.Equal(merged.Spans, stored.Spans) && slices.Equal(merged.Extractions, stored.Extractions)
}

// mergeSpans merges two versions of a claim of which the spans of one may have been checked, which they can be only
// once the text of the document is available.
func mergeSpans(stored, given Claim) (merged Claim, ok bool) {
	if stored.Digest() == given.Digest() {
		return stored, true
	}
	if len(stored.Spans) != len(given.Spans) {
		return stored, false
	}
	spans := make([]Span, len(stored.Spans))
	for i := range spans {
		if spans[i], ok = mergeSpan(stored.Spans[i], given.Spans[i]); !ok {
			return stored, false
		}
	}
	merged = stored
	merged.Spans, given.Spans = spans, spans
	if merged.Digest() != given.Digest() {
		return stored, false
	}
	return merged, true
}

// mergeSpan returns the checked one of two spans, and whether the other is the same span before its check. A check
// keeps exact words, or adds them if there are only offsets. It keeps offsets too, unless its state is REANCHORED.
func mergeSpan(a, b Span) (Span, bool) {
	if a == b {
		return a, true
	}
	if a.State == SpanUnverifiable {
		a, b = b, a
	}
	if a.State == SpanUnverifiable || b.State != SpanUnverifiable || a.Prefix != b.Prefix || a.Suffix != b.Suffix {
		return a, false
	}
	hasOffsets, sameOffsets := b.End > 0, a.Start == b.Start && a.End == b.End
	switch {
	case b.Exact == "":
		return a, sameOffsets && a.State == SpanVerified
	case a.Exact != b.Exact:
		return a, false
	case a.State == SpanReanchored:
		return a, hasOffsets && !sameOffsets
	}
	return a, !hasOffsets || sameOffsets
}
