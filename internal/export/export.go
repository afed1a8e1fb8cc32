// Package export writes a graph, or a selection of its events, in the formats of other programs. Exports are streamed:
// they hold a page of events with their edges, the ids that a format must not repeat, and the events with a toll that
// have parts, with these parts. docs/exports.md lists the fields.
package export

import (
	"context"
	"io"

	"casus/internal/kg"
)

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
	r.View = given.InView(r.View)
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
