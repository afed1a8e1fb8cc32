// Package rows says how the graph lies in Neo4j: what properties the nodes and relationships of each kind have. The store
// writes them by queries, the bulk road by files; both ask here, so that the graph is the same.
package rows

import (
	"encoding/json"

	"casus/internal/kg"
)

// Columns takes the properties of one node or relationship: for each kind the same names in the same order. All are
// there, even empty texts, but for optional ones, lists without elements and points that are not known.
type Columns interface {
	Text(name, value string)
	// Optional is a text that is left out where it is empty.
	Optional(name, value string)
	Whole(name string, value int64)
	// OptionalWhole is a whole number that is left out where there is none.
	OptionalWhole(name string, value int64, there bool)
	Real(name string, value *float64)
	Flag(name string, value bool)
	List(name string, values []string)
	Point(name string, value *kg.Point)
}

// Encode is a record as JSON text, as the property record has it.
func Encode(v any) (string, error) {
	if quick, ok := v.(interface{ AppendJSON(to []byte) []byte }); ok {
		return string(quick.AppendJSON(make([]byte, 0, 1<<10))), nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "", kg.Errorf(kg.Internal, "encode %T: %w", v, err)
	}
	return string(b), nil
}

// Labels are those of all kinds.
func Labels() []string {
	return []string{"Actor", "Location", "Document", "Release", "Affiliation", "IdentityDecision", "Claim", "Event"}
}

// PendingDecision is the label of decisions, with id and record, that were imported and still have to be applied.
const PendingDecision = "PendingDecision"

// Label is that of the nodes of a kind.
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
	case kg.KindClaim:
		return "Claim"
	}
	return "Event"
}

// Strings are ids as the engine has them.
func Strings(ids []kg.ID) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}

// identity is what all nodes with a record have.
func identity(c Columns, id kg.ID, record string) {
	c.Text("id", string(id))
	c.Text("idKey", SortKey(string(id)))
	c.Text("record", record)
}

// interval is the knowledge in which something holds.
func interval(c Columns, i kg.Interval) {
	c.Whole("knownFrom", int64(i.KnownFrom))
	c.Whole("knownTo", int64(i.KnownTo))
}
