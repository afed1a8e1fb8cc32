package store

import (
	"casus/internal/edtf"
	"casus/internal/kg"
)

// EventOrder orders events. In every order ties go by id, in the order's direction, and an absent key comes last both
// ways. The zero value of an order is its default.
type EventOrder struct {
	Field     EventOrderField `json:"field"`
	Direction Direction       `json:"direction"`
}

// ActorOrder orders actors: by folded primary name, or by the number of events they take part in.
type ActorOrder struct {
	Field     ActorOrderField `json:"field"`
	Direction Direction       `json:"direction"`
}

// LocationOrder orders locations: by folded primary name, or by the number of events at them (not at places they
// contain).
type LocationOrder struct {
	Field     LocationOrderField `json:"field"`
	Direction Direction          `json:"direction"`
}

// DocumentOrder orders documents: by the earliest instant of their publication, or by folded first title.
type DocumentOrder struct {
	Field     DocumentOrderField `json:"field"`
	Direction Direction          `json:"direction"`
}

// ClaimOrder orders claims by the moment from which they are known, as the rules do.
type ClaimOrder struct {
	Field     ClaimOrderField `json:"field"`
	Direction Direction       `json:"direction"`
}

// Normalize sets the defaults.
func (o *EventOrder) Normalize() EventOrder {
	if o == nil {
		return EventOrder{EventsByTime, Asc}
	}
	return EventOrder{or(o.Field, EventsByTime), or(o.Direction, Asc)}
}

// Normalize sets the defaults.
func (o *ActorOrder) Normalize() ActorOrder {
	if o == nil {
		return ActorOrder{ActorsByName, Asc}
	}
	return ActorOrder{or(o.Field, ActorsByName), or(o.Direction, Asc)}
}

// Normalize sets the defaults.
func (o *LocationOrder) Normalize() LocationOrder {
	if o == nil {
		return LocationOrder{LocationsByName, Asc}
	}
	return LocationOrder{or(o.Field, LocationsByName), or(o.Direction, Asc)}
}

// Normalize sets the defaults.
func (o *DocumentOrder) Normalize() DocumentOrder {
	if o == nil {
		return DocumentOrder{DocumentsByPublished, Asc}
	}
	return DocumentOrder{or(o.Field, DocumentsByPublished), or(o.Direction, Asc)}
}

// Normalize sets the defaults.
func (o *ClaimOrder) Normalize() ClaimOrder {
	if o == nil {
		return ClaimOrder{ClaimsByAsserted, Asc}
	}
	return ClaimOrder{or(o.Field, ClaimsByAsserted), or(o.Direction, Asc)}
}

func or[T ~string](v, fallback T) T {
	if v == "" {
		return fallback
	}
	return v
}

// Key is the sort key of a state in an order: milliseconds or a count, an absent one as the sentinel that comes last.
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
	return InstantKey(s.Time.Earliest, o.Direction)
}

// PublishedKey is the sort key of a document by publication.
func PublishedKey(d kg.Document, dir Direction) int64 {
	if d.PublishedAt == nil {
		return InstantKey(edtf.BeginningOfTime, dir)
	}
	return InstantKey(d.PublishedAt.Earliest, dir)
}

// InstantKey is the sort key of an earliest end, such as that of an event in the order of time: an unbounded one sorts last.
func InstantKey(i edtf.Instant, dir Direction) int64 {
	if i.Bounded() {
		return int64(i)
	}
	if dir == Desc {
		return int64(edtf.BeginningOfTime)
	}
	return int64(edtf.EndOfTime)
}
