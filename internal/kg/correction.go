package kg

import (
	"cmp"
	"encoding/json"
	"slices"

	"casus/internal/edtf"
)

// Correction is a curator's decision on what a claim says, or on a field of a node. It applies to all moments of
// knowledge. Of several corrections of one claim, or of one field, the latest counts; see LatestCorrections.
type Correction struct {
	ID ID `json:"id"`
	// Claim is the corrected claim. Without it, Node and Field are the corrected field.
	Claim ID     `json:"claim,omitempty"`
	Node  ID     `json:"node,omitempty"`
	Field string `json:"field,omitempty"`
	// Content is the new content of the claim; nil if the claim is forgotten.
	Content *Content `json:"content,omitempty"`
	// Value is the new value of the field as JSON; empty if the field has no value.
	Value string `json:"value,omitempty"`
	// Erases is set if the content of the claim, or the text of a document, is removed from the store, and is not stored
	// when it is loaded again. This holds even if another correction counts, until the correction is taken back.
	Erases bool         `json:"erases,omitempty"`
	By     string       `json:"by"`
	At     edtf.Instant `json:"at"`
	Why    string       `json:"why,omitempty"`
}

// TextField is the field of a document that a correction erases.
const TextField = "text"

// ErasedClaims returns the claims that a correction erases.
func ErasedClaims(corrections []Correction) map[ID]bool {
	erased := map[ID]bool{}
	for _, c := range corrections {
		if c.Erases && c.Claim != "" {
			erased[c.Claim] = true
		}
	}
	return erased
}

// Erased returns the rest of the claim that is stored after it is erased: ids to which others refer, and its date.
func (c Claim) Erased() Claim {
	return Claim{
		ID: c.ID, Subject: c.Subject, Stance: c.Stance, Aspect: c.Aspect, Document: c.Document, Release: c.Release,
		AssertedAt: c.AssertedAt, RecordedAt: c.RecordedAt,
	}
}

// Content has the fields of a claim that can be corrected; see Claim. The other fields stay: its id and release,
// because it is the same claim or row; its extractions, because the coding is decided by reviews; and the time of
// publication, from which it is known.
type Content struct {
	Subject    ID         `json:"subject"`
	Stance     Stance     `json:"stance"`
	Aspect     Aspect     `json:"aspect"`
	Claimants  []ID       `json:"claimants,omitempty"`
	RelayedBy  []ID       `json:"relayedBy,omitempty"`
	Document   ID         `json:"document,omitempty"`
	Cites      []ID       `json:"cites,omitempty"`
	StatedAt   *edtf.Time `json:"statedAt,omitempty"`
	Quote      *Quote     `json:"quote,omitempty"`
	Confidence *int       `json:"confidence,omitempty"`
	Spans      []Span     `json:"spans,omitempty"`
	Note       string     `json:"note,omitempty"`
	Supersedes []ID       `json:"supersedes,omitempty"`
	Says       Statement  `json:"says"`
}

// Content returns the content of the claim.
func (c Claim) Content() Content {
	return Content{
		Subject: c.Subject, Stance: c.Stance, Aspect: c.Aspect, Claimants: c.Claimants, RelayedBy: c.RelayedBy,
		Document: c.Document, Cites: c.Cites, StatedAt: c.StatedAt, Quote: c.Quote, Confidence: c.Confidence,
		Spans: c.Spans, Note: c.Note, Supersedes: c.Supersedes, Says: c.Says,
	}
}

// claim returns the claim with this content in place of its own.
func (c Content) claim(to Claim) Claim {
	to.Subject, to.Stance, to.Aspect, to.Claimants, to.RelayedBy = c.Subject, c.Stance, c.Aspect, c.Claimants, c.RelayedBy
	to.Document, to.Cites, to.StatedAt, to.Quote, to.Confidence = c.Document, c.Cites, c.StatedAt, c.Quote, c.Confidence
	to.Spans, to.Note, to.Supersedes, to.Says = c.Spans, c.Note, c.Supersedes, c.Says
	return to
}

// Corrected is the object of a correction: a claim, or a field of a node.
type Corrected struct {
	ID    ID
	Field string
}

