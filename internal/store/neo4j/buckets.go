package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
	"casus/internal/store"
)

// Buckets counts events by calendar bucket. It reads one row for each event and counts here, because Cypher cannot
// group by calendar and time zone as the API does.
func (s *Store) Buckets(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
	return readView(ctx, s, q.Filter.InView(q.View), func(b *builder) ([]store.Bucket, error) {
		q := q
		q.View, q.Filter = b.view, store.ResolveEventFilter(b.identities, q.Filter)
		return b.countBuckets(ctx, q)
	})
}

func (b *builder) countBuckets(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
	filter, err := b.events(ctx, "n", q.Filter)
	if err != nil {
		return nil, err
	}
	candidates, err := b.candidates(ctx, "n", q.Filter)
	if err != nil {
		return nil, err
	}
	keys, err := b.splitKeys(q.SplitBy)
	if err != nil {
		return nil, err
	}
	rows, err := b.query(ctx, "MATCH "+b.statePattern("n")+where(candidates, b.inView("n"), filter)+
		" RETURN n.record AS record, "+b.hasParts("n")+" AS hasParts, "+keys+" AS keys")
	if err != nil {
		return nil, err
	}
	counter := store.NewBucketCounter(q)
	for _, r := range rows {
		row, err := bucketRow(r)
		if err != nil {
			return nil, err
		}
		if q.SplitBy == store.SplitByPublisher || q.SplitBy == store.SplitByClaimant {
			row.Keys = b.uniqueClasses(row.Keys)
		}
		if err := counter.Add(row); err != nil {
			return nil, err
		}
	}
	return counter.Buckets()
}

// splitKeys returns an expression for the list of values of a split that an event n has.
func (b *builder) splitKeys(split store.BucketSplit) (string, error) {
	place := b.eventPath("n") + "-[o:OCCURRED_AT]->(l:Location)"
	claim := b.claimsPath(b.eventPath("n")) + "(c:Claim)"
	switch split {
	case "":
		return "[]", nil
	case store.SplitByCategory:
		return "[n.category]", nil
	case store.SplitByModality:
		return "[n.modality]", nil
	case store.SplitByStatus:
		return "[n.status]", nil
	case store.SplitByCountry:
		return "COLLECT { MATCH " + place + where(b.isKnown("o"), b.property("l", "country")+" <> ''") +
			" RETURN DISTINCT " + b.property("l", "country") + " }", nil
	case store.SplitByAdmin1:
		kind := b.param(string(kg.LocationAdmin1))
		return "COLLECT { MATCH " + place + where(b.isKnown("o")) + " WITH DISTINCT l" +
			" MATCH up = (l)-[:WITHIN*0..]->(a:Location)" +
			where(b.property("a", "kind")+" = "+kind,
				"none(x IN nodes(up)[..-1] WHERE "+b.property("x", "kind")+" = "+kind+")",
				b.pathInLayer("relationships(up)")) +
			" RETURN DISTINCT a.id }", nil
	case store.SplitByPublisher:
		source, isSource := b.sourcePath("c", "d")
		return "COLLECT { MATCH " + claim + source + where(b.isLive("c"), isSource, "d.publisher <> ''") +
			" RETURN DISTINCT d.publisher }", nil
	case store.SplitByClaimant:
		return "COLLECT { MATCH " + claim + "-[:ACCORDING_TO]->(a:Actor)" + where(b.isLive("c")) +
			" RETURN DISTINCT a.id }", nil
	}
	return "", kg.Errorf(kg.Internal, "no split by %q", split)
}

// uniqueClasses returns the classes of actors, each once.
func (b *builder) uniqueClasses(actors []string) []string {
	if !b.identities.HasMerged(kg.KindActor) {
		return actors
	}
	ids := make([]kg.ID, len(actors))
	for i, a := range actors {
		ids[i] = kg.ID(a)
	}
	return stringsOf(b.identities.UniqueClasses(ids))
}

func bucketRow(r *neo4j.Record) (store.BucketRow, error) {
	state, err := recordOf[kg.EventState](r)
	if err != nil {
		return store.BucketRow{}, err
	}
	hasParts, err := column[bool](r, "hasParts")
	if err != nil {
		return store.BucketRow{}, err
	}
	keys, err := listOf[string](r, "keys")
	return store.BucketRow{
		Time: state.Time, Nominal: state.Nominal.Start(), Killed: state.Toll.Killed, HasParts: hasParts, Keys: keys,
	}, err
}
