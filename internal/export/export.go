// Package export writes a graph, or the part of it that a filter selects, in the formats of programs that draw, map and
// count. Everything is streamed: what is read of a store is a page at a time, and no format holds more than a page of
// events with what hangs on them, and the ids that it must not write twice. docs/exports.md lists the formats' fields.
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

// Source is what an export reads. Scan is only asked by the extraction format, for all there is.
type Source interface {
	store.Reader
	store.Scanner
}

// Graph is what a network format draws.
type Graph string

// The graphs: events and the actors that take part in them, or actors alone, each two joined by the events they share.
const (
	GraphEvents Graph = "events"
	GraphActors Graph = "actors"
)

// Graphs lists them, the default first.
func Graphs() []Graph { return []Graph{GraphEvents, GraphActors} }

// Table names a table of a tabular format.
type Table string

// The tables.
const (
	TableEvents       Table = "events"
	TableParticipants Table = "participants"
	TableClaims       Table = "claims"
)

// Tables lists them in the order in which they are written.
func Tables() []Table { return []Table{TableEvents, TableParticipants, TableClaims} }

// Request says what is exported. The zero value is everything.
type Request struct {
	View kg.View
	// Filter selects events; it is normalized. nil: all.
	Filter *store.EventFilter
	// Graph is what formats of networks draw; "" is GraphEvents.
	Graph Graph
	// Roles count as taking part in GraphActors; nil: all but CLAIMANT and MENTIONED.
	Roles []kg.ParticipantRole
	// Table is the one table that a tabular format writes.
	Table Table
	// Language is the language names are wanted in (BCP 47); "": each thing's first primary name.
	Language string
}

// Summary counts what was written, under names such as "events", and the events that the format cannot hold.
type Summary struct {
	Written map[string]int
	// LeftOut are events without what the format needs; Why says what that is.
	LeftOut int
	Why     string
}

// Format is one way to write a graph.
type Format struct {
	// Name is what the command line and addresses call it; Extension is a file's, without the dot.
	Name, Extension string
	MediaType       string
	// About says in a line what it holds and what reads it.
	About string
	// Network formats obey Request.Graph; Tabular ones write one Request.Table.
	Network, Tabular bool

	write func(*exporter) error
}

// Formats lists all formats.
func Formats() []Format {
	return []Format{
		{Name: "gexf", Extension: "gexf", MediaType: "application/gexf+xml", Network: true, write: networkFormat(gexf), About: "GEXF 1.3 with times, for Gephi"},
		{Name: "graphml", Extension: "graphml", MediaType: "application/graphml+xml", Network: true, write: networkFormat(graphml), About: "GraphML, for networkx, igraph, yEd and Gephi"},
		{Name: "cytoscape", Extension: "cyjs", MediaType: "application/json", Network: true, write: networkFormat(cytoscape), About: "Cytoscape JSON, for cytoscape.js and Cytoscape"},
		{Name: "geojson", Extension: "geojson", MediaType: "application/geo+json", write: geojson, About: "GeoJSON, a feature for each event at each place that has a point"},
		{Name: "timelinejs", Extension: "json", MediaType: "application/json", write: timelinejs, About: "TimelineJS, a slide for each event that has a time"},
		{Name: "csv", Extension: "csv", MediaType: "text/csv; charset=utf-8", Tabular: true, write: csvTable, About: "CSV for spreadsheets, R and pandas: events, participants and claims"},
		{Name: "parquet", Extension: "parquet", MediaType: "application/vnd.apache.parquet", Tabular: true, write: parquetTable, About: "Parquet for data frames: events, participants and claims"},
		{Name: "jsonld", Extension: "jsonld", MediaType: "application/ld+json", write: jsonld, About: "JSON-LD, in schema.org's words and PROV's"},
		{Name: "casus", Extension: "jsonl", MediaType: "application/jsonl", write: records, About: "the extraction format: what casus load reads"},
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

// Find finds a format by its name; BAD_INPUT lists those there are.
func Find(name string) (Format, error) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, kg.Errorf(kg.BadInput, "there is no format %q: give one of %v", name, Names())
}

// Check says what of a request the format cannot obey.
func (f Format) Check(r Request) error {
	switch {
	case r.Graph != "" && !f.Network:
		return kg.Errorf(kg.BadInput, "graph means nothing to %s: it is for networks", f.Name)
	case r.Graph != "" && !slices.Contains(Graphs(), r.Graph):
		return kg.Errorf(kg.BadInput, "there is no graph %q: give one of %v", r.Graph, Graphs())
	case r.Roles != nil && r.Graph != GraphActors:
		return kg.Errorf(kg.BadInput, "roles are those that count in the graph of actors: ask for it")
	case r.Table != "" && !f.Tabular:
		return kg.Errorf(kg.BadInput, "table means nothing to %s: it is for tables", f.Name)
	case r.Table != "" && !slices.Contains(Tables(), r.Table):
		return kg.Errorf(kg.BadInput, "there is no table %q: give one of %v", r.Table, Tables())
	}
	for _, role := range r.Roles {
		if !role.Valid() {
			return kg.Errorf(kg.BadInput, "there is no role %q: give some of %v", role, kg.ParticipantRoles())
		}
	}
	return nil
}

// Write writes one file. An error after the first byte leaves half of one behind: it is for the caller to make that seen.
// Errors are the source's and w's.
func (f Format) Write(ctx context.Context, src Source, r Request, w io.Writer) (Summary, error) {
	if err := f.Check(r); err != nil {
		return Summary{}, err
	}
	if f.Tabular && r.Table == "" {
		return Summary{}, kg.Errorf(kg.BadInput, "%s has several tables: give one of %v", f.Name, Tables())
	}
	x := newExporter(ctx, src, r, w)
	if err := f.write(x); err != nil {
		return x.summary, err
	}
	return x.summary, x.out.Flush()
}

// String lists what was written, and how many events were not.
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
