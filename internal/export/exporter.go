package export

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"slices"

	"casus/internal/export/tolls"
	"casus/internal/kg"
	"casus/internal/store"
)

// pageSize is the number of events read at a time, claimPage the number of claims of each of claimParents events.
const (
	pageSize     = store.MaxPageSize
	claimPage    = 100
	claimParents = 50
)

// exporter is one running export.
type exporter struct {
	ctx context.Context
	src Source
	Request
	// givenFilter is the filter before RETRACTED events were excluded. Co-participation has its own defaults.
	givenFilter *store.EventFilter
	out         *bufio.Writer
	summary     Summary
	// corrected are the claims that are corrected or forgotten, and the subjects that they were loaded about.
	corrected map[kg.ID]bool
}

func newExporter(ctx context.Context, src Source, r Request, w io.Writer) *exporter {
	return &exporter{
		ctx: ctx, src: src, Request: r,
		out:     bufio.NewWriterSize(w, 64<<10),
		summary: Summary{Written: map[string]int{}},
	}
}

// text writes strings. The buffer keeps the first error; writeError and Flush return it.
func (x *exporter) text(parts ...string) {
	for _, p := range parts {
		_, _ = x.out.WriteString(p)
	}
}

func (x *exporter) count(what string, n int) { x.summary.Written[what] += n }

// beginItem writes the separator before an item of a list of JSON, and counts the item.
func (x *exporter) beginItem(what string) {
	if x.summary.Written[what] > 0 {
		x.text(",")
	}
	x.text("\n")
	x.count(what, 1)
}

// writeError returns the error of an earlier write, so that an export ends soon after its reader has closed.
func (x *exporter) writeError() error {
	_, err := x.out.Write(nil)
	return err
}

// selection returns the selected events.
func (x *exporter) selection() tolls.Selection {
	return tolls.Selection{Source: x.src, View: x.View, Filter: x.Filter}
}

// events calls each with the selected events in the order of time, a page at a time.
func (x *exporter) events(each func([]kg.Event) error) error {
	return x.selection().Events(x.ctx, func(page []kg.Event) error {
		if err := each(page); err != nil {
			return err
		}
		return x.writeError()
	})
}

// contributions returns the contributions of the selected events to their sums.
func (x *exporter) contributions() (tolls.Contributions, error) {
	return x.selection().Contributions(x.ctx)
}

// edges returns the wanted edges of a page of events.
func (x *exporter) edges(events []kg.Event, want kg.EdgeSet) ([]kg.EventEdges, error) {
	return x.src.EventEdges(x.ctx, x.View, want, idsOf(events))
}

// claims calls each with the known claims about subjects, a page at a time. A page has the claims of one subject, in
// claim order.
func (x *exporter) claims(v kg.View, subjects []kg.ID, each func([]kg.Claim) error) error {
	q := store.ClaimQuery{View: v, Order: (*store.ClaimOrder)(nil).Normalize()}
	for batch := range slices.Chunk(subjects, claimParents) {
		q.Window, q.Scope = store.Window{Limit: claimPage}, &store.Scope{Relation: store.SubjectClaims, IDs: batch}
		pages, err := x.src.Claims(x.ctx, q)
		if err != nil {
			return err
		}
		for i, p := range pages {
			for {
				if err := each(p.Items); err != nil {
					return err
				}
				if !p.HasNext || len(p.Items) == 0 {
					break
				}
				q.Scope = &store.Scope{Relation: store.SubjectClaims, IDs: batch[i : i+1]}
				q.Window = store.Window{Limit: pageSize, After: &p.Positions[len(p.Positions)-1]}
				more, err := x.src.Claims(x.ctx, q)
				if err != nil {
					return err
				}
				p = more[0]
			}
		}
	}
	return nil
}

// nodes returns nodes by id in the export's view. Empty and repeated ids are ignored.
func (x *exporter) nodes(ids []kg.ID) (map[kg.ID]kg.Node, error) { return x.nodesIn(x.View, ids) }

func (x *exporter) nodesIn(v kg.View, ids []kg.ID) (map[kg.ID]kg.Node, error) {
	wanted := slices.DeleteFunc(slices.Clone(ids), func(id kg.ID) bool { return id == "" })
	slices.Sort(wanted)
	found := map[kg.ID]kg.Node{}
	for batch := range slices.Chunk(slices.Compact(wanted), pageSize) {
		nodes, err := x.src.Nodes(x.ctx, v, batch)
		if err != nil {
			return nil, err
		}
		for i, n := range nodes {
			if n != nil {
				found[batch[i]] = n
			}
		}
	}
	return found, nil
}

// places returns the locations of events by id.
func (x *exporter) places(edges []kg.EventEdges) (map[kg.ID]kg.Node, error) {
	var ids []kg.ID
	for _, e := range edges {
		for _, l := range e.Locations {
			ids = append(ids, l.Location)
		}
	}
	return x.nodes(ids)
}

// name returns the best name for the requested language.
func (x *exporter) name(names []kg.Name) string { return kg.BestName(names, x.Language) }

// label returns a node's best name or title; "" if its kind has none.
func (x *exporter) label(n kg.Node) string {
	switch n := n.(type) {
	case kg.Actor:
		return x.name(n.Names)
	case kg.Location:
		return x.name(n.Names)
	case kg.Document:
		return x.name(n.Titles)
	case kg.Event:
		return x.name(n.Titles)
	}
	return ""
}

func (x *exporter) labels(ids []kg.ID, among map[kg.ID]kg.Node) []string {
	var all []string
	for _, id := range ids {
		all = append(all, x.label(among[id]))
	}
	return all
}

// jsonText returns a value as JSON without HTML escapes.
func jsonText(v any) (string, error) {
	var b jsonBuffer
	if err := b.encode(v); err != nil {
		return "", err
	}
	return string(b.bytes), nil
}

// jsonBuffer encodes JSON without HTML escapes and without a newline at the end.
type jsonBuffer struct{ bytes []byte }

func (b *jsonBuffer) Write(p []byte) (int, error) {
	b.bytes = append(b.bytes, p...)
	return len(p), nil
}

func (b *jsonBuffer) encode(v any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return kg.Errorf(kg.Internal, "export: %w", err)
	}
	b.bytes = b.bytes[:len(b.bytes)-1]
	return nil
}

// json writes a value as JSON.
func (x *exporter) json(v any) error {
	s, err := jsonText(v)
	x.text(s)
	return err
}

func idsOf[T kg.Identified](items []T) []kg.ID {
	ids := make([]kg.ID, len(items))
	for i, item := range items {
		ids[i] = item.NodeID()
	}
	return ids
}

// idSet holds the ids of written records, so that they are written once. clearIfFull bounds it for formats that may
// repeat a record.
type idSet map[kg.ID]struct{}

// maxIDs bounds an idSet: some 100 MB.
const maxIDs = 1 << 20

// add adds an id and reports whether it is new and not empty.
func (s idSet) add(id kg.ID) bool {
	if _, known := s[id]; known || id == "" {
		return false
	}
	s[id] = struct{}{}
	return true
}

func (s idSet) has(id kg.ID) bool {
	_, known := s[id]
	return known
}

// clearIfFull removes all ids if there are more than maxIDs.
func (s idSet) clearIfFull() {
	if len(s) > maxIDs {
		clear(s)
	}
}
