package kg

import (
	"time"

	"casus/internal/edtf"
)

// Statement is the content of a claim about its subject. Every field may be absent; the claim then states nothing about
// it.
type Statement struct {
	Titles    []Name        `json:"titles,omitempty"`
	Summaries []Name        `json:"summaries,omitempty"`
	Category  EventCategory `json:"category,omitempty"`
	Mode      string        `json:"mode,omitempty"`
	Codes     []Code        `json:"codes,omitempty"`
	Modality  Modality      `json:"modality,omitempty"`
	Time      *edtf.Time    `json:"time,omitempty"`
	// Nominal is the day within Time under which the source lists the event, such as the day that stands for a week.
	Nominal  Day       `json:"nominal,omitempty"`
	Figures  []Figure  `json:"figures,omitempty"`
	Measures []Measure `json:"measures,omitempty"`
	// The edges that the claim lists.
	Participants []Participant `json:"participants,omitempty"`
	Places       []Place       `json:"places,omitempty"`
	Wholes       []ID          `json:"wholes,omitempty"`
	RespondsTo   []ResponseTo  `json:"respondsTo,omitempty"`
	Announces    []ID          `json:"announces,omitempty"`
}

// Participant is an actor's part in an event, as a claim states it.
type Participant struct {
	Actor        ID              `json:"actor"`
	Role         ParticipantRole `json:"role"`
	Side         Side            `json:"side,omitempty"`
	Capacity     string          `json:"capacity,omitempty"`
	Representing ID              `json:"representing,omitempty"`
}

// Place is a location of an event, as a claim states it.
type Place struct {
	Location ID           `json:"location"`
	Role     LocationRole `json:"role"`
	// Precision is 1 (exact) .. 7 (unknown or international waters), the scale of UCDP's where_prec, or 0 if not stated.
	Precision int `json:"precision,omitempty"`
}

// ResponseTo is the statement that an event responds to another.
type ResponseTo struct {
	To        ID           `json:"to"`
	Kind      ResponseKind `json:"kind"`
	Condition string       `json:"condition,omitempty"`
}

// Figure is a number that a claim states.
type Figure struct {
	Kind       FigureKind `json:"kind"`
	Population Population `json:"population"`
	// Unit is the counted unit if it is not people ("fighter aircraft").
	Unit      string          `json:"unit,omitempty"`
	Low       *int            `json:"low,omitempty"`
	Best      *int            `json:"best,omitempty"`
	High      *int            `json:"high,omitempty"`
	Qualifier FigureQualifier `json:"qualifier"`
	Trend     Trend           `json:"trend,omitempty"`

	// Claim is the claim that states the figure. Stores set it when they read a figure.
	Claim ID `json:"-"`
}

// Quote holds the words that a claim is based on.
type Quote struct {
	Text     string `json:"text"`
	Language string `json:"language,omitempty"`
	// Direct is set for direct speech.
	Direct       bool   `json:"direct,omitempty"`
	Speaker      ID     `json:"speaker,omitempty"`
	Addressee    ID     `json:"addressee,omitempty"`
	Translations []Name `json:"translations,omitempty"`
}

// Span is a place in the text of the claim's document: a TextPosition and a TextQuote selector of W3C Web Annotation.
type Span struct {
	// Start and End count Unicode code points; End is exclusive.
	Start  int       `json:"start"`
	End    int       `json:"end"`
	Exact  string    `json:"exact,omitempty"`
	Prefix string    `json:"prefix,omitempty"`
	Suffix string    `json:"suffix,omitempty"`
	State  SpanState `json:"state"`
}

func (s *Statement) appendReferences(refs []ID) []ID {
	refs = append(append(refs, s.Wholes...), s.Announces...)
	for _, p := range s.Participants {
		refs = append(refs, p.Actor, p.Representing)
	}
	for _, p := range s.Places {
		refs = append(refs, p.Location)
	}
	for _, t := range s.RespondsTo {
		refs = append(refs, t.To)
	}
	return refs
}

// Measure is a number by which a coder describes an event or its coverage. Nothing is derived from it.
type Measure struct {
	Name  MeasureName `json:"name"`
	Value float64     `json:"value"`
}

// Day is a calendar date, YYYY-MM-DD, or empty.
type Day string

// Start returns the start of the day in UTC; nil if d is empty or not a date.
func (d Day) Start() *edtf.Instant {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return nil
	}
	start := edtf.InstantOf(at)
	return &start
}

// DayOf returns the day in UTC that contains an instant; empty for nil.
func DayOf(at *edtf.Instant) Day {
	if at == nil {
		return ""
	}
	return Day(at.Time().UTC().Format(time.DateOnly))
}
