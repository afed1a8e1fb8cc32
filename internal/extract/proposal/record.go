// Package proposal has the outcome of an extraction: records that can be loaded as they are, a review file that shows a
// person each of them with its sentences and doubts, the entries that were refused, and an account of the run. The same
// input makes the same bytes.
package proposal

import (
	"casus/internal/extract/anchor"
	"casus/internal/kg"
)

// The records of the extraction format, with the fields that an article can fill.

// Record is a record of a proposal.
type Record interface {
	// Kind returns the type of the record, and Ref its id.
	Kind() kg.NodeKind
	Ref() kg.ID
}

// Name is a name, title or other text with its language.
type Name struct {
	Value    string `json:"value"`
	Language string `json:"language,omitempty"`
}

// Actor is an actor record.
type Actor struct {
	Type    kg.NodeKind  `json:"type"`
	ID      kg.ID        `json:"id"`
	Is      kg.ActorKind `json:"kind"`
	Names   []Name       `json:"names"`
	Country string       `json:"country,omitempty"`
	Source  kg.ID        `json:"source"`
}

// Location is a location record.
type Location struct {
	Type    kg.NodeKind     `json:"type"`
	ID      kg.ID           `json:"id"`
	Is      kg.LocationKind `json:"kind"`
	Names   []Name          `json:"names"`
	Country string          `json:"country,omitempty"`
	Within  []kg.ID         `json:"within,omitempty"`
	Source  kg.ID           `json:"source"`
}

// Document is a document record.
type Document struct {
	Type        kg.NodeKind `json:"type"`
	ID          kg.ID       `json:"id"`
	URL         string      `json:"url,omitempty"`
	Titles      []Name      `json:"titles"`
	Language    string      `json:"language,omitempty"`
	Publisher   kg.ID       `json:"publisher,omitempty"`
	PublishedAt string      `json:"publishedAt"`
	RetrievedAt string      `json:"retrievedAt,omitempty"`
	SHA256      string      `json:"sha256"`
	Syndicates  kg.ID       `json:"syndicates,omitempty"`
	Text        string      `json:"text"`
}

// Event is an event record with its claims.
type Event struct {
	Type         kg.NodeKind      `json:"type"`
	ID           kg.ID            `json:"id"`
	Titles       []Name           `json:"titles"`
	Category     kg.EventCategory `json:"category"`
	Modality     kg.Modality      `json:"modality"`
	Time         string           `json:"time,omitempty"`
	Participants []Participant    `json:"participants,omitempty"`
	Locations    []Place          `json:"locations,omitempty"`
	PartOf       []kg.ID          `json:"partOf,omitempty"`
	RespondsTo   []Response       `json:"respondsTo,omitempty"`
	Announces    []kg.ID          `json:"announces,omitempty"`
	Document     kg.ID            `json:"document"`
	Claims       []Claim          `json:"claims"`
}

// Affiliation is an affiliation record with its claims.
type Affiliation struct {
	Type            kg.NodeKind        `json:"type"`
	Holder          kg.ID              `json:"holder"`
	Counterpart     kg.ID              `json:"counterpart"`
	AffiliationType kg.AffiliationType `json:"affiliationType"`
	Position        string             `json:"position,omitempty"`
	Document        kg.ID              `json:"document"`
	Claims          []Claim            `json:"claims"`
}

// Claim is a claim of an event or affiliation record.
type Claim struct {
	Stance    kg.Stance `json:"stance,omitempty"`
	Aspect    kg.Aspect `json:"aspect,omitempty"`
	Claimants []kg.ID   `json:"claimants,omitempty"`
	// Titles, Category and Modality are what a denial denies if no claim asserts it.
	Titles       []Name           `json:"titles,omitempty"`
	Category     kg.EventCategory `json:"category,omitempty"`
	Modality     kg.Modality      `json:"modality,omitempty"`
	Time         string           `json:"time,omitempty"`
	Figures      []Figure         `json:"figures,omitempty"`
	Participants []Participant    `json:"participants,omitempty"`
	Locations    []Place          `json:"locations,omitempty"`
	StatedAt     string           `json:"statedAt,omitempty"`
	Quote        *Quote           `json:"quote,omitempty"`
	Confidence   int              `json:"confidence,omitempty"`
	Spans        []Span           `json:"spans"`
	// Extractions are the runs that made the claim; none if a person added it.
	Extractions []Extraction `json:"extractions,omitempty"`
}

// Participant is an actor's part in an event.
type Participant struct {
	Actor        kg.ID              `json:"actor"`
	Role         kg.ParticipantRole `json:"role"`
	Representing kg.ID              `json:"representing,omitempty"`
}

// Place is a place of an event.
type Place struct {
	Location kg.ID           `json:"location"`
	Role     kg.LocationRole `json:"role"`
}

// Response is how an event responds to another one.
type Response struct {
	To        kg.ID           `json:"to"`
	Type      kg.ResponseKind `json:"kind"`
	Condition string          `json:"condition,omitempty"`
}

// Figure is a number that a claim states.
type Figure struct {
	Type       kg.FigureKind      `json:"kind"`
	Population kg.Population      `json:"population,omitempty"`
	Unit       string             `json:"unit,omitempty"`
	Best       *int               `json:"best,omitempty"`
	Qualifier  kg.FigureQualifier `json:"qualifier,omitempty"`
}

// Quote is the words that a claim rests on.
type Quote struct {
	Text     string `json:"text"`
	Language string `json:"language,omitempty"`
	Direct   bool   `json:"direct,omitempty"`
	Speaker  kg.ID  `json:"speaker,omitempty"`
}

// Span is the place of words in the document's text.
type Span struct {
	anchor.Range
	Exact string `json:"exact"`
}

// Extraction is the run that made a claim.
type Extraction struct {
	Tool   string `json:"tool"`
	Model  string `json:"model,omitempty"`
	Prompt string `json:"prompt"`
	At     string `json:"at,omitempty"`
}

// Kind returns actor.
func (a *Actor) Kind() kg.NodeKind { return a.Type }

// Ref returns the id.
func (a *Actor) Ref() kg.ID { return a.ID }

// Kind returns location.
func (l *Location) Kind() kg.NodeKind { return l.Type }

// Ref returns the id.
func (l *Location) Ref() kg.ID { return l.ID }

// Kind returns document.
func (d *Document) Kind() kg.NodeKind { return d.Type }

// Ref returns the id.
func (d *Document) Ref() kg.ID { return d.ID }

// Kind returns event.
func (e *Event) Kind() kg.NodeKind { return e.Type }

// Ref returns the id.
func (e *Event) Ref() kg.ID { return e.ID }

// Kind returns affiliation.
func (a *Affiliation) Kind() kg.NodeKind { return a.Type }

// Ref returns "": the loader derives the id, so that the same tie in two articles is one.
func (a *Affiliation) Ref() kg.ID { return "" }
