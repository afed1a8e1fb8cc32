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
) (columns string, read func(*neo4j.Record, *store.PrefetchedEvent) error) {
	if !b.canPrefetch(requested) {
		return "", func(*neo4j.Record, *store.PrefetchedEvent) error { return nil }
	}
	if requested.Edges&kg.WantParticipations != 0 {
		columns += ", COLLECT { MATCH (n)<-[r:PARTICIPATED_IN]-(:Actor)" + where(b.isKnown("r")) +
			" RETURN r.record } AS participations"
	}
	if requested.Edges&kg.WantLocations != 0 {
		columns += ", COLLECT { MATCH (n)-[r:OCCURRED_AT]->(:Location)" + where(b.isKnown("r")) +
			" RETURN r.record } AS locations"
	}
	if requested.Claims {
		columns += ", COUNT { MATCH (n)<-[:ABOUT]-(c:Claim) WHERE c.knownFrom <= $m } AS claims"
	}
	return columns, func(r *neo4j.Record, e *store.PrefetchedEvent) (err error) {
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
) (columns string, decode func(*neo4j.Record) (store.PrefetchedEvent, error)) {
	columns, prefetch := b.prefetchColumns(requested)
	return eventColumns + columns, func(r *neo4j.Record) (store.PrefetchedEvent, error) {
		e, err := eventDecoder(b.view)(r)
		item := store.PrefetchedEvent{Event: e}
		if err == nil {
			err = prefetch(r, &item)
		}
		return item, err
	}
}
