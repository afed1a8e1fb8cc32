package neo4j

import (
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
	"casus/internal/store/neo4j/rows"
)

// canPrefetch reports whether requested data is read together with events: the view must be served by the latest
// states, and no nodes may be merged.
func (b *builder) canPrefetch(requested store.Prefetch) bool {
	return requested != (store.Prefetch{}) && b.latestOnly() && !b.hasMerged
}

// prefetchColumns returns the columns of the data prefetched for an event n, and their decoder.
func (b *builder) prefetchColumns(
	requested store.Prefetch,
) (all columns, read func(*neo4j.Record, *store.PrefetchedEvent) error) {
	if !b.canPrefetch(requested) {
		return nil, func(*neo4j.Record, *store.PrefetchedEvent) error { return nil }
	}
	edge := func(path, values string) string {
		found := values
		if requested.Neighbors {
			found = "[" + values + ", x._record]"
		}
		return "COLLECT { MATCH (n)" + path + "(x)" + where(b.isKnown("r")) + " RETURN " + found + " }"
	}
	if requested.Edges&kg.WantParticipations != 0 {
		all = append(all, namedColumn{"participations", edge("<-[r:PARTICIPATED_IN]-", rows.Participations.List("r"))})
	}
	if requested.Edges&kg.WantLocations != 0 {
		all = append(all, namedColumn{"locations", edge("-[r:OCCURRED_AT]->", rows.Places.List("r"))})
	}
	if requested.Claims {
		all = append(all, namedColumn{"claims", "COUNT { MATCH (n)<-[:ABOUT]-(c:Claim) WHERE c._knownFrom <= $m }"})
	}
	return all, func(r *neo4j.Record, e *store.PrefetchedEvent) (err error) {
		p := &store.Prefetched{Requested: requested}
		e.Prefetched = p
		if requested.Edges&kg.WantParticipations != 0 {
			if p.Edges.Participations, err = readPrefetchedEdges(r, "participations", rows.Participations, p); err != nil {
				return err
			}
		}
		if requested.Edges&kg.WantLocations != 0 {
			if p.Edges.Locations, err = readPrefetchedEdges(r, "locations", rows.Places, p); err != nil {
				return err
			}
		}
		if requested.Neighbors && !requested.Records {
			if err := p.DecodeRecords(b.decodeActor, b.decodeLocation); err != nil {
				return err
			}
		}
		p.Edges.SortEdges()
		if !requested.Claims {
			return nil
		}
		n, err := column[int64](r, "claims")
		p.Claims = int(n)
		return err
	}
}

func (b *builder) decodeActor(record string) (kg.Node, error) {
	n, err := codec.Decode[kg.Actor](record)
	n.View = b.view
	return n, err
}

func (b *builder) decodeLocation(record string) (kg.Node, error) {
	n, err := codec.Decode[kg.Location](record)
	n.View = b.view
	return n, err
}

// readPrefetchedEdges decodes a column of edges, and adds their neighbors' records to p if these are requested.
func readPrefetchedEdges[T any](r *neo4j.Record, name string, edge rows.Edge[T], p *store.Prefetched) ([]T, error) {
	found, err := listOf[[]any](r, name)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	edges := make([]T, len(found))
	for i, values := range found {
		if p.Requested.Neighbors {
			neighbor, err := as[string](values[1], name)
			if err != nil {
				return nil, err
			}
			p.Records = append(p.Records, neighbor)
			if values, err = as[[]any](values[0], name); err != nil {
				return nil, err
			}
		}
		if edges[i], err = edge.Read(values); err != nil {
			return nil, err
		}
	}
	return edges, nil
}

// prefetchedEventColumns returns the columns of an event n with the requested prefetched data, and their decoder.
func (b *builder) prefetchedEventColumns(
	requested store.Prefetch,
) (all columns, decode func(*neo4j.Record) (store.PrefetchedEvent, error)) {
	prefetched, prefetch := b.prefetchColumns(requested)
	return append(eventColumns(), prefetched...), func(r *neo4j.Record) (store.PrefetchedEvent, error) {
		e, err := eventDecoder(b.view)(r)
		item := store.PrefetchedEvent{Event: e}
		if err == nil {
			err = prefetch(r, &item)
		}
		return item, err
	}
}
