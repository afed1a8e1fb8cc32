package kg

import "casus/internal/edtf"

// Event is an event as of one view: the version of its state that was known then.
type Event struct {
	ID ID
	EventState
	View View
}

// KnownAt returns the moment of knowledge of the view, nil if all claims count.
func (e Event) KnownAt() *edtf.Instant { return e.View.KnownAt }

// EventState is one version of the state of an event, valid from KnownFrom until just before KnownTo.
type EventState struct {
	KnownFrom edtf.Instant `json:"knownFrom"`
	// KnownTo is EndOfTime for the latest version.
	KnownTo  edtf.Instant `json:"knownTo"`
	Status   ClaimStatus  `json:"status"`
	Headline `json:"headline"`
	// FirstAsserted is the time of publication of the earliest positive claim, else of the earliest claim.
	FirstAsserted edtf.Time   `json:"firstAsserted"`
	Toll          Toll        `json:"toll"`
	Sources       SourceCount `json:"sources"`
	// Because are the claims that became known at KnownFrom and so caused this version, in claim order.
	Because []ID `json:"because"`
}

// Headline is the description of an event: each value is from the latest live positive claim that states it, titles and
// summaries for each language, codes for each scheme.
type Headline struct {
	Titles    []Name        `json:"titles,omitempty"`
	Summaries []Name        `json:"summaries,omitempty"`
	Category  EventCategory `json:"category"`
	Mode      string        `json:"mode,omitempty"`
	Codes     []Code        `json:"codes,omitempty"`
	Modality  Modality      `json:"modality"`
	Time      edtf.Time     `json:"time"`
	// Nominal is the nominal day of the claim that states Time; empty if it states none. Time series count the event then.
	Nominal Day `json:"nominal,omitempty"`
}

// Toll is the killed and the wounded of an event that occurred, over all live claims. A count that no claim states is
// nil.
type Toll struct {
	Killed  *Estimate `json:"killed,omitempty"`
	Wounded *Estimate `json:"wounded,omitempty"`
}

// Estimate is a count of people over several claims. Best is the latest best number, Low and High are the envelope of
// all claims with a number. Agreed is set if all best numbers are equal.
type Estimate struct {
	Low    *int `json:"low,omitempty"`
	Best   *int `json:"best,omitempty"`
	High   *int `json:"high,omitempty"`
	Agreed bool `json:"agreed"`
}

// SourceCount counts the sources of the live claims about an event: the documents that the claims are in or, for rows,
// cite, the publishers of these, and the data sets. Voices counts the distinct voices of the positive claims whose
// aspect is OCCURRENCE, without claims whose coding is MACHINE.
type SourceCount struct {
	Documents  int `json:"documents"`
	Publishers int `json:"publishers"`
	Voices     int `json:"voices"`
	Datasets   int `json:"datasets"`
}

// NodeID returns the id of the event.
func (e Event) NodeID() ID { return e.ID }

// IsNode implements Node.
func (Event) IsNode() {}