// Curation holds the decisions of curators about a claim.
type Curation struct {
	// Original is the claim as it was loaded; nil unless it is corrected or forgotten.
	Original *Claim
	// Corrections of the claim, and Reviews of it, its document or its release, the latest last.
	Corrections []Correction
	Reviews     []Review
}

// ReviewTargets returns the claims, documents and releases that a review of one of the claims may name, distinct and
// sorted.
func ReviewTargets(claims []Claim) []ID {
	var targets []ID
	for i := range claims {
		for _, id := range []ID{claims[i].ID, claims[i].Document, claims[i].Release} {
			if id != "" {
				targets = append(targets, id)
			}
		}
	}
	slices.Sort(targets)
	return slices.Compact(targets)
}

// Curations returns the curation of the claim of each id. claims has those in the graph, originals the corrected and
// forgotten ones as loaded. A review is found by the claim's document and release, or those of a forgotten original.
func Curations(ids []ID, claims, originals []Claim, corrections []Correction, reviews []Review) []Curation {
	known, loaded := map[ID]*Claim{}, map[ID]*Claim{}
	for i := range originals {
		known[originals[i].ID], loaded[originals[i].ID] = &originals[i], &originals[i]
	}
	for i := range claims {
		known[claims[i].ID] = &claims[i]
	}
	made, naming := map[ID][]Correction{}, map[ID][]Review{}
	for _, c := range corrections {
		made[c.Claim] = append(made[c.Claim], c)
	}
	for _, r := range reviews {
		for _, target := range r.Targets() {
			naming[target] = append(naming[target], r)
		}
	}
	all := make([]Curation, len(ids))
	for i, id := range ids {
		c := Curation{Original: loaded[id], Corrections: slices.Clone(made[id]), Reviews: slices.Clone(naming[id])}
		if k := known[id]; k != nil {
			for _, source := range []ID{k.Document, k.Release} {
				if source != "" {
					c.Reviews = append(c.Reviews, naming[source]...)
				}
			}
		}
		slices.SortFunc(c.Corrections, CompareCorrections)
		slices.SortFunc(c.Reviews, CompareReviews)
		all[i] = c
	}
	return all
}

// NodeID returns the id of the correction.
func (c Correction) NodeID() ID { return c.ID }

// Target returns what the correction corrects.
func (c Correction) Target() Corrected { return Corrected{cmp.Or(c.Claim, c.Node), c.Field} }

// Forgets reports whether the correction makes a claim forgotten.
func (c Correction) Forgets() bool { return c.Claim != "" && c.Content == nil }

// References returns the claim or the node, and every node that the new content refers to.
func (c Correction) References() []ID {
	refs := []ID{c.Target().ID}
	if c.Content != nil {
		refs = append(refs, c.Content.claim(Claim{}).References()...)
	}
	return refs
}

// Apply returns the claim with the content of the correction; ok is false if it is forgotten.
func (c Correction) Apply(original Claim) (corrected Claim, ok bool) {
	if c.Content == nil {
		return Claim{}, false
	}
	return c.Content.claim(original), true
}

// LatestCorrections returns the correction that counts for each claim and field: the latest by (At, content).
func LatestCorrections(corrections []Correction) map[Corrected]Correction {
	latest := map[Corrected]Correction{}
	for _, c := range corrections {
		if old, found := latest[c.Target()]; !found || CompareCorrections(c, old) > 0 {
			latest[c.Target()] = c
		}
	}
	return latest
}

// CompareCorrections orders corrections by (At, content, id). Contents compare as JSON; none sorts first, so that of
// two corrections of one instant the one with a content counts.
func CompareCorrections(a, b Correction) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.content(), b.content()), cmp.Compare(a.ID, b.ID))
}

// content returns the new content or value as JSON; empty without one.
func (c Correction) content() string {
	if c.Content == nil {
		return c.Value
	}
	return recordText(c.Content)
}

// recordText returns a record as JSON.
func recordText(record any) string {
	text, _ := json.Marshal(record) // cannot fail for a record that passes its Check
	return string(text)
}
