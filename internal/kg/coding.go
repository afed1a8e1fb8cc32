package kg

import (
	"cmp"
	"slices"

	"casus/internal/edtf"
)

// Coding is who turned words into a claim. A claim coded by a machine alone does not count towards a status.
type Coding string

// The values of Coding.
const (
	CodingHuman           Coding = "HUMAN"
	CodingMachineReviewed Coding = "MACHINE_REVIEWED"
	CodingMachine         Coding = "MACHINE"
)

// Codings are the values of Coding in their fixed order. Of two codings of one claim the first in this order is used.
var Codings = NewVocabulary(CodingHuman, CodingMachineReviewed, CodingMachine)

// Extraction is a run of a program that made a claim from a text. It is not part of the claim's content.
type Extraction struct {
	// Tool is the program with its version, and Model the language model that it used, if any.
	Tool  string `json:"tool"`
	Model string `json:"model,omitempty"`
	// Prompt identifies the instructions of the model.
	Prompt string       `json:"prompt,omitempty"`
	At     edtf.Instant `json:"at,omitempty"`
}

// Review is a curator's verdict on the coding of some claims, of all claims in a document, or of all claims of a
// release. It applies to all moments of knowledge. Of several reviews of one claim the latest counts.
type Review struct {
	ID ID `json:"id"`
	// Exactly one of Claims, Document and Release is set.
	Claims   []ID         `json:"claims,omitempty"`
	Document ID           `json:"document,omitempty"`
	Release  ID           `json:"release,omitempty"`
	Verdict  Coding       `json:"verdict"`
	By       string       `json:"by"`
	At       edtf.Instant `json:"at"`
	Note     string       `json:"note,omitempty"`
}

// NodeID returns the id of the review.
func (v Review) NodeID() ID { return v.ID }

// Targets returns the claims, the document or the release that the review names.
func (v Review) Targets() []ID {
	targets := slices.Clone(v.Claims)
	for _, id := range []ID{v.Document, v.Release} {
		if id != "" {
			targets = append(targets, id)
		}
	}
	return targets
}

// CompareReviews orders reviews by (At, id).
func CompareReviews(a, b Review) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID)) }

// LatestReviews returns the latest review of each claim, document and release that the reviews name.
func LatestReviews(reviews []Review) map[ID]Review {
	latest := map[ID]Review{}
	for _, r := range reviews {
		for _, target := range r.Targets() {
			if old, found := latest[target]; !found || CompareReviews(r, old) > 0 {
				latest[target] = r
			}
		}
	}
	return latest
}
