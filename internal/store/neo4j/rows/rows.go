// Package rows defines the graph in Neo4j: the properties of each kind of node and relationship. The store writes them
// with queries and package bulk to files; both use this package, so the graphs are equal.
//
// What people read has plain names and Neo4j's own types. What only the engine needs begins with an underscore:
// records, sort keys, search words, milliseconds, and numbers that stand for an absent value.
package rows

import (
	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
)

// Columns receives the properties of one node or relationship, with the same names in the same order for each kind. All
// properties are stored, even empty texts, except optional ones, lists without elements, and nil numbers and points.
type Columns interface {
	Text(name, value string)
	// Optional is a text that is not stored if empty.
	Optional(name, value string)
	Whole(name string, value int64)
	// OptionalWhole is an integer that is not stored unless ok.
	OptionalWhole(name string, value int64, ok bool)
	Real(name string, value *float64)
	Flag(name string, value bool)
	List(name string, values []string)
	Point(name string, value *kg.Point)
	// Date is the date of an instant in UTC that is not stored unless ok.
	Date(name string, at edtf.Instant, ok bool)
	// Moment is a datetime in UTC that is not stored unless ok.
	Moment(name string, at edtf.Instant, ok bool)
	// DateOrMoment is a date if the instant floats, else a datetime. It is not stored outside the years -9999 to 9999.
	DateOrMoment(name string, at edtf.Instant, floats bool)
}

// Labels returns the labels of all kinds.
func Labels() []string {
	return []string{"Actor", "Location", "Document", "Release", "Affiliation", "IdentityDecision", "Claim", "Event"}
}

// AllLabels returns all labels of the graph. Those of the engine begin with an underscore.
func AllLabels() []string {
	return append(Labels(), "EventState", "Review", "Correction", "OriginalClaim", "Identifier", "_ReviewTarget",
		PendingDecision, "_ClassVersion", "_ClassLock", "_Checkpoint", "_ChangeLog", "_Change")
}

// Types returns all types of relationships.
func Types() []string {
	return []string{
		"PARTICIPATED_IN", "OCCURRED_AT", "PART_OF", "RESPONDS_TO", "ANNOUNCES", "AFFILIATED_WITH", "SUPPORTED", "ABOUT",
		"IN", "CITES", "OF_RELEASE", "ACCORDING_TO", "PUBLISHED_BY", "SYNDICATES", "WITHIN", "HAS_STATE", "HOLDER",
		"COUNTERPART", "IDENTIFIED_BY", "MEMBER_OF", "NAMES",
	}
}

// PendingDecision is the label of imported identity decisions, reviews and corrections, with id and record, that have
// yet to be applied.
const PendingDecision = "_PendingDecision"

// Label returns the label of the nodes of a kind.
func Label(kind kg.NodeKind) string {
	switch kind {
	case kg.KindActor:
		return "Actor"
	case kg.KindLocation:
		return "Location"
	case kg.KindDocument:
		return "Document"
	case kg.KindRelease:
		return "Release"
	case kg.KindAffiliation:
		return "Affiliation"
	case kg.KindIdentity:
		return "IdentityDecision"
	case kg.KindReview:
		return "Review"
	case kg.KindCorrection:
		return "Correction"
	case kg.KindClaim:
		return "Claim"
	case store.KindOriginal:
		return "OriginalClaim"
	}
	return "Event"
}

// Strings converts ids or sources to the type that the driver accepts.
func Strings[T ~string](ids []T) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}

// identity emits the properties of every node with a record.
func identity(c Columns, id kg.ID, record string) {
	c.Text("id", string(id))
	c.Text("_idKey", SortKey(string(id)))
	c.Text("_record", record)
}

// known emits the interval of knowledge in which a version holds. knownTo is absent while the interval is open.
func known(c Columns, i kg.Interval) {
	c.Moment("knownFrom", i.KnownFrom, true)
	c.Moment("knownTo", i.KnownTo, i.KnownTo.Bounded())
}

// bounds emits the bounds of a time in milliseconds. nil is unbounded.
func bounds(c Columns, t *edtf.Time, earliest, latest string) {
	if t == nil {
		t = &edtf.Time{Earliest: edtf.BeginningOfTime, Latest: edtf.EndOfTime}
	}
	c.Whole(earliest, int64(t.Earliest))
	c.Whole(latest, int64(t.Latest))
}

// second is the finest unit of EDTF, in milliseconds.
const second = 1000

// extent emits the first and the last day, or second, that a time allows. nil has neither.
func extent(c Columns, t *edtf.Time) {
	if t == nil {
		t = &edtf.Time{Earliest: edtf.BeginningOfTime, Latest: edtf.EndOfTime}
	}
	c.DateOrMoment("startsAt", t.Earliest, t.EarliestFloats)
	c.DateOrMoment("endsAt", t.Latest-second, t.LatestFloats)
}

// start emits the first day, or second, that a time allows. nil has none.
func start(c Columns, name string, t *edtf.Time) {
	if t == nil {
		t = &edtf.Time{Earliest: edtf.BeginningOfTime}
	}
	c.DateOrMoment(name, t.Earliest, t.EarliestFloats)
}
