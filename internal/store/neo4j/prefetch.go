package neo4j

import (
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
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
	if requested.Edges&kg.WantParticipations != 0 {
		all = append(all, namedColumn{"participations", "COLLECT { MATCH (n)<-[r:PARTICIPATED_IN]-()" +
			where(b.isKnown("r")) + " RETURN r.record }"})
	}
	if requested.Edges&kg.WantLocations != 0 {
		all = append(all, namedColumn{"locations", "COLLECT { MATCH (n)-[r:OCCURRED_AT]->()" +
			where(b.isKnown("r")) + " RETURN r.record }"})
	}
	if requested.Claims {
		all = append(all, namedColumn{"claims", "COUNT { MATCH (n)<-[:ABOUT]-(c:Claim) WHERE c.knownFrom <= $m }"})
	}
	return all, func(r *neo4j.Record, e *store.PrefetchedEvent) (err error) {
		p := &store.Prefetched{Requested: requested}
		p.Requested.Neighbors = false
		e.Prefetched = p
		if requested.Edges&kg.WantParticipations != 0 {
			if p.Edges.Participations, err = edgesOf[kg.Participation](r, "participations"); err != nil {
				return err
			}
		}
		if requested.Edges&kg.WantLocations != 0 {
			if p.Edges.Locations, err = edgesOf[kg.EventLocation](r, "locations"); err != nil {
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

// edgesOf decodes a column of edges.
func edgesOf[T any](r *neo4j.Record, name string) ([]T, error) {
	records, err := listOf[string](r, name)
	if err != nil || len(records) == 0 {
		return nil, err
	}
	edges := make([]T, len(records))
	for i, record := range records {
		if edges[i], err = codec.Decode[T](record); err != nil {
			return nil, kg.Errorf(kg.Internal, "decode a stored edge in %s: %w", name, err)
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
