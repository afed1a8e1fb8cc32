package neo4jstore

import (
	"context"

	"casus/internal/kg"
)

func (t tx) InsertClaims(ctx context.Context, claims []kg.Claim) error {
	var rows, found []row
	for _, c := range claims {
		t.inserted[c.ID] = true
		record, err := encode(c)
		if err != nil {
			return err
		}
		var speaker kg.ID
		if c.Quote != nil {
			speaker = c.Quote.Speaker
		}
		rows = append(rows, row{"p": row{
			"id": string(c.ID), "idKey": sortKey(string(c.ID)), "subject": string(c.Subject), "document": string(c.Document), "release": string(c.Release),
			"stance": string(c.Stance), "aspect": string(c.Aspect), "speaker": string(speaker),
			"knownFrom": int64(c.KnownFrom()), "knownTo": int64(kg.EndOfTime),
			"assertedEarliest": int64(c.AssertedAt.Earliest), "assertedLatest": int64(c.AssertedAt.Latest),
			"hasQuote": c.Quote != nil, "directQuote": c.Quote != nil && c.Quote.Direct, "hasFigures": len(c.Says.Figures) > 0,
			"recordedAt": int64(c.RecordedAt), "withdrawnBy": []string{}, "record": record,
		}, "claimants": stringsOf(c.Claimants), "cites": stringsOf(c.Cites)})
		found = append(found, searchRow(c, c.KnownFrom(), kg.EndOfTime)...)
	}
	for _, s := range []string{
		"CREATE (c:Claim) SET c = row.p",
		"MATCH (c:Claim {id: row.p.id}) MATCH (e:Event {id: row.p.subject}) CREATE (c)-[:ABOUT]->(e)",
		"MATCH (c:Claim {id: row.p.id}) MATCH (a:Affiliation {id: row.p.subject}) CREATE (c)-[:ABOUT]->(a)",
		"MATCH (c:Claim {id: row.p.id}) MATCH (d:Document {id: row.p.document}) CREATE (c)-[:IN]->(d)",
		"MATCH (c:Claim {id: row.p.id}) MATCH (r:Release {id: row.p.release}) CREATE (c)-[:OF_RELEASE]->(r)",
		"MATCH (c:Claim {id: row.p.id}) UNWIND row.claimants AS id MATCH (a:Actor {id: id}) CREATE (c)-[:ACCORDING_TO]->(a)",
		"MATCH (c:Claim {id: row.p.id}) UNWIND row.cites AS id MATCH (d:Document {id: id}) CREATE (c)-[:CITES]->(d)",
	} {
		if err := t.each(ctx, s, rows); err != nil {
			return err
		}
	}
	return t.addSearch(ctx, found)
}
