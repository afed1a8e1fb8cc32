package neo4j

import (
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/codec"
)

// canPrefetch says whether something is read along with events: where these have the states of the view themselves, and no nodes
// are one.
func (b *builder) canPrefetch(asked store.Prefetch) bool {
	return asked != (store.Prefetch{}) && b.latestOnly() && !b.hasMerged
}

// prefetchColumns makes columns of what is read along with an event n, and what reads them.
func (b *builder) prefetchColumns(asked store.Prefetch) (columns string, read func(*neo4j.Record, *store.PrefetchedEvent) error) {
	if !b.canPrefetch(asked) {
		return "", func(*neo4j.Record, *store.PrefetchedEvent) error { return nil }
	}
	ends := ""
	if asked.Neighbors {
		ends = ", x.record"
	}
	if asked.Edges&kg.WantParticipations != 0 {
		columns += ", COLLECT { MATCH (n)<-[r:PARTICIPATED_IN]-(x:Actor)" + where(b.isKnown("r")) + " RETURN [r.record" + ends + "] } AS participations"
	}
	if asked.Edges&kg.WantLocations != 0 {
		columns += ", COLLECT { MATCH (n)-[r:OCCURRED_AT]->(x:Location)" + where(b.isKnown("r")) + " RETURN [r.record" + ends + "] } AS locations"
	}
	if asked.Claims {
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
		a := &store.Prefetched{Requested: asked}
		e.Prefetched = a
		if asked.Edges&kg.WantParticipations != 0 {
			if err := readPairs(r, "participations", &a.Edges.Participations, &a.Neighbors, actor); err != nil {
				return err
			}
		}
		if asked.Edges&kg.WantLocations != 0 {
			if err := readPairs(r, "locations", &a.Edges.Locations, &a.Neighbors, place); err != nil {
				return err
			}
		}
		a.Edges.SortEdges()
		if !asked.Claims {
			return nil
		}
		n, err := column[int64](r, "claims")
		a.Claims = int(n)
		return err
	}
}

// readPairs reads a column of edges, each perhaps with its other end, which read decodes.
func readPairs[T any](r *neo4j.Record, name string, edges *[]T, into *[]kg.Node, read func(string) (kg.Node, error)) error {
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
			return kg.Errorf(kg.Internal, "a stored edge of %s: %w", name, err)
		}
		*edges = append(*edges, edge)
		if len(pair) == 1 {
			continue
		}
		if text, err = as[string](pair[1], name); err != nil {
			return err
		}
		end, err := read(text)
		if err != nil {
			return err
		}
		*into = append(*into, end)
	}
	return nil
}
