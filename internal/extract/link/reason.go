package link

import (
	"casus/internal/extract/wording"
	"casus/internal/kg"
)

// Code is the kind of a reason.
type Code string

// The codes of reasons; docs/extract.md lists them. Detail is what the words name.
const (
	// NameWhole is a node that has all words of a name, and OnlyFit the only one that fits. Detail is the name.
	NameWhole Code = "NAME_WHOLE"
	OnlyFit   Code = "ONLY_FIT"
	// NameShared is a node that has the words of a name, but other words where another name of the party differs.
	NameShared Code = "NAME_SHARED"
	// NamePart is a node that has the words of a name, and the name is a common noun or not the text's.
	NamePart Code = "NAME_PART"
	// NameNear is a node with a name that is spelt nearly alike, and NameBegins one with a name that begins alike.
	NameNear   Code = "NAME_NEAR"
	NameBegins Code = "NAME_BEGINS"
	// KindDiffers and CountryDiffers are nodes with the name. Detail is the node's kind or country.
	KindDiffers    Code = "KIND_DIFFERS"
	CountryDiffers Code = "COUNTRY_DIFFERS"
	// EventWords is an event that rests on the same sentences of a document of which the article is a reprint, or that is
	// a reprint of it. Detail is the document's title.
	EventWords Code = "EVENT_WORDS"
	// EventPlace is an event of about the same time with an actor and a place in common, and EventNear one without a
	// place in common. Detail is its time.
	EventPlace Code = "EVENT_PLACE"
	EventNear  Code = "EVENT_NEAR"
	// EventAnswer is an event that answers another one as the article's does, and EventAnswered the other one. Detail is
	// the title of the one that it answers, or that answers it.
	EventAnswer   Code = "EVENT_ANSWER"
	EventAnswered Code = "EVENT_ANSWERED"
	// EventTold is an event that a sentence tells with another one, as a sentence of the article does. Detail is the title
	// of the other one.
	EventTold Code = "EVENT_TOLD"
	// TextSame is a document with the same text, and SentencesSame one that shares most sentences. Detail is "15/18".
	TextSame      Code = "TEXT_SAME"
	SentencesSame Code = "SENTENCES_SAME"
)

// reasonWords are the English words for each code, filled by package wording.
var reasonWords = map[Code]string{
	NameWhole:      "has all words of {detail}",
	OnlyFit:        "the only known node that fits {detail}",
	NameShared:     "has the words of {detail}, but another name differs",
	NamePart:       "has {detail} as a part of a name",
	NameNear:       "a name is spelt nearly like {detail}",
	NameBegins:     "a name begins with {detail}",
	KindDiffers:    "the name is the same, the kind is {detail}",
	CountryDiffers: "the name is the same, the country is {detail}",
	EventWords:     "rests on the same sentences, in {detail}",
	EventPlace:     "the same kind of event, with an actor and a place in common, on {detail}",
	EventNear:      "the same kind of event, with an actor in common, on {detail}",
	EventAnswer:    "answers the same event in the same way: {detail}",
	EventAnswered:  "the same event answers it in the same way: {detail}",
	EventTold:      "one sentence tells it with the same other event: {detail}",
	TextSame:       "the text is the same",
	SentencesSame:  "most sentences are the same: {detail}",
}

// Reason is why a node may be meant.
type Reason struct {
	Code   Code   `json:"code"`
	Detail string `json:"detail,omitempty"`
	// Why says it in English.
	Why string `json:"why"`
}

// NewReason returns a reason.
func NewReason(code Code, detail string) Reason {
	return Reason{code, detail, wording.Fill(reasonWords[code], wording.Values{"detail": detail})}
}

// Suggestion is a node that a person may choose.
type Suggestion struct {
	ID   kg.ID  `json:"id"`
	Name string `json:"name"`
	Reason
}
