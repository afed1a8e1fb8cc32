package record

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"

	"casus/internal/edtf"
	"casus/internal/kg"
)

type reviewRecord struct {
	ID       kg.ID     `json:"id"`
	Claims   []kg.ID   `json:"claims"`
	Document kg.ID     `json:"document"`
	Release  kg.ID     `json:"release"`
	Verdict  kg.Coding `json:"verdict"`
	By       string    `json:"by"`
	At       string    `json:"at"`
	Note     string    `json:"note"`
}

type correctionRecord struct {
	ID    kg.ID  `json:"id"`
	Claim kg.ID  `json:"claim"`
	Node  kg.ID  `json:"node"`
	Field string `json:"field"`
	// Value is a claim's new content, or a field's new value; null for none.
	Value  json.RawMessage `json:"value"`
	Erases bool            `json:"erases"`
	By     string          `json:"by"`
	At     string          `json:"at"`
	Why    string          `json:"why"`
}

func (rec *Record) setReview(r reviewRecord) *Reject {
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
func (rec *Record) setCorrection(r correctionRecord) *Reject {
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
