// Package rows defines the graph in Neo4j: the properties of each kind of node and relationship. The store writes them
// by queries and the bulk loader by files; both use this package, so the graphs are equal.
package rows

import (
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
}

// Labels returns the labels of all kinds.
func Labels() []string {
	return []string{"Actor", "Location", "Document", "Release", "Affiliation", "IdentityDecision", "Claim", "Event"}
}

// PendingDecision is the label of imported identity decisions, reviews and corrections, with id and record, that have
// yet to be applied.
const PendingDecision = "PendingDecision"

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

// Strings converts ids to the type that the driver accepts.
func Strings(ids []kg.ID) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}

// identity emits the properties of every node with a record.
func identity(c Columns, id kg.ID, record string) {
	c.Text("id", string(id))
	c.Text("idKey", SortKey(string(id)))
	c.Text("record", record)
}

// interval emits the knowledge interval in which a version holds.
func interval(c Columns, i kg.Interval) {
	c.Whole("knownFrom", int64(i.KnownFrom))
	c.Whole("knownTo", int64(i.KnownTo))
}
