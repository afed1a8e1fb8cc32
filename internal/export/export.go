// Package export writes a graph, or a selection of its events, in the formats of other programs. Exports are streamed:
// they hold a page of events with their edges, and the ids that a format must not repeat. docs/exports.md lists the
// fields.
package export

import (
	"cmp"
	"context"
	"fmt"
	"io"
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
}

// Summary counts written records, under names such as "events", and the events that the format cannot hold.
type Summary struct {
	Written map[string]int
	// LeftOut counts the events that cannot be represented in the format; Why names the missing property.
	LeftOut int
	Why     string
}

// Format is an export format.
type Format struct {
	// Name is its name in commands and URLs; Extension is without the dot.
	Name, Extension string
	MediaType       string
	// About describes its content and its readers in a line.
	About string
	// Network formats use Request.Graph, Tabular ones Request.Table.
	Network, Tabular bool

	write func(*exporter) error
	// keepsRetracted is set if an export without a filter has RETRACTED events too, because it is the whole graph.
	keepsRetracted bool
}

// Formats lists all formats.
func Formats() []Format {
	return []Format{
		{
			Name: "gexf", Extension: "gexf", MediaType: "application/gexf+xml", Network: true,
			write: networkFormat(gexf), About: "GEXF 1.3 with times, for Gephi",
		},
		{
			Name: "graphml", Extension: "graphml", MediaType: "application/graphml+xml", Network: true,
			write: networkFormat(graphml), About: "GraphML, for networkx, igraph, yEd and Gephi",
		},
		{
			Name: "cytoscape", Extension: "cyjs", MediaType: "application/json", Network: true,
			write: networkFormat(cytoscape), About: "Cytoscape JSON, for cytoscape.js and Cytoscape",
		},
		{
			Name: "geojson", Extension: "geojson", MediaType: "application/geo+json",
			write: geojson, About: "GeoJSON, a feature for each event at each place that has a point",
		},
		{
			Name: "timelinejs", Extension: "json", MediaType: "application/json",
			write: timelinejs, About: "TimelineJS, a slide for each event that has a time",
		},
		{
			Name: "csv", Extension: "csv", MediaType: "text/csv; charset=utf-8", Tabular: true,
			write: csvTable, About: "CSV for spreadsheets, R and pandas: events, participants and claims",
		},
		{
			Name: "parquet", Extension: "parquet", MediaType: "application/vnd.apache.parquet", Tabular: true,
			write: parquetTable, About: "Parquet for data frames: events, participants and claims",
		},
		{
			Name: "jsonld", Extension: "jsonld", MediaType: "application/ld+json",
			write: jsonld, About: "JSON-LD with terms of schema.org and PROV",
		},
		{
			Name: "casus", Extension: "jsonl", MediaType: "application/jsonl",
			write: records, keepsRetracted: true, About: "the extraction format: what casus load reads",
		},
	}
}

// Names lists the formats' names.
func Names() []string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
	}
	return names
}

// Find returns a format by its name. For an unknown name it returns BAD_INPUT with the valid names.
func Find(name string) (Format, error) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, kg.Errorf(kg.BadInput, "unknown format %q: use one of %v", name, Names())
}

// Check returns BAD_INPUT for an option that the format does not support.
func (f Format) Check(r Request) error {
	switch {
	case r.Graph != "" && !f.Network:
		return kg.Errorf(kg.BadInput, "graph does not apply to %s: it is for networks", f.Name)
	case r.Graph != "" && !Graphs.Has(r.Graph):
		return kg.Errorf(kg.BadInput, "unknown graph %q: use one of %v", r.Graph, Graphs.Values())
	case r.Roles != nil && r.Graph != GraphActors:
		return kg.Errorf(kg.BadInput, "roles apply only to the graph of actors: set graph to %s", GraphActors)
	case r.Table != "" && !f.Tabular:
		return kg.Errorf(kg.BadInput, "table does not apply to %s: it is for tables", f.Name)
	case r.Table != "" && !Tables.Has(r.Table):
		return kg.Errorf(kg.BadInput, "unknown table %q: use one of %v", r.Table, Tables.Values())
	}
	for _, role := range r.Roles {
		if !kg.ParticipantRoles.Has(role) {
			return kg.Errorf(kg.BadInput, "unknown role %q: use some of %v", role, kg.ParticipantRoles.Values())
		}
	}
	return nil
}

// Write writes one file. After an error w may hold part of a file, which the caller must discard or mark. Errors are
// BAD_INPUT for an invalid request, or those of src or w.
func (f Format) Write(ctx context.Context, src Source, r Request, w io.Writer) (Summary, error) {
	if err := f.Check(r); err != nil {
		return Summary{}, err
	}
	if f.Tabular && r.Table == "" {
		return Summary{}, kg.Errorf(kg.BadInput, "%s has several tables: use one of %v", f.Name, Tables.Values())
	}
	given := r.Filter
	if !f.keepsRetracted || r.Filter != nil {
		r.Filter = r.Filter.WithoutRetracted()
	}
	x := newExporter(ctx, src, r, w)
	x.givenFilter = given
	if err := f.write(x); err != nil {
		return x.summary, err
	}
	return x.summary, x.out.Flush()
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
