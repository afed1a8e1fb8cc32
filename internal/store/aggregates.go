package store

import (
	"context"

	"casus/internal/edtf"
	"casus/internal/kg"
)

// AggregateReader streams the values from which events are counted as of any moment, in the RESOLVED view, each with
// the interval in which it is known. It reads single values instead of whole records. An error of a callback ends the
// stream and is returned. CONFLICT reports that identity classes changed during the call.
//
// subjects limits a stream to these events; ids of other nodes are ignored. nil streams all events.
type AggregateReader interface {
	// EventRows streams one row for each version of each event, and then each pair of an event and a whole that directly
	// contains it.
	EventRows(ctx context.Context, subjects []kg.ID, to EventRowSink) error
	// FieldValues streams the values of fields that can have several values: FieldOnMap, FieldPrecision, and every
	// FacetField that is not in EventRow. Values come in any order and may repeat, in intervals that may overlap.
	// Callers ignore values of subjects without a row. Several goroutines may call yield at the same time, but only one
	// for each field.
	FieldValues(ctx context.Context, fields []FacetField, subjects []kg.ID, yield FieldYield) error
	// ClaimMoments streams the moment from which each claim is known for each event that it is about in an identity mode,
	// also of claims that are withdrawn or that withdraw others, in any order.
	ClaimMoments(
		ctx context.Context, mode kg.IdentityMode, subjects []kg.ID, yield func(event kg.ID, knownFrom edtf.Instant) error,
	) error
	// MapPlaces streams the locations that have a point.
	MapPlaces(ctx context.Context, yield func(location kg.ID, at MapPlace)) error
}

// FieldYield receives a value that an event has for a field, and an interval in which that is known.
type FieldYield func(field FacetField, event kg.ID, value string, known kg.Interval)

// FieldOnMap is the field whose values are an event's locations that have a point. Locations known at one moment
// come in the order of EventEdges.SortEdges.
const FieldOnMap FacetField = "ON_MAP"

// FieldPrecision is the field with the stated precision of each value of FieldOnMap, in the same order: a digit, 0 if
// none is stated.
const FieldPrecision FacetField = "PRECISION"

// EventRow holds the values of a version of an event from which counts are computed.
type EventRow struct {
	// Known is the interval in which the version is known.
	Known kg.Interval
	// Time holds the hull and the precision; its EDTF text may be absent.
	Time edtf.Time
	// Nominal is the start of the nominal day in UTC; nil if there is none.
	Nominal  *edtf.Instant
	Status   kg.ClaimStatus
	Category kg.EventCategory
	Mode     string
	Modality kg.Modality
	Sources  kg.SourceCount
	Toll     kg.Toll
	// Codings and Disagreements are those of kg.EventState.
	Codings, Disagreements kg.Bits
}

// EventRowSink receives rows, one at a time.
type EventRowSink struct {
	Event func(kg.ID, EventRow) error
	// Part receives an event, a whole that it is a direct part of, and an interval in which that is known.
	Part func(part, whole kg.ID, known kg.Interval) error
}
