// Package anchor finds the words that claims quote in the texts of their documents.
package anchor

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"casus/internal/kg"
	"casus/internal/text"
	"casus/loader/fault"
)

// notThere is the reason of the Reject of words that are not in the text.
const notThere = "the words are not in the document's text"

// Budget is how many more rejects get the nearest words as a suggestion: each is a search of the text.
type Budget int

// Suggest adds the text's nearest words to the Reject of words that are not in it, while there is a budget.
func (b *Budget) Suggest(r *fault.Reject, words, document string) *fault.Reject {
	if r != nil && r.Reason == notThere && *b > 0 {
		*b--
		r.Suggestion = text.NearestPassage(document, words)
	}
	return r
}

// Words are quoted words as a record gives them: with offsets, or the words alone, or both.
type Words struct {
	Start, End            *int
	Exact, Prefix, Suffix string
}

// Find verifies a span against its document's text. Offsets count code points. The span is VERIFIED if the words are
// at its offsets, or if it has no offsets and the words occur once; REANCHORED, with corrected offsets, if they occur
// elsewhere, in one place that fits the prefix and suffix; UNVERIFIABLE if there is no text. Otherwise Find returns a
// Reject.
func Find(s Words, document string) (kg.Span, *fault.Reject) {
	span := kg.Span{Exact: s.Exact, Prefix: s.Prefix, Suffix: s.Suffix, State: kg.SpanUnverifiable}
	if s.Start != nil && s.End != nil {
		span.Start, span.End = *s.Start, *s.End
		if span.End <= span.Start {
			return span, &fault.Reject{
				Pointer: "/end", Reason: "the end is not after the start", Found: fmt.Sprintf("%d..%d", span.Start, span.End),
			}
		}
	}
	if document == "" {
		return span, nil
	}
	hasOffsets := s.Start != nil
	if hasOffsets {
		if found, ok := runeSlice(document, span.Start, span.End); ok && (s.Exact == "" || found == s.Exact) {
			span.Exact, span.State = found, kg.SpanVerified
			return span, nil
		}
		if s.Exact == "" {
			return span, &fault.Reject{
				Pointer: "/end", Reason: "the span ends beyond the text", Found: fmt.Sprint(span.End),
				Allowed: []string{fmt.Sprintf("at most %d", utf8.RuneCountInString(document))},
			}
		}
	}
	places := occurrences(document, s.Exact)
	if len(places) == 0 {
		return span, &fault.Reject{Pointer: "/exact", Reason: notThere, Found: s.Exact}
	}
	fitting := places
	if s.Prefix != "" || s.Suffix != "" {
		fitting = nil
		for _, at := range places {
			if strings.HasSuffix(document[:at], s.Prefix) && strings.HasPrefix(document[at+len(s.Exact):], s.Suffix) {
				fitting = append(fitting, at)
			}
		}
		if len(fitting) == 0 {
			return span, &fault.Reject{
				Pointer: "/prefix",
				Reason:  "the words are in the document's text, but not between this prefix and suffix",
				Found:   s.Prefix + "…" + s.Suffix,
			}
		}
	}
	if len(fitting) > 1 {
		first, second := utf8.RuneCountInString(document[:fitting[0]]), utf8.RuneCountInString(document[:fitting[1]])
		return span, &fault.Reject{
			Pointer: "/exact",
			Reason: fmt.Sprintf("the words are in the document's text %d times, first at %d and %d: "+
				"add offsets, a prefix or a suffix", len(fitting), first, second),
			Found: s.Exact,
		}
	}
	span.Start = utf8.RuneCountInString(document[:fitting[0]])
	span.End = span.Start + utf8.RuneCountInString(s.Exact)
	span.State = kg.SpanVerified
	if hasOffsets {
		span.State = kg.SpanReanchored
	}
	return span, nil
}

// runeSlice returns the text between two code points. ok is false if the text is shorter.
func runeSlice(text string, start, end int) (found string, ok bool) {
	n, from := 0, -1
	for at := range text {
		if n == start {
			from = at
		}
		if n == end {
			return text[from:at], from >= 0
		}
		n++
	}
	if n == end && from >= 0 {
		return text[from:], true
	}
	return "", false
}

// occurrences returns the byte offsets at which words occur, including overlapping ones.
func occurrences(text, sought string) []int {
	var all []int
	for from := 0; sought != ""; {
		i := strings.Index(text[from:], sought)
		if i < 0 {
			break
		}
		all = append(all, from+i)
		_, size := utf8.DecodeRuneInString(text[from+i:])
		from += i + size
	}
	return all
}
