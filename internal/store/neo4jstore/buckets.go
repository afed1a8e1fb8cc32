package neo4jstore

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
)

// Buckets reads one row for each event and counts in the model, whose calendar knows zones.
func (s *Store) Buckets(ctx context.Context, q kg.BucketQuery) ([]kg.Bucket, error) {
	b := s.builder(q.View)
	filter, err := b.events(ctx, "n", q.Filter)
	if err != nil {
		return nil, err
	}
	narrow, err := b.narrow(ctx, "n", q.Filter)
	if err != nil {
		return nil, err
	}
	keys, err := b.keys(q.SplitBy)
	if err != nil {
		return nil, err
	}
	rows, err := s.query(ctx, "MATCH "+b.states("n")+where(narrow, b.inView("n"), filter)+
		" RETURN n.record AS record, "+b.hasParts("n")+" AS hasParts, "+keys+" AS keys", b.params)
	if err != nil {
		return nil, err
	}
	counter := kg.NewBucketer(q)
	for _, r := range rows {
		row, err := bucketRow(r)
		if err != nil {
			return nil, err
		}
		if err := counter.Add(row); err != nil {
			return nil, err
		}
	}
	return counter.Buckets()
}

// keys is a list of the values of a split that an event n has.
func (b *builder) keys(split kg.BucketSplit) (string, error) {
	place := b.eventOf("n") + "-[o:OCCURRED_AT]->(l:Location)"
	claim := b.eventOf("n") + "<-[:ABOUT]-(c:Claim)"
	switch split {
	case "":
		return "[]", nil
	case kg.SplitByCategory:
		return "[n.category]", nil
	case kg.SplitByModality:
		return "[n.modality]", nil
	case kg.SplitByStatus:
		return "[n.status]", nil
	case kg.SplitByCountry:
		return "COLLECT { MATCH " + place + where(b.known("o"), "l.country <> ''") + " RETURN DISTINCT l.country }", nil
	case kg.SplitByAdmin1:
		kind := b.param(string(kg.LocationAdmin1))
		return "COLLECT { MATCH " + place + where(b.known("o")) + " WITH DISTINCT l MATCH up = (l)-[:WITHIN*0..]->(a:Location {kind: " + kind + "})" +
			" WHERE none(x IN nodes(up)[..-1] WHERE x.kind = " + kind + ") RETURN DISTINCT a.id }", nil
	case kg.SplitByPublisher:
		return "COLLECT { MATCH " + claim + "-[:IN]->(d:Document)" + where(b.live("c"), "d.publisher <> ''") + " RETURN DISTINCT d.publisher }", nil
	case kg.SplitByClaimant:
		return "COLLECT { MATCH " + claim + "-[:ACCORDING_TO]->(a:Actor)" + where(b.live("c")) + " RETURN DISTINCT a.id }", nil
	}
	return "", kg.Errorf(kg.Internal, "no split by %q", split)
}

func bucketRow(r *neo4j.Record) (kg.BucketRow, error) {
	state, err := recordOf(decodeState)(r)
	if err != nil {
		return kg.BucketRow{}, err
	}
	hasParts, err := column[bool](r, "hasParts")
	if err != nil {
		return kg.BucketRow{}, err
	}
	keys, err := listOf[string](r, "keys")
	return kg.BucketRow{Time: state.Time, Killed: state.Toll.Killed, HasParts: hasParts, Keys: keys}, err
}
