// Package effects shows what a batch changes: as text for people, and as JSON.
package effects

import (
	"encoding/json"
	"io"

	"casus/internal/kg"
	"casus/internal/store"
)

// Event is an effect as JSON. A state that does not exist is null.
type Event struct {
	Event  kg.ID  `json:"event"`
	Title  string `json:"title"`
	Before *State `json:"before"`
	After  *State `json:"after"`
}

// State is the headline of an event as JSON.
type State struct {
	Status        kg.ClaimStatus `json:"status"`
	Modality      kg.Modality    `json:"modality"`
	Time          string         `json:"time"`
	Toll          kg.Toll        `json:"toll"`
	Disagreements []string       `json:"disagreements"`
}

// Field is the change of a field as JSON. No value is null.
type Field struct {
	Node   kg.ID   `json:"node"`
	Field  string  `json:"field"`
	Before *string `json:"before"`
	After  *string `json:"after"`
}

// WriteJSON writes what changes, one JSON object a line: events, then fields.
func WriteJSON(w io.Writer, effects store.Effects) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, e := range effects.Events {
		if err := encoder.Encode(NewEvent(e)); err != nil {
			return err
		}
	}
	for _, c := range effects.Fields {
		if err := encoder.Encode(NewField(c)); err != nil {
			return err
		}
	}
	return nil
}

// NewField returns the change of a field.
func NewField(c kg.FieldChange) Field {
	r := Field{Node: c.Node, Field: c.Field}
	if c.Before != "" {
		r.Before = &c.Before
	}
	if c.After != "" {
		r.After = &c.After
	}
	return r
}

// NewEvent returns an effect.
func NewEvent(e store.Effect) Event {
	return Event{e.Event, kg.BestName(e.Titles(), ""), NewState(e.Before), NewState(e.After)}
}

// NewState returns a state, or nil for none.
func NewState(s *kg.EventState) *State {
	if s == nil {
		return nil
	}
	return &State{s.Status, s.Modality, s.Time.EDTF, s.Toll, aspects(*s)}
}
