package loader

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"casus/internal/kg"
)

// anchor checks a span against its document's text. Offsets count code points. VERIFIED: the words stand where it says, or
// it says nowhere and they stand in the text once. REANCHORED: they stand elsewhere, in one place that fits the prefix and
// suffix; the offsets are corrected. UNVERIFIABLE: there is no text. Else a reject.
func anchor(s spanRecord, text string) (kg.Span, *Reject) {
	span := kg.Span{Exact: s.Exact, Prefix: s.Prefix, Suffix: s.Suffix, State: kg.SpanUnverifiable}
	if s.Start != nil && s.End != nil {
		span.Start, span.End = *s.Start, *s.End
		if span.End <= span.Start {
			return span, &Reject{Pointer: "/end", Reason: "the span is empty or backwards", Found: fmt.Sprintf("%d..%d", span.Start, span.End)}
		}
	}
	if text == "" {
		return span, nil
	}
	given := s.Start != nil
	if given {
		if found, ok := runeSlice(text, span.Start, span.End); ok && (s.Exact == "" || found == s.Exact) {
			span.Exact, span.State = found, kg.SpanVerified
			return span, nil
		}
		if s.Exact == "" {
			return span, &Reject{Pointer: "/end", Reason: "the span ends beyond the text", Found: fmt.Sprint(span.End), Allowed: []string{fmt.Sprintf("at most %d", utf8.RuneCountInString(text))}}
		}
	}
	places := occurrences(text, s.Exact)
	if len(places) == 0 {
		return span, &Reject{Pointer: "/exact", Reason: "these words do not stand in the document's text", Found: s.Exact}
	}
	fitting := places
	if s.Prefix != "" || s.Suffix != "" {
		fitting = nil
		for _, at := range places {
			if strings.HasSuffix(text[:at], s.Prefix) && strings.HasPrefix(text[at+len(s.Exact):], s.Suffix) {
				fitting = append(fitting, at)
			}
		}
		if len(fitting) == 0 {
			return span, &Reject{Pointer: "/prefix", Reason: "the words stand in the document's text, but nowhere between this prefix and suffix", Found: s.Prefix + "…" + s.Suffix}
		}
	}
	if len(fitting) > 1 {
		return span, &Reject{Pointer: "/exact", Reason: fmt.Sprintf("these words stand in the document's text %d times, first at %d and %d: give offsets, a prefix or a suffix",
			len(fitting), utf8.RuneCountInString(text[:fitting[0]]), utf8.RuneCountInString(text[:fitting[1]])), Found: s.Exact}
	}
	span.Start = utf8.RuneCountInString(text[:fitting[0]])
	span.End = span.Start + utf8.RuneCountInString(s.Exact)
	span.State = kg.SpanVerified
	if given {
		span.State = kg.SpanReanchored
	}
	return span, nil
}

// anchorOrRestore checks a span, or takes it as an export tells it: then its state is what a check once found, of a text that may
// not be at hand any more. Only whoever restores an export says that this is to be believed.
func (l *chunkLoad) anchorOrRestore(s spanRecord, text string) (kg.Span, *Reject) {
	if !l.options.Restore || s.State == "" {
		return anchor(s, text)
	}
	found, fault := anchor(s, text)
	given := kg.Span{Exact: s.Exact, Prefix: s.Prefix, Suffix: s.Suffix, State: s.State}
	if s.Start != nil && s.End != nil {
		given.Start, given.End = *s.Start, *s.End
	}
	switch {
	case fault != nil || text == "" || s.State == kg.SpanUnverifiable:
		return given, fault
	case found.Start != given.Start || found.End != given.End || found.Exact != given.Exact:
		return given, &Reject{Pointer: "/state", Reason: "the words do not stand where they were once found", Found: s.Exact}
	}
	return given, nil
}

// runeSlice is the text between two code points.
func runeSlice(text string, start, end int) (string, bool) {
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

// occurrences are the byte offsets at which words stand, overlapping ones too.
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
