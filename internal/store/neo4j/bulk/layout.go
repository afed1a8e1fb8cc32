package bulk

import (
	"strings"

	"casus/internal/kg"
	"casus/internal/store/neo4j/rows"
)

// kind is a kind of node or relationship, which has files of its own.
type kind int

const (
	actors kind = iota
	locations
	documentNodes
	releases
	affiliations
	decisions
	pendingDecisions
	claimNodes
	events       // without a state
	statedEvents // with their latest state
	states
	identifiers
	checkpointNodes
	identifiedBy
	within
	publishedBy
	syndicates
	holder
	counterpart
	about
	in
	ofRelease
	accordingTo
	cites
	hasState
	participatedIn
	occurredAt
	partOf
	respondsTo
	announces
	supported
	affiliatedWith
	kindCount
)

// The id columns of the three groups of ids: records, identifiers, and states, which are numbered.
const (
	byID     = "id:ID(record)"
	byKey    = "key:ID(identifier)"
	byNumber = ":ID(state)"
)

// kindLayout describes the files of a kind.
type kindLayout struct {
	name   string // labels, separated by colons, or type
	node   bool
	header header
}

// layout returns the layouts of all kinds, in their order.
func layout() []kindLayout {
	node := func(label, id string, emit func(rows.Columns)) kindLayout {
		var h header
		switch id {
		case byNumber:
			h = headerOf(emit, id)
		case byID, byKey:
			h = headerOf(emit)
			h.columns[0] = id
		default:
			h = headerOf(emit)
		}
		return kindLayout{label, true, h}
	}
	link := func(typ string) kindLayout { return recordEdge(typ, nil) }
	state := func(c rows.Columns) { rows.State(c, "", kg.EventState{}, "") }
	return []kindLayout{
		actors: node(rows.Label(kg.KindActor), byID, func(c rows.Columns) { rows.Actor(c, kg.Actor{}, "") }),
		locations: node(rows.Label(kg.KindLocation), byID,
			func(c rows.Columns) { rows.Location(c, kg.Location{}, "") }),
		documentNodes: node(rows.Label(kg.KindDocument), byID,
			func(c rows.Columns) { rows.Document(c, kg.Document{}, "") }),
		releases: node(rows.Label(kg.KindRelease), byID, func(c rows.Columns) { rows.Release(c, kg.Release{}, "") }),
		affiliations: node(rows.Label(kg.KindAffiliation), byID,
			func(c rows.Columns) { rows.Affiliation(c, kg.Affiliation{}, "") }),
		decisions: node(rows.Label(kg.KindIdentity), byID,
			func(c rows.Columns) { rows.Decision(c, kg.IdentityDecision{}, "") }),
		pendingDecisions: node(rows.PendingDecision, "", func(c rows.Columns) { c.Text("id", ""); c.Text("_record", "") }),
		claimNodes: node(rows.Label(kg.KindClaim), byID,
			func(c rows.Columns) { rows.Claim(c, kg.Claim{}, kg.ClaimLifetime{}, "") }),
		events:          node(rows.Label(kg.KindEvent), byID, state),
		statedEvents:    node(rows.Label(kg.KindEvent)+":EventState", byID, state),
		states:          node("EventState", byNumber, state),
		identifiers:     node("Identifier", byKey, func(c rows.Columns) { c.Text("key", "") }),
		checkpointNodes: node("_Checkpoint", "", func(c rows.Columns) { c.Text("key", ""); c.Text("value", "") }),

		identifiedBy: edge("IDENTIFIED_BY", "record", "identifier", nil),
		within:       link("WITHIN"),
		publishedBy:  link("PUBLISHED_BY"),
		syndicates:   link("SYNDICATES"),
		holder:       link("HOLDER"),
		counterpart:  link("COUNTERPART"),
		about:        link("ABOUT"),
		in:           link("IN"),
		ofRelease:    link("OF_RELEASE"),
		accordingTo:  link("ACCORDING_TO"),
		cites:        link("CITES"),
		hasState:     edge("HAS_STATE", "record", "state", nil),

		participatedIn: edgeLayout(rows.Participations),
		occurredAt:     edgeLayout(rows.Places),
		partOf:         edgeLayout(rows.Parts),
		respondsTo:     edgeLayout(rows.Responses),
		announces:      edgeLayout(rows.Announcements),
		supported:      recordEdge("SUPPORTED", func(c rows.Columns) { rows.Support(c, kg.Versioned[[]kg.ID]{}) }),
		affiliatedWith: recordEdge("AFFILIATED_WITH",
			func(c rows.Columns) { rows.Affiliated(c, kg.Affiliation{}, kg.Versioned[[]kg.ID]{}) }),
	}
}

func edgeLayout[T any](e rows.Edge[T]) kindLayout {
	return recordEdge(e.Type, func(c rows.Columns) { e.Emit(c, kg.Versioned[T]{}) })
}

// edge describes the files of a type of relationship; from and to are groups of ids.
func edge(typ, from, to string, emit func(rows.Columns)) kindLayout {
	return kindLayout{name: typ, header: headerOf(emit, ":START_ID("+from+")", ":END_ID("+to+")")}
}

// recordEdge describes relationships between nodes with records.
func recordEdge(typ string, emit func(rows.Columns)) kindLayout {
	return edge(typ, "record", "record", emit)
}

// file returns the prefix of the names of the files of a kind's variant.
func (d kindLayout) file(variant int) string {
	suffix := [variants]string{"", "-b", "-c", "-d"}[variant]
	if d.node {
		return "node-" + strings.ReplaceAll(strings.ToLower(d.name), ":", "-") + suffix
	}
	return "relationship-" + strings.ToLower(d.name) + suffix
}
