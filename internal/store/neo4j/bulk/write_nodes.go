package bulk

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/store/codec"
	"casus/internal/store/neo4j/rows"
)

// writeMemory writes the nodes that are held in memory.
func (w *Writer) writeMemory(ctx context.Context, o *output) error {
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
	shared := w.shared.Stored()
	for _, write := range []func() error{
		func() error {
			return writeNodes(o, actors, maps.Values(w.actors.Stored()), rows.Actor, func(a kg.Actor) {
				identify(a.ID, a.Identifiers)
			})
		},
		func() error {
			return writeNodes(o, locations, maps.Values(w.locations.Stored()), rows.Location, func(l kg.Location) {
				identify(l.ID, l.Identifiers)
				for _, parent := range l.Parents {
					o.link(within, l.ID, parent)
				}
			})
		},
		func() error {
			return writeNodes(o, releases, slices.Values(shared.Releases), rows.Release, func(kg.Release) {})
		},
		func() error {
			return writeNodes(o, affiliations, maps.Values(w.affiliations.Stored()), rows.Affiliation, func(a kg.Affiliation) {
				o.link(holder, a.ID, a.Holder)
				o.link(counterpart, a.ID, a.Counterpart)
			})
		},
		func() error { return writeDecisions(o, shared) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	for key := range w.checkpoints.Keys() {
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
func writeDecisions(o *output, b kg.Batch) error {
	if err := errors.Join(writePending(o, b.Reviews), writePending(o, b.Corrections)); err != nil {
		return err
	}
	if len(kg.Classes(b.Identities)) == 0 {
		return writeNodes(o, decisions, slices.Values(b.Identities), rows.Decision, func(kg.IdentityDecision) {})
	}
	return writePending(o, b.Identities)
}

func writePending[T kg.Identified](o *output, all []T) error {
	return writeNodes(o, pendingDecisions, slices.Values(all), func(c rows.Columns, v T, record string) {
		c.Text("id", string(v.NodeID()))
		c.Text("_record", record)
	}, func(T) {})
}

// writeNodes writes nodes and calls then for each, to write its relationships.
func writeNodes[T kg.Identified](
	o *output, k kind, all iter.Seq[T], emit func(rows.Columns, T, string), then func(T),
) error {
	for n := range all {
		record, err := codec.Encode(n)
		if err != nil {
			return err
		}
		o.sheets[k].row(func(c rows.Columns) { emit(c, n, record) })
		then(n)
	}
	return nil
}

// writeDocuments writes the documents.
func (w *Writer) writeDocuments(ctx context.Context, o *output) error {
	return w.documents.all(func(d kg.Document, record string) error {
		o.sheets[documentNodes].row(func(c rows.Columns) { rows.Document(c, d, record) })
		o.link(publishedBy, d.ID, d.Publisher)
		o.link(syndicates, d.ID, d.Syndicates)
		return cmp.Or(o.failed(), contextError(ctx))
	})
}
