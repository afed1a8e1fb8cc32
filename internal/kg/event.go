package kg

import "casus/internal/edtf"

// Event is what was held about an event in one view: the version of its state that was known then.
type Event struct {
	ID ID
	EventState
	View View
	// Prefetched is what the store read along with it, where a list asked for that and the store does so.
	Prefetched *Prefetched `json:"-"`
}

// KnownAt is the moment of knowledge of the view it was read in; nil: everything known.
func (e Event) KnownAt() *edtf.Instant { return e.View.KnownAt }

// EventState is one version of what was held about an event, for knowledge times [KnownFrom, KnownTo).
type EventState struct {
	KnownFrom edtf.Instant `json:"knownFrom"`
	// KnownTo is EndOfTime for the version that holds with everything known.
	KnownTo  edtf.Instant `json:"knownTo"`
	Status   ClaimStatus  `json:"status"`
	Headline `json:"headline"`
	// FirstAsserted is when anyone first said so: the publication of the earliest positive claim, else of the earliest.
	FirstAsserted edtf.Time   `json:"firstAsserted"`
	Toll          Toll        `json:"toll"`
	Sources       SourceCount `json:"sources"`
	// Because are the claims that became known at KnownFrom and so made this version, in claim order.
	Because []ID `json:"because"`
}

// Headline is what an event's claims give as its description: each value from the latest live positive claim that
// states it; titles and summaries so for each language, codes for each scheme.
type Headline struct {
	Titles    []Name        `json:"titles,omitempty"`
	Summaries []Name        `json:"summaries,omitempty"`
	Category  EventCategory `json:"category"`
	Mode      string        `json:"mode,omitempty"`
	Codes     []Code        `json:"codes,omitempty"`
	Modality  Modality      `json:"modality"`
	Time      edtf.Time     `json:"time"`
}

// Toll is what the claims about an event that occurred come to.
type Toll struct {
	Killed  *Estimate `json:"killed,omitempty"`
	Wounded *Estimate `json:"wounded,omitempty"`
}

// Estimate is a count of people by several claims. Best is the latest figure that counts, Low and High the envelope of
// all that count; Agreed says that they give one best.
type Estimate struct {
	Low    *int `json:"low,omitempty"`
	Best   *int `json:"best,omitempty"`
	High   *int `json:"high,omitempty"`
	Agreed bool `json:"agreed"`
}

// SourceCount counts what an event's live claims rest on. Voices are those of live positive claims of its occurrence.
type SourceCount struct {
	Documents  int `json:"documents"`
	Publishers int `json:"publishers"`
	Voices     int `json:"voices"`
}

// NodeID is the event's id.
func (e Event) NodeID() ID { return e.ID }

// IsNode marks an event as a node.
func (Event) IsNode() {}
