package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
)

// EventOrder orders events. In every order ties are broken by id, in the order's direction, and absent keys come last
// in both directions. The zero value of an order is its default.
type EventOrder struct {
	Field     EventOrderField `json:"field"`
	Direction Direction       `json:"direction"`
}

// ActorOrder orders actors: by folded primary name, or by the number of events they take part in.
type ActorOrder struct {
	Field     ActorOrderField `json:"field"`
	Direction Direction       `json:"direction"`
}

// LocationOrder orders locations: by folded primary name, or by the number of events at the location itself.
type LocationOrder struct {
	Field     LocationOrderField `json:"field"`
	Direction Direction          `json:"direction"`
}

// DocumentOrder orders documents: by the earliest instant of their publication, or by folded first title.
type DocumentOrder struct {
	Field     DocumentOrderField `json:"field"`
	Direction Direction          `json:"direction"`
}

// ClaimOrder orders claims in claim order: by the moment from which they are known.
type ClaimOrder struct {
	Field     ClaimOrderField `json:"field"`
	Direction Direction       `json:"direction"`
}

// Normalize returns the order with its defaults.
func (o *EventOrder) Normalize() EventOrder {
	if o == nil {
		return EventOrder{EventsByTime, Asc}
	}
	return EventOrder{defaultTo(o.Field, EventsByTime), defaultTo(o.Direction, Asc)}
}

// Normalize returns the order with its defaults.
func (o *ActorOrder) Normalize() ActorOrder {
	if o == nil {
		return ActorOrder{ActorsByName, Asc}
	}
	return ActorOrder{defaultTo(o.Field, ActorsByName), defaultTo(o.Direction, Asc)}
}

// Normalize returns the order with its defaults.
func (o *LocationOrder) Normalize() LocationOrder {
	if o == nil {
		return LocationOrder{LocationsByName, Asc}
	}
	return LocationOrder{defaultTo(o.Field, LocationsByName), defaultTo(o.Direction, Asc)}
}

// Normalize returns the order with its defaults.
func (o *DocumentOrder) Normalize() DocumentOrder {
	if o == nil {
		return DocumentOrder{DocumentsByPublished, Asc}
	}
	return DocumentOrder{defaultTo(o.Field, DocumentsByPublished), defaultTo(o.Direction, Asc)}
}

// Normalize returns the order with its defaults.
func (o *ClaimOrder) Normalize() ClaimOrder {
	if o == nil {
		return ClaimOrder{ClaimsByAsserted, Asc}
	}
	return ClaimOrder{defaultTo(o.Field, ClaimsByAsserted), defaultTo(o.Direction, Asc)}
}

func defaultTo[T ~string](v, fallback T) T {
	if v == "" {
		return fallback
	}
	return v
}

// Key returns the sort key of a state: milliseconds, a count, or the sentinel that sorts last for an absent value.
func (o EventOrder) Key(s kg.EventState) int64 {
	switch o.Field {
	case EventsByFirstAsserted:
		return InstantKey(s.FirstAsserted.Earliest, o.Direction)
	case EventsByKilled:
		if s.Toll.Killed == nil || s.Toll.Killed.Best == nil {
			return InstantKey(edtf.BeginningOfTime, o.Direction)
		}
		return int64(*s.Toll.Killed.Best)
	}
	if n := o.Field.SourceNumber(); n >= 0 {
		return int64(SourceNumbers(s.Sources)[n])
	}
	return InstantKey(s.Time.Earliest, o.Direction)
}

// PublishedKey returns the sort key of a document by publication.
func PublishedKey(d kg.Document, dir Direction) int64 {
	if d.PublishedAt == nil {
		return InstantKey(edtf.BeginningOfTime, dir)
	}
	return InstantKey(d.PublishedAt.Earliest, dir)
}

// InstantKey returns the sort key of an earliest instant, such as an event's start. An unbounded one sorts last.
func InstantKey(i edtf.Instant, dir Direction) int64 {
	if i.Bounded() {
		return int64(i)
	}
	if dir == Desc {
		return int64(edtf.BeginningOfTime)
	}
	return int64(edtf.EndOfTime)
}
