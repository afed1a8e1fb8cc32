package bulk

import (
	"context"
	"errors"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/store/codec"
	"casus/internal/store/neo4j/rows"
)

// writeShared writes the nodes that are held in memory.
func (w *Writer) writeShared(ctx context.Context, o *output) error {
	known := map[string]bool{}
	identify := func(id kg.ID, all []kg.Identifier) {
		for _, key := range rows.Identifiers(all) {
			if !known[key] {
				known[key] = true
				o.sheets[identifiers].row(func(c rows.Columns) { c.Text("key", key) })
			}
			o.sheets[identifiedBy].row(nil, string(id), key)
		}
	}
	for _, write := range []func() error{
		func() error {
			return writeNodes(o, actors, w.actors, rows.Actor, func(a kg.Actor) { identify(a.ID, a.Identifiers) })
		},
		func() error {
			return writeNodes(o, locations, w.locations, rows.Location, func(l kg.Location) {
				identify(l.ID, l.Identifiers)
				for _, parent := range l.Parents {
					o.link(within, l.ID, parent)
				}
			})
		},
		func() error { return writeNodes(o, releases, w.releases, rows.Release, func(kg.Release) {}) },
		func() error {
			return writeNodes(o, affiliations, w.affiliations, rows.Affiliation, func(a kg.Affiliation) {
				o.link(holder, a.ID, a.Holder)
				o.link(counterpart, a.ID, a.Counterpart)
			})
		},
		func() error { return w.writeDecisions(o) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	for key := range w.checkpoints.blocks {
		value, err := w.checkpoints.get(key)
		if err != nil {
			return err
		}
		o.sheets[checkpointNodes].row(func(c rows.Columns) { c.Text("key", key); c.Text("value", value) })
	}
	return contextError(ctx)
}

// writeDecisions writes reviews, corrections and, if they merge any nodes, identity decisions as pending ones, which
// the store applies when it first opens the imported graph.
func (w *Writer) writeDecisions(o *output) error {
	if err := errors.Join(writePending(o, w.reviews), writePending(o, w.corrections)); err != nil {
		return err
	}
	if len(kg.Classes(slices.Collect(maps.Values(w.decisions.stored)))) == 0 {
		return writeNodes(o, decisions, w.decisions, rows.Decision, func(kg.IdentityDecision) {})
	}
	return writePending(o, w.decisions)
}

func writePending[T kg.Identified](o *output, all nodes[T]) error {
	return writeNodes(o, pendingDecisions, all, func(c rows.Columns, v T, record string) {
		c.Text("id", string(v.NodeID()))
		c.Text("_record", record)
	}, func(T) {})
}

// writeNodes writes nodes and calls then for each, to write its relationships.
func writeNodes[T kg.Identified](
	o *output, k kind, all nodes[T], emit func(rows.Columns, T, string), then func(T),
) error {
	for _, n := range all.stored {
		record, err := codec.Encode(n)
		if err != nil {
			return err
		}
		o.sheets[k].row(func(c rows.Columns) { emit(c, n, record) })
		then(n)
	}
	return nil
}

// writeDocuments writes the documents of one partition. Only the last record of a document is written, since the
// earlier ones are merged into it.
func (w *Writer) writeDocuments(ctx context.Context, o *output, partition int) error {
	return w.documents.all(partition, func(at place, packed string) error {
		d, err := unpack(packed, documentFields)
		if err != nil {
			return err
		}
		if w.documents.known[hashOf(d.ID)].place != at {
			return nil
		}
		record := o.encode(d)
		o.sheets[documentNodes].row(func(c rows.Columns) { rows.Document(c, d, record) })
		o.link(publishedBy, d.ID, d.Publisher)
		o.link(syndicates, d.ID, d.Syndicates)
		return contextError(ctx)
	})
}

// contextError returns TIMEOUT if the context is done.
func contextError(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return kg.Errorf(kg.Timeout, "write the files of the bulk load: %w", err)
	}
	return nil
}
