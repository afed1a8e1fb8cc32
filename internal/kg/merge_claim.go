package kg

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"casus/internal/edtf"
)

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

// MergeDecision returns the later of two decisions with one id. Of two decisions at the same instant it keeps the one
// that sorts first, by pair, NOT_SAME before SAME, DecidedBy, Reason and score, and reports a conflict.
func MergeDecision(a, b IdentityDecision) (IdentityDecision, []FieldConflict) {
	a.Score, b.Score = plainScore(a.Score), plainScore(b.Score)
	if a.DecidedAt != b.DecidedAt {
		if b.DecidedAt > a.DecidedAt {
			return b, nil
		}
		return a, nil
	}
	switch order := compareContents(a, b); {
	case order == 0:
		return a, nil
	case order > 0:
		a, b = b, a
	}
	return a, []FieldConflict{{ID: a.ID, Field: "content", Kept: a.content(), Dropped: b.content()}}
}

// plainScore returns the score, with 0 for a negative zero.
func plainScore(score *float64) *float64 {
	if score == nil || !negativeZero(*score) {
		return score
	}
	return new(float64)
}

func compareContents(a, b IdentityDecision) int {
	return cmp.Or(
		cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B), cmp.Compare(a.relation(), b.relation()),
		cmp.Compare(a.DecidedBy, b.DecidedBy), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.score(), b.score()),
	)
}

func (d IdentityDecision) relation() string {
	if d.Same {
		return "SAME_AS"
	}
	return "NOT_SAME_AS"
}

// score returns the score, or -Inf if there is none.
func (d IdentityDecision) score() float64 {
	if d.Score == nil {
		return math.Inf(-1)
	}
	return *d.Score
}

func (d IdentityDecision) content() string {
	text := fmt.Sprintf("%s %s %s, decided by %s", d.A, d.relation(), d.B, d.DecidedBy)
	if d.Score != nil {
		text += fmt.Sprintf(" (%v)", *d.Score)
	}
	if d.Reason != "" {
		text += ": " + d.Reason
	}
	return text
}

// MergeCoding returns the first of two codings in the order of the vocabulary; an empty one yields.
func MergeCoding(a, b Coding) Coding {
	if a == "" || b != "" && Codings.Index(b) < Codings.Index(a) {
		return b
	}
	return a
}

// mergeExtractions merges the extractions of two records of one claim. A record without extractions was written by a
// person, who counts more than a machine.
func mergeExtractions(a, b []Extraction) []Extraction {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	return Union(compareExtractions, a, b)
}

// SortExtractions returns the extractions in their fixed order, by time first, each once.
func SortExtractions(all []Extraction) []Extraction { return Union(compareExtractions, all) }

func compareExtractions(a, b Extraction) int {
	return cmp.Or(
		cmp.Compare(a.At, b.At), cmp.Compare(a.Tool, b.Tool), cmp.Compare(a.Model, b.Model), cmp.Compare(a.Prompt, b.Prompt),
	)
}

// MergeCorrection returns the later of two corrections with one id. Of two of the same instant it keeps the one that
// sorts last as JSON, and reports a conflict.
func MergeCorrection(a, b Correction) (Correction, []FieldConflict) {
	return mergeLater(a, b, func(c Correction) edtf.Instant { return c.At })
}

// MergeReview is MergeCorrection for reviews. The claims of the result are sorted and distinct.
func MergeReview(a, b Review) (Review, []FieldConflict) {
	for _, r := range []*Review{&a, &b} {
		r.Claims = slices.Compact(slices.Sorted(slices.Values(r.Claims)))
	}
	return mergeLater(a, b, func(r Review) edtf.Instant { return r.At })
}

func mergeLater[T Identified](a, b T, at func(T) edtf.Instant) (T, []FieldConflict) {
	if at(a) != at(b) {
		if at(b) > at(a) {
			return b, nil
		}
		return a, nil
	}
	textA, textB := recordText(a), recordText(b)
	switch {
	case textA == textB:
		return a, nil
	case textA < textB:
		a, textA, textB = b, textB, textA
	}
	return a, []FieldConflict{{ID: a.NodeID(), Field: "content", Kept: textA, Dropped: textB}}
}
