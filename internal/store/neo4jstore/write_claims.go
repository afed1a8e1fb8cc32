package neo4jstore

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store/neo4jstore/rows"
)

func (t tx) InsertClaims(ctx context.Context, claims []kg.Claim) error {
	var all, found []row
	for _, c := range claims {
		t.inserted[c.ID] = true
		record, err := rows.Encode(c)
		if err != nil {
			return err
		}
		stands := kg.ClaimLife{KnownTo: kg.EndOfTime}
		all = append(all, row{
			"p":         rowOf(func(p rows.Columns) { rows.Claim(p, c, stands, record) }),
			"claimants": rows.Strings(c.Claimants), "cites": rows.Strings(c.Cites),
		})
		found = append(found, entries(rows.ClaimFoundBy(c))...)
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
		if err := t.each(ctx, s, all); err != nil {
			return err
		}
	}
	return t.addSearch(ctx, found)
}
