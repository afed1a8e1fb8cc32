package link

import (
	"casus/internal/edtf"
	"casus/internal/extract/anchor"
	"casus/internal/extract/sentence"
	"casus/internal/kg"
)

// Article is an article with the events that it reports.
type Article struct {
	// OwnPart is the part of an id that all new events of the article have. Events with it are no candidates: an article
	// that reports two events means two.
	OwnPart   string
	SHA256    string
	Text      string
	Sentences []sentence.Sentence
	// Alike are the documents that share most sentences with it, the original first.
	Alike  []kg.Document
	Events []Event
}

// Event is an event of an article.
type Event struct {
	Category kg.EventCategory
	Modality kg.Modality
	Time     edtf.Time
	// Parts and Places are the participants and places that are known nodes. HasNewActors and HasNewPlaces report whether
	// it has others.
	Parts                      []Part
	Places                     []kg.ID
	HasNewActors, HasNewPlaces bool
	// Ranges are the parts of the text on which its claims rest.
	Ranges  []anchor.Range
	Figures []Figure
	Answers []Answer
}

// Part is an actor's part in an event.
type Part struct {
	Actor kg.ID
	Role  kg.ParticipantRole
}

// Figure is a number of people, as a claim about an event states it.
type Figure struct {
	Kind       kg.FigureKind
	Population kg.Population
	Number     int
}

// Answer is a response of an event to another event of the article, by its position.
type Answer struct {
	Kind kg.ResponseKind
	To   int
}
