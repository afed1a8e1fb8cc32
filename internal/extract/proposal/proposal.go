package proposal

import (
	"encoding/json"

	"casus/internal/extract/anchor"
	"casus/internal/extract/check"
	"casus/internal/extract/form"
	"casus/internal/extract/link"
	"casus/internal/kg"
)

// Proposal is what an article is proposed to add to a graph.
type Proposal struct {
	Records []Record
	Review  Review
	Refused []form.Refusal
	Run     Run
}

// Refuse adds refused entries of the form's making.
func (p *Proposal) Refuse(all []form.Refusal) {
	p.Refused = append(p.Refused, all...)
	p.Run.Counts.Refused += len(all)
	p.Run.Counts.Entries += len(all)
}

// Review is the review file: what a person reads before the records are loaded.
type Review struct {
	Version int `json:"version"`
	// Document is the article's id, and Title its title.
	Document kg.ID  `json:"document"`
	Title    string `json:"title"`
	// Items are the records and claims of the proposal, in its order, and the links to known nodes, which have no record.
	Items []Item `json:"items"`
}

// Item is a record, a claim of one, or a link, with everything that helps to judge it.
type Item struct {
	// Record is the line of the record in the proposal, from 1; 0 for a link. Claim is the position of the claim in the
	// record, from 1; 0 for the record itself.
	Record int         `json:"record,omitempty"`
	Claim  int         `json:"claim,omitempty"`
	Type   kg.NodeKind `json:"type"`
	ID     kg.ID       `json:"id,omitempty"`
	// Label shows it to a person.
	Label string `json:"label"`
	// Key is its key in the form.
	Key string `json:"key,omitempty"`
	// Sentences are the sentences that it rests on.
	Sentences []Sentence `json:"sentences,omitempty"`
	// Manner is how a claim's words were found: empty if it rests on whole sentences.
	Manner anchor.Manner `json:"manner,omitempty"`
	// Known is the known node that the item is linked to, or the event that it is joined to.
	Known       *link.Suggestion  `json:"known,omitempty"`
	Flags       []check.Flag      `json:"flags,omitempty"`
	Suggestions []link.Suggestion `json:"suggestions,omitempty"`
	// Own is what an item with Known is if it is not the known node: the record of an actor or a place, or the id of an
	// event as {"id": ...}.
	Own json.RawMessage `json:"own,omitempty"`
	// Added is what a person added to the proposal: an event without its claims, or a claim of an event. Their places
	// follow those of the proposal's records and claims, in the order of the items.
	Added json.RawMessage `json:"added,omitempty"`
	// Decision is what a person decided: nil until then.
	Decision *Decision `json:"decision"`
}

// Sentence is a numbered sentence of the text.
type Sentence struct {
	Number int `json:"number"`
	anchor.Range
	Text string `json:"text"`
}

// Run is the account of an extraction.
type Run struct {
	Tool          string `json:"tool"`
	Model         string `json:"model,omitempty"`
	FormVersion   string `json:"formVersion"`
	PromptSHA256  string `json:"promptSha256"`
	ArticleSHA256 string `json:"articleSha256"`
	FormSHA256    string `json:"formSha256"`
	// At is when the extraction ran, if that is stated.
	At string `json:"at,omitempty"`
	// Linked reports whether names were looked up in a store.
	Linked bool   `json:"linked"`
	Counts Counts `json:"counts"`
	// Interview is nil for a form that was filled in elsewhere.
	Interview *Interview `json:"interview,omitempty"`
	// Outputs are the SHA-256 of the other files, by the end of their names.
	Outputs map[string]string `json:"outputs"`
}

// Counts are the numbers of a run.
type Counts struct {
	Sentences int `json:"sentences"`
	// Entries are the entries of the form, Refused the ones that were refused, wholly or in one field.
	Entries int                 `json:"entries"`
	Refused int                 `json:"refused"`
	Records map[kg.NodeKind]int `json:"records"`
	Claims  int                 `json:"claims"`
	Links   int                 `json:"links"`
	// Spans are the spans by how their words were found; SENTENCE for whole sentences.
	Spans map[string]int     `json:"spans"`
	Flags map[check.Code]int `json:"flags"`
}
