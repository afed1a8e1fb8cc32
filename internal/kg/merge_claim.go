package kg

// MergeClaim gives a stored claim with what a later check found of its spans. A claim never changes but for that: where each
// of its words stands, and that they do, may be seen only when its document's text is there. ok is false where the two are
// not one claim, which contradict each other. Which of them came first makes no difference but to RecordedAt.
func MergeClaim(stored, given Claim) (merged Claim, ok bool) {
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

// mergeSpan gives the one that was checked, where the other is the same before its check. A check keeps the words, and
// finds them where there are only offsets; it keeps offsets too, unless it says that the words stand elsewhere.
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
	placed, there := b.End > 0, a.Start == b.Start && a.End == b.End
	switch {
	case b.Exact == "":
		return a, there && a.State == SpanVerified
	case a.Exact != b.Exact:
		return a, false
	case a.State == SpanReanchored:
		return a, placed && !there
	}
	return a, !placed || there
}
