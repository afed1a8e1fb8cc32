// Package form has the form that a language model, or a person, fills in with what an article says: who and where, what
// happened, and who claims it in which words. The form is flat and closed, so that strict modes of all endpoints accept
// its schemas. Nothing in it is trusted: other packages find each word in the text or refuse it.
package form

import "casus/internal/kg"

// Version identifies the form and its instructions together. It changes when either does.
const Version = "2"

// Part is one of the three questions that the form consists of. Each is small enough for one call of a model.
type Part string

// The parts.
const (
	PartParties Part = "parties" // who and where
	PartEvents  Part = "events"
	PartClaims  Part = "claims"
)

// Parts returns the parts in the order in which they are filled in: each refers to the keys of the ones before.
func Parts() []Part { return []Part{PartParties, PartEvents, PartClaims} }

// Form is a whole form: actors, places and the ties between them; events and how they respond to one another; claims.
type Form struct {
	Actors []Actor `json:"actors" part:"parties" about:"Every person, state, armed group or other party that is named."`
	Places []Place `json:"places" part:"parties" about:"Every place that is named."`
	Ties   []Tie   `json:"ties" part:"parties" about:"Offices, memberships and other ties that a sentence states."`
	Events []Event `json:"events" part:"events" about:"What happened, goes on, is planned, proposed or denied."`
	Links  []Link  `json:"links" part:"events" about:"How events respond to one another."`
	Claims []Claim `json:"claims" part:"claims" about:"What the text, or a person in it, says about the events."`
}

// Actor is a party that the text names.
type Actor struct {
	Key         string       `json:"key" about:"A short ASCII name for use in this form."`
	Kind        kg.ActorKind `json:"kind" about:"What it is."`
	Name        string       `json:"name" about:"Its fullest name, copied from the text letter by letter."`
	EnglishName string       `json:"englishName" about:"Its usual name in English."`
	Country     *string      `json:"country" about:"The ISO 3166-1 alpha-2 code of the country it belongs to."`
}

// Place is a place that the text names.
type Place struct {
	Key         string          `json:"key" about:"A short ASCII name for use in this form."`
	Kind        kg.LocationKind `json:"kind" about:"What it is."`
	Name        string          `json:"name" about:"Its name, copied from the text letter by letter."`
	EnglishName string          `json:"englishName" about:"Its usual name in English."`
	Country     *string         `json:"country" about:"The ISO 3166-1 alpha-2 code of its country."`
	Inside      *string         `json:"inside" about:"The key of the place that it lies in, if the text names that one."`
}

// Tie is an actor's tie to another actor or to a place.
type Tie struct {
	Holder   string             `json:"holder" about:"The key of the actor that holds the office or belongs."`
	Of       string             `json:"of" about:"The key of the actor or place that it is tied to."`
	Type     kg.AffiliationType `json:"type" about:"The type of tie."`
	Position *string            `json:"position" about:"The title of the office, copied from the text."`
	Sentence int                `json:"sentence" about:"The number of the sentence that states it."`
}

// Event is something that the text reports.
type Event struct {
	Key          string           `json:"key" about:"A short ASCII name for use in this form."`
	Title        string           `json:"title" about:"A neutral title in English, of at most ten words."`
	Category     kg.EventCategory `json:"category" about:"What kind of act it is."`
	Modality     kg.Modality      `json:"modality" about:"How real the text says it is."`
	Time         *string          `json:"time" about:"When, in EDTF, as precise as the text and no more."`
	TimeWords    *string          `json:"timeWords" about:"The words for the time, copied from the text."`
	PartOf       *string          `json:"partOf" about:"The key of the larger event that it is a part of."`
	Participants []Participant    `json:"participants" about:"Who took part."`
	Locations    []Location       `json:"locations" about:"Where it happened."`
}

// Participant is an actor's part in an event.
type Participant struct {
	Actor        string             `json:"actor" about:"The actor's key."`
	Role         kg.ParticipantRole `json:"role" about:"Its role."`
	Representing *string            `json:"representing" about:"The key of the actor on whose behalf it acts."`
}

// Location is a place of an event.
type Location struct {
	Place string          `json:"place" about:"The place's key."`
	Role  kg.LocationRole `json:"role" about:"Its role."`
}

// Link is how an event responds to another one, or that it announces it.
type Link struct {
	Event     string   `json:"event" about:"The key of the event that responds or announces."`
	Kind      LinkKind `json:"kind" about:"How."`
	Other     string   `json:"other" about:"The key of the event that it responds to or announces."`
	Condition *string  `json:"condition" about:"The condition, copied from the text."`
}

// LinkKind is a kind of response, or ANNOUNCES.
type LinkKind string

// LinkAnnounces is the kind of a link to an event that is announced, proposed or threatened.
const LinkAnnounces LinkKind = "ANNOUNCES"

// Claim is what a sentence says about an event, and on whose word.
type Claim struct {
	Event      string    `json:"event" about:"The key of the event that it is about."`
	Sentences  []int     `json:"sentences" about:"The numbers of the sentences that say it."`
	Words      *string   `json:"words" about:"Direct speech alone: the words spoken, copied letter by letter."`
	Claimants  []string  `json:"claimants" about:"The keys of the actors who say so; none if only the text does."`
	Stance     kg.Stance `json:"stance" about:"What the claim does with the event."`
	Aspect     kg.Aspect `json:"aspect" about:"The side of the event that it is about."`
	Value      *string   `json:"value" about:"PARTICIPATION: an actor's key. PLACE: a place's key. TIME: EDTF."`
	StatedAt   *string   `json:"statedAt" about:"When the words were said, in EDTF, if the text says so."`
	Figures    []Figure  `json:"figures" about:"The numbers that the sentences state."`
	Confidence Certainty `json:"confidence" about:"How sure it is that the sentences say this."`
}

// Figure is a number that a claim states.
type Figure struct {
	Kind       kg.FigureKind      `json:"kind" about:"What is counted."`
	Population kg.Population      `json:"population" about:"Who is counted; TOTAL if the text does not divide them."`
	Number     *int               `json:"number" about:"The number."`
	Qualifier  kg.FigureQualifier `json:"qualifier" about:"How exact it is; VAGUE for words without a number."`
	Unit       *string            `json:"unit" about:"What is counted if it is not people, in English."`
}

// Certainty is how sure a filled-in claim is.
type Certainty string

// The values of Certainty.
const (
	CertaintyHigh   Certainty = "HIGH"
	CertaintyMedium Certainty = "MEDIUM"
	CertaintyLow    Certainty = "LOW"
)

// Percent returns the confidence of a claim record, 0..100.
func (c Certainty) Percent() int {
	switch c {
	case CertaintyHigh:
		return 90
	case CertaintyMedium:
		return 60
	}
	return 30
}
