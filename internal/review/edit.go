package review

import (
	"encoding/json"
	"reflect"
	"strings"

	"casus/internal/extract/proposal"
	"casus/internal/extract/wording"
	"casus/internal/kg"
	"casus/internal/record"
)

// shownBytes bounds the words that a cause shows.
const shownBytes = 200

// contentFault is why what a person edited or added cannot be taken. The field is a JSON pointer in it.
type contentFault struct {
	field string
	Cause
}

// below returns the fault with its field in an object at a pointer.
func (f *contentFault) below(pointer string) *contentFault {
	return &contentFault{pointer + f.field, f.Cause}
}

// clone returns a deep copy of a record.
func clone(r proposal.Record) (proposal.Record, error) {
	content, err := json.Marshal(r)
	if err != nil {
		return nil, kg.Errorf(kg.Internal, "copy a record: %w", err)
	}
	return decodeRecord(content)
}

// editRecord returns the edited record of an item. The claims stay those of the old record.
func editRecord(old proposal.Record, edited json.RawMessage) (proposal.Record, *contentFault) {
	r, err := decodeRecord(edited)
	if err != nil {
		return nil, &contentFault{"", faulty(ContentInvalid, err)}
	}
	switch {
	case r.Kind() != old.Kind():
		return nil, &contentFault{"/type", NewCause(TypeChanged, wording.Values{"type": string(old.Kind())})}
	case r.Ref() != old.Ref():
		return nil, &contentFault{"/id", causeOf(IDChanged, old.Ref())}
	case sourceOf(r) != sourceOf(old):
		return nil, &contentFault{"/document", causeOf(DocumentChanged, sourceOf(old))}
	}
	if d, ok := r.(*proposal.Document); ok {
		if d.PublishedAt == "" {
			return nil, &contentFault{"/publishedAt", NewCause(TimeRemoved, nil)}
		}
		if before, _ := old.(*proposal.Document); d.Text != before.Text || d.SHA256 != before.SHA256 {
			return nil, &contentFault{"/text", NewCause(TextChanged, nil)}
		}
	}
	*claimsOf(r) = *claimsOf(old)
	return r, recordFault(r)
}

// editClaim returns the edited claim of an item. Its words must stand in the text. It was made by the same runs as the
// old one.
func (p *Proposal) editClaim(old proposal.Claim, edited json.RawMessage) (c proposal.Claim, broken *contentFault) {
	if err := decodeStrictly(edited, &c); err != nil {
		return c, &contentFault{"", faulty(ContentInvalid, err)}
	}
	c.Extractions = old.Extractions
	if broken = p.checkClaim(&c); broken != nil {
		return c, broken
	}
	return c, claimFault(c, p.documentRecord().ID)
}

// recordFault returns the first fault of a record by the extraction format, or nil. The format requires a claim of an
// event; what a person adds has its claims as items of their own, so it is checked with another one.
func recordFault(r proposal.Record) *contentFault {
	if e, ok := r.(*proposal.Event); ok && len(e.Claims) == 0 {
		whole := *e
		whole.Claims = []proposal.Claim{{Spans: make([]proposal.Span, 1)}}
		whole.Claims[0].Spans[0].End, whole.Claims[0].Spans[0].Exact = 1, "x"
		r = &whole
	}
	return formatFault(r)
}

// claimFault returns the first fault of a claim by the extraction format, or nil. The format has claims within records,
// so it is checked within an event.
func claimFault(c proposal.Claim, document kg.ID) *contentFault {
	broken := formatFault(&proposal.Event{
		Type: kg.KindEvent, ID: "event:edited", Titles: []proposal.Name{{Value: "edited"}}, Category: kg.CategoryConsult,
		Modality: kg.ModalityOccurred, Document: document, Claims: []proposal.Claim{c},
	})
	if broken != nil {
		broken.field = strings.TrimPrefix(broken.field, "/claims/0")
	}
	return broken
}

// formatFault returns the first fault of a record that the extraction format does not allow, or nil.
func formatFault(r proposal.Record) *contentFault {
	content, err := json.Marshal(r)
	if err != nil {
		return &contentFault{"", faulty(FieldInvalid, err)}
	}
	_, reject := record.DecodeBySchema(record.Raw{Type: string(r.Kind()), JSON: content})
	if reject == nil {
		return nil
	}
	return &contentFault{reject.Pointer, NewCause(FieldInvalid, wording.Values{"fault": reject.Reason})}
}

// followEdit sets the edited values of an event in the denials that state the old ones, since no claim asserts them.
func followEdit(old, edited proposal.Record) {
	before, ok := old.(*proposal.Event)
	after, same := edited.(*proposal.Event)
	if !ok || !same {
		return
	}
	for i := range after.Claims {
		c := &after.Claims[i]
		if len(c.Titles) == 0 || !reflect.DeepEqual(c.Titles, before.Titles) {
			continue // it states no whole event, or another one
		}
		c.Titles = after.Titles
		follow(&c.Category, before.Category, after.Category)
		follow(&c.Modality, before.Modality, after.Modality)
		follow(&c.Time, before.Time, after.Time)
		follow(&c.Participants, before.Participants, after.Participants)
		follow(&c.Locations, before.Locations, after.Locations)
	}
}

// follow sets a value that is the old one to the edited one.
func follow[T any](value *T, old, edited T) {
	if reflect.DeepEqual(*value, old) {
		*value = edited
	}
}
