package review

import (
	"encoding/json"

	"casus/internal/extract/proposal"
	"casus/internal/kg"
)

// clone returns a deep copy of a record.
func clone(r proposal.Record) (proposal.Record, error) {
	content, err := json.Marshal(r)
	if err != nil {
		return nil, kg.Errorf(kg.Internal, "copy a record: %w", err)
	}
	return decodeRecord(content)
}

// editRecord returns the edited record of an item. The claims stay those of the old record. An error has the faulty
// field.
func editRecord(old proposal.Record, edited json.RawMessage) (r proposal.Record, field string, err error) {
	if r, err = decodeRecord(edited); err != nil {
		return nil, "", err
	}
	switch {
	case r.Kind() != old.Kind():
		return nil, "/type", kg.Errorf(kg.BadInput, "an edit keeps the type %s", old.Kind())
	case r.Ref() != old.Ref():
		return nil, "/id", kg.Errorf(kg.BadInput, "an edit keeps the id %s: another node is chosen by known or own",
			old.Ref())
	case sourceOf(r) != sourceOf(old):
		return nil, "/document", kg.Errorf(kg.BadInput, "an edit keeps the document %s", sourceOf(old))
	}
	if d, ok := r.(*proposal.Document); ok {
		if d.PublishedAt == "" {
			return nil, "/publishedAt", kg.Errorf(kg.BadInput, "an edit keeps a time of publication, which claims need")
		}
		if before, _ := old.(*proposal.Document); d.Text != before.Text || d.SHA256 != before.SHA256 {
			return nil, "/text", kg.Errorf(kg.BadInput, "an edit keeps the text, on which all claims rest")
		}
	}
	if claims := claimsOf(r); len(*claimsOf(old)) == 0 && r.Kind() == kg.KindEvent { // an added event
		words := proposal.Span{Exact: "words"}
		words.End = len(words.Exact)
		*claims = []proposal.Claim{{Spans: []proposal.Span{words}}} // the format requires one
		defer func() { *claims = nil }()
	} else {
		*claims = *claimsOf(old)
	}
	if fault := formatFault(r, r.Kind()); fault != nil {
		return nil, fault.Pointer, kg.Errorf(kg.BadInput, "%s", fault.Reason)
	}
	return r, "", nil
}

// editClaim returns the edited claim of an item. Its words must stand in the text. It was made by the same runs as the
// old one. An error has the faulty field.
func (p *Proposal) editClaim(old proposal.Claim, edited json.RawMessage) (c proposal.Claim, field string, err error) {
	if err = decodeStrictly(edited, &c); err != nil {
		return c, "", err
	}
	c.Extractions = old.Extractions
	if field, err = p.checkClaim(&c); err != nil {
		return c, field, err
	}
	alone := &proposal.Event{
		Type: kg.KindEvent, ID: "event:edited", Titles: []proposal.Name{{Value: "edited"}}, Category: kg.CategoryConsult,
		Modality: kg.ModalityOccurred, Document: p.documentRecord().ID, Claims: []proposal.Claim{c},
	}
	if fault := formatFault(alone, kg.KindEvent); fault != nil {
		return c, trimClaim(fault.Pointer), kg.Errorf(kg.BadInput, "%s", fault.Reason)
	}
	return c, "", nil
}

// trimClaim returns a pointer into the claim alone.
func trimClaim(pointer string) string {
	const before = "/claims/0"
	if len(pointer) >= len(before) && pointer[:len(before)] == before {
		return pointer[len(before):]
	}
	return pointer
}
