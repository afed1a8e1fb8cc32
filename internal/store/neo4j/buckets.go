package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/edtf"
	"casus/internal/kg"
	"casus/internal/store"
	"casus/internal/store/bucket"
)

// Buckets counts events by calendar bucket. It reads the number of events for each time and counts here, because Cypher
// cannot group by calendar and time zone as the API does.
func (s *Store) Buckets(ctx context.Context, q store.BucketQuery) ([]store.Bucket, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	return readOverview(ctx, s, q.View, q.Filter, func(o overview) ([]store.Bucket, error) {
		q := q
		q.View, q.Filter = o.view, store.ResolveEventFilter(o.identities, q.Filter)
		keys, err := o.splitKeys(q.SplitBy)
		if err != nil {
			return nil, err
		}
		columns := "n.time AS time, toString(n.nominal) AS nominal, " + keys + " AS keys, "
		if q.Sums != 0 {
			return o.sumBuckets(ctx, q, columns)
		}
		return o.countBuckets(ctx, q, columns)
	})
}

// Knowledge counts what became known about events by calendar bucket.
func (s *Store) Knowledge(ctx context.Context, q store.KnowledgeQuery) ([]store.KnowledgeBucket, error) {
	return bucket.CountKnowledge(ctx, s, q)
}

func (o overview) countBuckets(ctx context.Context, q store.BucketQuery, columns string) ([]store.Bucket, error) {
	rows, err := o.query(ctx, o.events+" RETURN "+columns+"count(*) AS events")
	if err != nil {
		return nil, err
	}
	counted, err := readRows(rows, o.countedRow(map[string]edtf.Time{}, q.SplitBy))
	if err != nil {
		return nil, err
	}
	return bucket.Count(q, counted)
}

// sumBuckets reads one row for each event, because what an event contributes to a sum depends on others.
func (o overview) sumBuckets(ctx context.Context, q store.BucketQuery, columns string) ([]store.Bucket, error) {
	rows, err := o.query(ctx, o.events+" RETURN "+columns+o.selectedColumns())
	if err != nil {
		return nil, err
	}
	events, err := readRows(rows, newSelectedReader().read)
	if err != nil {
		return nil, err
	}
	times := map[string]edtf.Time{}
	counted, err := readRows(rows, func(r *neo4j.Record) (bucket.Row, error) {
		return o.bucketRow(r, times, q.SplitBy)
	})
	if err != nil {
		return nil, err
	}
	selected, err := store.NewEventSums(ctx, q.Sums, events, o.wholesOf)
	if err != nil {
		return nil, err
	}
	return bucket.Sum(ctx, q, counted, selected)
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
	case store.SplitByActor:
		return "COLLECT { MATCH " + b.eventPath("n") + "<-[p:PARTICIPATED_IN]-(a:Actor)" + where(b.isKnown("p")) +
			" RETURN DISTINCT a.id }", nil
	case store.SplitByLocation:
		return "COLLECT { MATCH " + place + where(b.isKnown("o")) + " RETURN DISTINCT l.id }", nil
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
