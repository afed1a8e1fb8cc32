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
	// Tool is the program with its version, and Model the language model that it asked, if any.
	Tool  string `json:"tool"`
	Model string `json:"model,omitempty"`
	// Prompt identifies the instructions of the model.
	Prompt string       `json:"prompt,omitempty"`
	At     edtf.Instant `json:"at,omitempty"`
}

// Review is the verdict of a keeper of the graph on the coding of some claims, of all claims in a document, or of all
// claims of a release. It applies to all moments of knowledge. Of several reviews of one claim the latest counts.
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
func (r Review) NodeID() ID { return r.ID }

// Targets returns the claims, the document or the release that the review names.
func (r Review) Targets() []ID {
	targets := slices.Clone(r.Claims)
	for _, id := range []ID{r.Document, r.Release} {
		if id != "" {
			targets = append(targets, id)
		}
	}
	return targets
}

// compareReviews orders reviews by (At, id).
func compareReviews(a, b Review) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID)) }

// LatestReviews returns the latest review of each claim, document and release that the reviews name.
func LatestReviews(reviews []Review) map[ID]Review {
	latest := map[ID]Review{}
	for _, r := range reviews {
		for _, target := range r.Targets() {
			if old, found := latest[target]; !found || compareReviews(r, old) > 0 {
				latest[target] = r
			}
		}
	}
	return latest
}

// CodingOf returns the coding of a claim: the verdict of the latest review that names the claim, its document or its
// release; without a review MACHINE for an extracted claim, else the coding of its release, else HUMAN.
func (b VoiceBook) CodingOf(c Claim) Coding {
	if len(b.Reviews) > 0 {
		var latest Review
		for _, target := range []ID{c.ID, c.Document, c.Release} {
			if r, found := b.Reviews[target]; found && (latest.ID == "" || compareReviews(r, latest) > 0) {
				latest = r
			}
		}
		if latest.ID != "" {
			return latest.Verdict
		}
	}
	if len(c.Extractions) > 0 {
		return CodingMachine
	}
	return cmp.Or(b.Releases[c.Release].Coding, CodingHuman)
}

// mergeCoding returns the first of two codings in the order of the vocabulary; an empty one yields.
func mergeCoding(a, b Coding) Coding {
	if a == "" || b != "" && Codings.Index(b) < Codings.Index(a) {
		return b
	}
	return a
}

// mergeExtractions merges the extractions of two records of one claim. A record without extractions was written by a
// person, who counts more than a machine.
func mergeExtractions(a, b []Extraction) []Extraction {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	return union(compareExtractions, a, b)
}

func compareExtractions(a, b Extraction) int {
	return cmp.Or(
		cmp.Compare(a.At, b.At), cmp.Compare(a.Tool, b.Tool), cmp.Compare(a.Model, b.Model), cmp.Compare(a.Prompt, b.Prompt),
	)
}
