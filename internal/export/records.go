package export

import (
	"casus/internal/edtf"
	"casus/internal/kg"
)

// The types below are the records of the extraction format (schema/extraction.schema.json). They embed the domain's
// types where the names agree.

// absentField is the type of a field that hides an embedded field, which the format names differently. It is always
// nil.
type absentField = *struct{}

type actorRecord struct {
	Type string `json:"type"`
	kg.Actor
}

type locationRecord struct {
	Type string `json:"type"`
	kg.Location
	Parents absentField `json:"parents,omitempty"`
	Within  []kg.ID     `json:"within,omitempty"`
}

type documentRecord struct {
	Type string `json:"type"`
	kg.Document
	RetrievedAt string `json:"retrievedAt,omitempty"`
}

type releaseRecord struct {
	Type string `json:"type"`
	kg.Release
}

type identityRecord struct {
	Type string `json:"type"`
	kg.IdentityDecision
	DecidedAt string `json:"decidedAt"`
}

type eventRecord struct {
	Type   string        `json:"type"`
	ID     kg.ID         `json:"id"`
	Claims []claimRecord `json:"claims"`
}

type affiliationRecord struct {
	Type        string             `json:"type"`
	ID          kg.ID              `json:"id"`
	Holder      kg.ID              `json:"holder"`
	Counterpart kg.ID              `json:"counterpart"`
	How         kg.AffiliationType `json:"affiliationType"`
	Position    string             `json:"position,omitempty"`
	ValidTime   *edtf.Time         `json:"validTime,omitempty"`
	Claims      []claimRecord      `json:"claims"`
}

// claimRecord is a claim in its subject's record or, with Type and Subject, a record of its own.
type claimRecord struct {
	Type    string `json:"type,omitempty"`
	Subject kg.ID  `json:"subject,omitempty"`
	kg.Claim
	Says        absentField        `json:"says,omitempty"`
	Extractions []extractionRecord `json:"extractions,omitempty"`
	Spans       []spanRecord       `json:"spans,omitempty"`
	kg.Statement
	Places    absentField `json:"places,omitempty"`
	Locations []kg.Place  `json:"locations,omitempty"`
	Wholes    absentField `json:"wholes,omitempty"`
	PartOf    []kg.ID     `json:"partOf,omitempty"`
}

type extractionRecord struct {
	kg.Extraction
	At string `json:"at,omitempty"`
}

type reviewRecord struct {
	Type string `json:"type"`
	kg.Review
	At string `json:"at"`
}

// correctionRecord has the new content of a claim as the content of a claim record.
type correctionRecord struct {
	Type string `json:"type"`
	kg.Correction
	Content absentField `json:"content,omitempty"`
	Value   any         `json:"value"`
	At      string      `json:"at"`
}

// correctedContent is a claim record without the fields that are not corrected.
type correctedContent struct {
	claimRecord
	ID         absentField `json:"id,omitempty"`
	AssertedAt absentField `json:"assertedAt,omitempty"`
}

func newCorrectionRecord(c kg.Correction) correctionRecord {
	r := correctionRecord{Type: string(kg.KindCorrection), Correction: c, At: c.At.String()}
	switch {
	case c.Value != "":
		r.Value = rawJSON(c.Value)
	case c.Content != nil:
		claim, _ := c.Apply(kg.Claim{})
		record := standaloneClaim(claim)
		record.Type = ""
		r.Value = correctedContent{claimRecord: record}
	}
	return r
}

// rawJSON is a text that is JSON.
type rawJSON string

// MarshalJSON returns the text.
func (r rawJSON) MarshalJSON() ([]byte, error) { return []byte(r), nil }

func newReviewRecord(v kg.Review) reviewRecord {
	return reviewRecord{string(kg.KindReview), v, v.At.String()}
}

// spanRecord is a span with the result of its check.
type spanRecord struct {
	Start  *int         `json:"start,omitempty"`
	End    *int         `json:"end,omitempty"`
	Exact  string       `json:"exact,omitempty"`
	Prefix string       `json:"prefix,omitempty"`
	Suffix string       `json:"suffix,omitempty"`
	State  kg.SpanState `json:"state"`
}

// Record returns the record of an identity decision, a review, a correction or a node in the extraction format, to be
// encoded as JSON; nil for other values.
func Record(v any) any { return recordOf(v) }

// Content returns the content of a claim as the value of a correction record.
func Content(c kg.Claim) any {
	content := c.Content()
	return newCorrectionRecord(kg.Correction{Claim: c.ID, Content: &content}).Value
}

// recordOf returns the record of a node; nil for kinds without one.
func recordOf(v any) any {
	switch v := v.(type) {
	case kg.Actor:
		return actorRecord{"actor", v}
	case kg.Location:
		return locationRecord{Type: "location", Location: v, Within: v.Parents}
	case kg.Document:
		r := documentRecord{Type: "document", Document: v}
		if v.RetrievedAt != nil {
			r.RetrievedAt = v.RetrievedAt.String()
		}
		return r
	case kg.Release:
		return releaseRecord{"release", v}
	case kg.IdentityDecision:
		return identityRecord{"identity", v, v.DecidedAt.String()}
	case kg.Review:
		return newReviewRecord(v)
	case kg.Correction:
		return newCorrectionRecord(v)
	}
	return nil
}

// inlineClaim returns a claim for its subject's record.
func inlineClaim(c kg.Claim) claimRecord {
	r := claimRecord{Claim: c, Statement: c.Says, Locations: c.Says.Places, PartOf: c.Says.Wholes}
	for _, e := range c.Extractions {
		made := extractionRecord{Extraction: e}
		if e.At != 0 {
			made.At = e.At.String()
		}
		r.Extractions = append(r.Extractions, made)
	}
	for _, s := range c.Spans {
		span := spanRecord{Exact: s.Exact, Prefix: s.Prefix, Suffix: s.Suffix, State: s.State}
		if s.End > 0 {
			span.Start, span.End = &s.Start, &s.End
		}
		r.Spans = append(r.Spans, span)
	}
	return r
}

// standaloneClaim returns a claim as a record of its own.
func standaloneClaim(c kg.Claim) claimRecord {
	r := inlineClaim(c)
	r.Type, r.Subject = "claim", c.Subject
	return r
}

// subjectRecord returns the record of an event, or of the affiliation a, with claims.
func subjectRecord(id kg.ID, a *kg.Affiliation, claims []kg.Claim) any {
	inline := make([]claimRecord, len(claims))
	for i, c := range claims {
		inline[i] = inlineClaim(c)
	}
	if a == nil {
		return eventRecord{"event", id, inline}
	}
	return affiliationRecord{"affiliation", a.ID, a.Holder, a.Counterpart, a.Type, a.Position, a.ValidTime, inline}
}
