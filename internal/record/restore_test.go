package record

import (
	"testing"

	"casus/internal/kg"
	"casus/internal/text"
)

// Only a restored span keeps its recorded state, unless the text contradicts it.
func TestRestoredSpanStates(t *testing.T) {
	start, end := 4, 8
	at := func(state kg.SpanState, exact string) spanRecord {
		return spanRecord{Start: &start, End: &end, Exact: exact, State: state}
	}
	for _, c := range []struct {
		name    string
		restore bool
		span    spanRecord
		text    string
		want    kg.SpanState // "" if rejected
	}{
		{"loaded without a text", false, at(kg.SpanVerified, "мир"), "", kg.SpanUnverifiable},
		{"restored without a text", true, at(kg.SpanVerified, "мир!"), "", kg.SpanVerified},
		{"corrected once, restored", true, at(kg.SpanReanchored, "мир!"), "the мир!", kg.SpanReanchored},
		{"corrected once, loaded", false, at(kg.SpanReanchored, "мир!"), "the мир!", kg.SpanVerified},
		{"never checked, restored", true, at(kg.SpanUnverifiable, "мир!"), "the мир!", kg.SpanUnverifiable},
		{"elsewhere in the text", true, at(kg.SpanVerified, "мир!"), "in the мир!", ""},
		{"nowhere in the text", true, at(kg.SpanVerified, "war!"), "the мир!", ""},
		{"without a state", true, at("", "мир!"), "", kg.SpanUnverifiable},
	} {
		span, fault := c.span.verify(text.NewPositions(c.text), c.restore, new(SuggestionBudget))
		if (fault != nil) != (c.want == "") || c.want != "" && span.State != c.want {
			t.Errorf("%s: %s %v, want %q", c.name, span.State, fault, c.want)
		}
	}
}
