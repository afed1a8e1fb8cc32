package kg

import (
	"encoding/json"

	"casus/internal/edtf"
)

// Check returns a BAD_INPUT error if the review is invalid.
func (v Review) Check() error {
	r := checker{id: v.ID}
	r.requireKind(KindReview)
	r.refs("claims", v.Claims, KindClaim)
	r.ref("document", v.Document, KindDocument)
	r.ref("release", v.Release, KindRelease)
	named := 0
	for _, is := range []bool{len(v.Claims) > 0, v.Document != "", v.Release != ""} {
		if is {
			named++
		}
	}
	if named != 1 {
		r.fail("a review names either claims, a document or a release")
	}
	checkValue(&r, "verdict", v.Verdict, Codings.Values())
	r.required("by", v.By)
	r.text("by", v.By)
	r.text("note", v.Note)
	return r.result()
}

// Check returns a BAD_INPUT error if the correction is invalid.
func (c Correction) Check() error {
	r := checker{id: c.ID}
	r.requireKind(KindCorrection)
	r.ref("claim", c.Claim, KindClaim)
	r.ref("node", c.Node, KindActor, KindLocation, KindDocument, KindAffiliation, KindRelease)
	switch {
	case (c.Claim == "") == (c.Node == ""):
		r.fail("a correction names either a claim or a node")
	case (c.Node == "") != (c.Field == ""):
		r.fail("field: required for a correction of a node, not allowed for one of a claim")
	case c.Claim == "" && c.Content != nil, c.Node == "" && c.Value != "":
		r.fail("a correction of a claim has a content, and one of a node's field a value")
	case c.Erases && (c.Content != nil || c.Value != ""):
		r.fail("a correction that erases has no value")
	case (c.Erases && c.Node != "") != (c.Field == TextField),
		c.Field == TextField && c.Node.Kind() != KindDocument:
		r.fail("the text of a document can only be erased, and no other field of a node can be")
	case c.Value != "" && !json.Valid([]byte(c.Value)):
		r.fail("value %.80q is not JSON", c.Value)
	}
	r.text("field", c.Field)
	r.text("value", c.Value)
	r.required("by", c.By)
	r.text("by", c.By)
	r.text("why", c.Why)
	if c.Content != nil {
		r.content(c)
	}
	return r.result()
}

// correctedAt stands for the publication time of a claim when a new content is checked without the claim.
var correctedAt, _ = edtf.ParseTime("2000-01-01T00:00:00Z")

// content checks the new content of a claim.
func (r *checker) content(c Correction) {
	if err := c.Content.claim(Claim{ID: c.Claim, AssertedAt: correctedAt}).Check(); err != nil {
		r.fail("content: %v", err)
	}
}
