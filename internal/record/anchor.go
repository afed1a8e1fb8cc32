package record

import (
	"fmt"
	"unicode/utf8"

	"casus/internal/kg"
	"casus/internal/text"
)

// notThere is the reason of the Reject of words that are not in the text.
const notThere = "the words are not in the document's text"

// SuggestionBudget is the number of further rejects that get the nearest words as a suggestion: each takes a search of
// the text.
type SuggestionBudget int

// Suggest adds the text's nearest words to the Reject of words that are not in it, while there is a budget.
func (b *SuggestionBudget) Suggest(r *Reject, words string, in *text.Positions) *Reject {
	if r != nil && r.Reason == notThere && *b > 0 {
		*b--
		r.Suggestion = text.NearestPassage(in.Text(), words)
	}
	return r
}

// Words are quoted words as a record states them: with offsets, as text, or both.
type Words struct {
	Start, End            *int
	Exact, Prefix, Suffix string
}

// FindWords verifies a span against its document's text. Offsets count code points. The span is VERIFIED if the words
// are at its offsets, or if it has no offsets and the words occur once; REANCHORED, with corrected offsets, if they
// occur elsewhere, in one place that fits the prefix and suffix; UNVERIFIABLE if there is no text. Otherwise FindWords
// returns a Reject.
func FindWords(s Words, in *text.Positions) (kg.Span, *Reject) {
	s.Exact, s.Prefix = kg.WithoutMark(s.Exact), kg.WithoutMark(s.Prefix)
	span := kg.Span{Exact: s.Exact, Prefix: s.Prefix, Suffix: s.Suffix, State: kg.SpanUnverifiable}
	if s.Start != nil && s.End != nil {
		span.Start, span.End = *s.Start, *s.End
		if span.End <= span.Start {
			return span, &Reject{
				Pointer: "/end", Reason: "the end is not after the start", Found: fmt.Sprintf("%d..%d", span.Start, span.End),
			}
		}
	}
	if in.Text() == "" {
		return span, nil
	}
	hasOffsets := s.Start != nil
	if hasOffsets {
		if found, ok := in.Slice(span.Start, span.End); ok && (s.Exact == "" || found == s.Exact) {
			span.Exact, span.State = found, kg.SpanVerified
			return span, nil
		}
		if s.Exact == "" {
			return span, &Reject{
				Pointer: "/end", Reason: "the span ends beyond the text", Found: fmt.Sprint(span.End),
				Allowed: []string{fmt.Sprintf("at most %d", in.Runes())},
			}
		}
	}
	fitting := in.Find(s.Prefix + s.Exact + s.Suffix)
	switch {
	case len(fitting) == 1:
	case len(fitting) == 0 && len(in.Find(s.Exact)) == 0:
		return span, &Reject{Pointer: "/exact", Reason: notThere, Found: s.Exact}
	case len(fitting) == 0:
		return span, &Reject{
			Pointer: "/prefix",
			Reason:  "the words are in the document's text, but not between this prefix and suffix",
			Found:   s.Prefix + "…" + s.Suffix,
		}
	default:
		return span, ambiguous(s, in, fitting)
	}
	span.Start = in.Count(fitting[0] + len(s.Prefix))
	span.End = span.Start + utf8.RuneCountInString(s.Exact)
	span.State = kg.SpanVerified
	if hasOffsets {
		span.State = kg.SpanReanchored
	}
	return span, nil
}

// ambiguous returns the Reject of words that occur in several places.
func ambiguous(s Words, in *text.Positions, places []int) *Reject {
	first, second := in.Count(places[0]+len(s.Prefix)), in.Count(places[1]+len(s.Prefix))
	return &Reject{
		Pointer: "/exact",
		Reason: fmt.Sprintf("the words are in the document's text %s times, first at %d and %d: "+
			"add offsets, a prefix or a suffix", atMost(len(places)), first, second),
		Found: s.Exact,
	}
}

// atMost returns the number of places in words; Find returns no more than text.MaxFound.
func atMost(n int) string {
	if n == text.MaxFound {
		return fmt.Sprintf("%d or more", n)
	}
	return fmt.Sprint(n)
}
