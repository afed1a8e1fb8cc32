package export

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casus/internal/kg"
	"casus/internal/store"
)

// Source is the part of a store that an export reads. Only the extraction format scans.
type Source interface {
	store.Reader
	store.Scanner
	ClaimsAbout(ctx context.Context, subjects []kg.ID) ([]kg.Claim, error)
}

// Graph selects the graph of a network format.
type Graph string

// The graphs: events and their participants, or actors linked by the events they share.
const (
	GraphEvents Graph = "events"
	GraphActors Graph = "actors"
)

// Graphs are the values of Graph, the default first.
var Graphs = kg.NewVocabulary(GraphEvents, GraphActors)

// Table names a table of a tabular format.
type Table string

// The tables.
const (
	TableEvents       Table = "events"
	TableParticipants Table = "participants"
	TableClaims       Table = "claims"
	TableFigures      Table = "figures"
)

// Tables are the values of Table, in the order in which they are written.
var Tables = kg.NewVocabulary(TableEvents, TableParticipants, TableClaims, TableFigures)

// Request selects the exported part of the graph. The zero value selects the whole graph.
type Request struct {
	View kg.View
	// Filter selects events, all if nil. It must be normalized. RETRACTED events are left out unless Statuses names them,
	// except for the extraction format without a filter, which is the whole graph.
	Filter *store.EventFilter
	// Graph is the graph of a network format; it defaults to GraphEvents.
	Graph Graph
	// Roles count as participation in GraphActors; nil means all except CLAIMANT and MENTIONED.
	Roles []kg.ParticipantRole
	// Table is the table that a tabular format writes.
	Table Table
	// Language is the preferred language of names (BCP 47); "" means each node's first primary name.
	Language string
	// Origin is written into the file, if the format has a place for it; nil leaves it out.
	Origin *Origin
}

// Summary counts written records, under names such as "events", and the events that the format cannot hold.
type Summary struct {
	Written map[string]int
	// LeftOut counts the events that cannot be represented in the format; Why names the missing property.
	LeftOut int
	Why     string
}

// String lists the counts, such as "2 actors, 3 events; 1 events without a time are left out".
func (s Summary) String() string {
	var parts []string
	for _, what := range slices.Sorted(maps.Keys(s.Written)) {
		parts = append(parts, fmt.Sprintf("%d %s", s.Written[what], what))
	}
	text := cmp.Or(strings.Join(parts, ", "), "nothing")
	if s.LeftOut > 0 {
		text += fmt.Sprintf("; %d events %s are left out", s.LeftOut, s.Why)
	}
	return text
}
