package record

import (
	"fmt"

	"casus/internal/kg"
	"casus/internal/text"
)

// noText is the text of a document without one.
var noText = text.NewPositions("")

// HasSpans reports whether the claim quotes words of its document.
func (d *Draft) HasSpans() bool { return len(d.claim.Spans) > 0 }

// Verify looks for the claim's quoted words in its document's text. With restore, a span keeps the state that an export
// recorded: an earlier load found it by a text that may be missing now.
func (d *Draft) Verify(in *text.Positions, restore bool, suggestions *SuggestionBudget) ([]kg.Span, *Reject) {
	var all []kg.Span
	var faults *Reject
	for i, span := range d.claim.Spans {
		found, broken := span.verify(in, restore, suggestions)
		all = append(all, found)
		faults = JoinRejects(faults, broken.In(fmt.Sprintf("/spans/%d", i)))
	}
	return all, faults.In(d.pointer)
}

func (s spanRecord) verify(in *text.Positions, restore bool, suggestions *SuggestionBudget) (kg.Span, *Reject) {
	words := Words{Start: s.Start, End: s.End, Exact: s.Exact, Prefix: s.Prefix, Suffix: s.Suffix}
	found, fault := FindWords(words, in)
	if !restore || s.State == "" {
		return found, suggestions.Suggest(fault, s.Exact, in)
	}
	restored := kg.Span{Exact: s.Exact, Prefix: s.Prefix, Suffix: s.Suffix, State: s.State}
	if s.Start != nil && s.End != nil {
		restored.Start, restored.End = *s.Start, *s.End
	}
	switch {
	case fault != nil || in.Text() == "" || s.State == kg.SpanUnverifiable:
		return restored, fault
	case found.Start != restored.Start || found.End != restored.End || found.Exact != restored.Exact:
		return restored, &Reject{
			Pointer: "/state", Reason: "the words are not where they were once found", Found: s.Exact,
		}
	}
	return restored, nil
}
