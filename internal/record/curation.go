package record

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// Review is a review record of the extraction format. Exactly one of Claims, Document and Release is set.
type Review struct {
	Type     string    `json:"type"`
	ID       kg.ID     `json:"id,omitempty"`
	Claims   []kg.ID   `json:"claims,omitempty"`
	Document kg.ID     `json:"document,omitempty"`
	Release  kg.ID     `json:"release,omitempty"`
	Verdict  kg.Coding `json:"verdict"`
	By       string    `json:"by"`
	At       string    `json:"at"` // RFC 3339
	Note     string    `json:"note,omitempty"`
}

// Correction is a correction record of the extraction format, of a claim or of a field of a node.
type Correction struct {
	Type  string `json:"type"`
	ID    kg.ID  `json:"id,omitempty"`
	Claim kg.ID  `json:"claim,omitempty"`
	Node  kg.ID  `json:"node,omitempty"`
	Field string `json:"field,omitempty"`
	// Value is a claim's new content, or a field's new value; null for none.
	Value  json.RawMessage `json:"value"`
	Erases bool            `json:"erases,omitempty"`
	By     string          `json:"by"`
	At     string          `json:"at"` // RFC 3339
	Why    string          `json:"why,omitempty"`
}

func (rec *Record) setReview(r Review) *Reject {
	at, broken := decidedAt(r.At)
	v := kg.Review{
		ID: r.ID, Claims: r.Claims, Document: r.Document, Release: r.Release, Verdict: r.Verdict, By: r.By, At: at,
		Note: r.Note,
	}
	v, _ = kg.MergeReview(v, v) // in canonical form
	v.ID = cmp.Or(v.ID, kg.DeriveID(kg.KindReview, fmt.Sprint(v.Targets()), r.By, r.At))
	rec.ID, rec.Batch.Reviews = v.ID, []kg.Review{v}
	return JoinRejects(broken, InvalidReject(v.Check()))
}

// setCorrection sets the correction. The new content of a claim is a draft like the claims of other records.
func (rec *Record) setCorrection(r Correction) *Reject {
	at, broken := decidedAt(r.At)
	derived := kg.DeriveID(kg.KindCorrection, string(r.Claim), string(r.Node), r.Field, r.By, r.At)
	c := kg.Correction{
		ID: cmp.Or(r.ID, derived), Claim: r.Claim, Node: r.Node, Field: r.Field, Erases: r.Erases, By: r.By, At: at,
		Why: r.Why,
	}
	switch hasValue := len(r.Value) > 0 && string(r.Value) != "null"; {
	case hasValue && c.Claim != "":
		var content claimRecord
		if err := decodeJSON(r.Value, &content); err != nil {
			broken = JoinRejects(broken, undecodable(err).In("/value"))
		}
		content.ID, content.Release, content.AssertedAt, content.Extractions = c.Claim, "", "2000", nil // none is corrected
		rec.Content = &Draft{claim: content, pointer: "/value"}
	case hasValue:
		var value bytes.Buffer
		if err := json.Compact(&value, r.Value); err == nil {
			c.Value = value.String()
		}
	}
	rec.ID, rec.Batch.Corrections = c.ID, []kg.Correction{c}
	return JoinRejects(broken, InvalidReject(c.Check()))
}

// decidedAt returns the instant of a decision, 0 if it is invalid.
func decidedAt(text string) (edtf.Instant, *Reject) {
	at, broken := parseInstant(text, "/at")
	if at == nil {
		return 0, broken
	}
	return *at, broken
}

// SetContent sets the new content of the corrected claim, which was made of the draft Content.
func (rec *Record) SetContent(c kg.Claim) {
	content := c.Content()
	rec.Batch.Corrections[0].Content = &content
}

// Subject returns the subject that the record states for the claim of a draft, or "".
func (d *Draft) Subject() kg.ID { return d.claim.Subject }
