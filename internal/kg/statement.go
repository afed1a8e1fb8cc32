package kg

import "casus/internal/edtf"

// Statement is what a claim says of its subject. Every part may be absent: it then says nothing of it.
type Statement struct {
	Titles    []Name        `json:"titles,omitempty"`
	Summaries []Name        `json:"summaries,omitempty"`
	Category  EventCategory `json:"category,omitempty"`
	Mode      string        `json:"mode,omitempty"`
	Codes     []Code        `json:"codes,omitempty"`
	Modality  Modality      `json:"modality,omitempty"`
	Time      *edtf.Time    `json:"time,omitempty"`
	Figures   []Figure      `json:"figures,omitempty"`
	// Edges the claim lists.
	Participants []Participant `json:"participants,omitempty"`
	Places       []Place       `json:"places,omitempty"`
	Wholes       []ID          `json:"wholes,omitempty"`
	RespondsTo   []ResponseTo  `json:"respondsTo,omitempty"`
	Announces    []ID          `json:"announces,omitempty"`
}

// Participant is an actor's part in an event, as a claim gives it.
type Participant struct {
	Actor        ID              `json:"actor"`
	Role         ParticipantRole `json:"role"`
	Side         Side            `json:"side,omitempty"`
	Capacity     string          `json:"capacity,omitempty"`
	Representing ID              `json:"representing,omitempty"`
}

// Place is where an event was, as a claim gives it.
type Place struct {
	Location ID           `json:"location"`
	Role     LocationRole `json:"role"`
	// Precision is 1 (exact) .. 7 (unknown or international waters), UCDP's where_prec scale; 0: not given.
	Precision int `json:"precision,omitempty"`
}

// ResponseTo says that the event answers another.
type ResponseTo struct {
	To        ID           `json:"to"`
	Kind      ResponseKind `json:"kind"`
	Condition string       `json:"condition,omitempty"`
}

// Figure is one number that a claim gives.
type Figure struct {
	Kind       FigureKind `json:"kind"`
	Population Population `json:"population"`
	// Unit names what is counted where it is not people ("fighter aircraft").
	Unit      string          `json:"unit,omitempty"`
	Low       *int            `json:"low,omitempty"`
	Best      *int            `json:"best,omitempty"`
	High      *int            `json:"high,omitempty"`
	Qualifier FigureQualifier `json:"qualifier"`
	Trend     Trend           `json:"trend,omitempty"`

	// Claim is the claim that gives it. Stores set it on reading.
	Claim ID `json:"-"`
}

// Quote is the words a claim rests on.
type Quote struct {
	Text     string `json:"text"`
	Language string `json:"language,omitempty"`
	// Direct is speech given word for word.
	Direct       bool   `json:"direct,omitempty"`
	Speaker      ID     `json:"speaker,omitempty"`
	Addressee    ID     `json:"addressee,omitempty"`
	Translations []Name `json:"translations,omitempty"`
}

// Span points into the text of the claim's document: W3C Web Annotation's TextPosition and TextQuote selectors.
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
