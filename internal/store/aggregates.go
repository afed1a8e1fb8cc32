package store

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// AggregateReader streams the values that counts over events are computed from, as everything known and RESOLVED. It reads
// ids and columns, no records. A function that a stream calls may return an error, which ends the stream and is returned.
//
// Subjects limit a stream to the events they name; ids of other nodes are ignored. nil streams all events.
type AggregateReader interface {
	// EventRows streams a row for each event, once, and then each pair of an event and a whole it is a direct part of.
	EventRows(ctx context.Context, subjects []kg.ID, to EventRowSink) error
	// FieldValues streams the values that events have of fields of which an event can have several: any FacetField but those
	// that an EventRow holds, and FieldOnMap. The same value may come more than once, in any order, and values may come of
	// subjects that have no row, which a caller ignores. yield may be called by several goroutines, but for one field by one at a
	// time.
	FieldValues(ctx context.Context, fields []FacetField, subjects []kg.ID, yield func(field FacetField, event kg.ID, value string)) error
	// LocationPoints streams the locations that have a point.
	LocationPoints(ctx context.Context, yield func(location kg.ID, at kg.Point)) error
}

// FieldOnMap asks FieldValues for the locations of an event that have a point, in the order of EventEdges.SortEdges.
const FieldOnMap FacetField = "ON_MAP"

// EventRow holds the values of an event that counts are computed from.
type EventRow struct {
	// Time has the hull and the precision; its EDTF text may be absent.
	Time     edtf.Time
	Status   kg.ClaimStatus
	Category kg.EventCategory
	Mode     string
	Modality kg.Modality
	Voices   int
	// Killed is nil where no claim states a figure.
	Killed *kg.Estimate
}

// EventRowSink receives rows, one at a time.
type EventRowSink struct {
	Event func(kg.ID, EventRow) error
	// Part receives an event and a whole that it is a direct part of.
	Part func(part, whole kg.ID) error
}
