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
	neighbor := ""
	if requested.Neighbors {
		neighbor = ", x.record"
	}
	if requested.Edges&kg.WantParticipations != 0 {
		columns += ", COLLECT { MATCH (n)<-[r:PARTICIPATED_IN]-(x:Actor)" + where(b.isKnown("r")) +
			" RETURN [r.record" + neighbor + "] } AS participations"
	}
	if requested.Edges&kg.WantLocations != 0 {
		columns += ", COLLECT { MATCH (n)-[r:OCCURRED_AT]->(x:Location)" + where(b.isKnown("r")) +
			" RETURN [r.record" + neighbor + "] } AS locations"
	}
	if requested.Claims {
		columns += ", COUNT { MATCH (n)<-[:ABOUT]-(c:Claim) WHERE c.knownFrom <= $m } AS claims"
	}
	actor := b.neighbors(func(record string) (kg.Node, error) {
		n, err := codec.Decode[kg.Actor](record)
		n.View = b.view
		return n, err
	})
	place := b.neighbors(func(record string) (kg.Node, error) {
		n, err := codec.Decode[kg.Location](record)
		n.View = b.view
		return n, err
	})
	return columns, func(r *neo4j.Record, e *store.PrefetchedEvent) error {
		a := &store.Prefetched{Requested: requested}
		e.Prefetched = a
		if requested.Edges&kg.WantParticipations != 0 {
			if err := readPairs(r, "participations", &a.Edges.Participations, &a.Neighbors, actor); err != nil {
				return err
			}
		}
		if requested.Edges&kg.WantLocations != 0 {
			if err := readPairs(r, "locations", &a.Edges.Locations, &a.Neighbors, place); err != nil {
				return err
			}
		}
		a.Edges.SortEdges()
		if !requested.Claims {
			return nil
		}
		n, err := column[int64](r, "claims")
		a.Claims = int(n)
		return err
	}
}

// readPairs decodes a column of edges, each with its neighbor if that is prefetched, which read decodes.
func readPairs[T any](
	r *neo4j.Record, name string, edges *[]T, into *[]kg.Node, read func(string) (kg.Node, error),
) error {
	pairs, err := listOf[[]any](r, name)
	if err != nil {
		return err
	}
	for _, pair := range pairs {
		text, err := as[string](pair[0], name)
		if err != nil {
			return err
		}
		edge, err := codec.Decode[T](text)
		if err != nil {
			return kg.Errorf(kg.Internal, "decode a stored edge in %s: %w", name, err)
		}
		*edges = append(*edges, edge)
		if len(pair) == 1 {
			continue
		}
		if text, err = as[string](pair[1], name); err != nil {
			return err
		}
		neighbor, err := read(text)
		if err != nil {
			return err
		}
		*into = append(*into, neighbor)
	}
	return nil
}
