package neo4jstore

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store/neo4jstore/rows"
)

// put writes nodes of one kind: their properties, and then each statement, which makes their relationships anew from
// what beside gives.
func put[T kg.Identified](ctx context.Context, t tx, kind kg.NodeKind, records []T, give func(rows.Columns, T, string), beside func(T) row, then ...string) error {
	all := make([]row, len(records))
	for i, r := range records {
		record, err := rows.Encode(r)
		if err != nil {
			return err
		}
		all[i] = beside(r)
		all[i]["p"] = rowOf(func(c rows.Columns) { give(c, r, record) })
	}
	statements := append([]string{"MERGE (n:" + label(kind) + " {id: row.p.id}) SET n = row.p"}, then...)
	for _, s := range statements {
		if err := t.each(ctx, s, all); err != nil {
			return err
		}
	}
	return nil
}

func nothing[T any](T) row { return row{} }

func (t tx) PutActors(ctx context.Context, records []kg.Actor) error {
	if err := put(ctx, t, kg.KindActor, records, rows.Actor, func(a kg.Actor) row {
		return row{"identifiers": rows.Identifiers(a.Identifiers)}
	}, "MATCH (n:Actor {id: row.p.id})-[r:IDENTIFIED_BY]->() DELETE r",
		"MATCH (n:Actor {id: row.p.id}) UNWIND row.identifiers AS key MERGE (i:Identifier {key: key}) CREATE (n)-[:IDENTIFIED_BY]->(i)"); err != nil {
		return err
	}
	return putSearch(ctx, t, records)
}

func (t tx) PutLocations(ctx context.Context, records []kg.Location) error {
	if err := put(ctx, t, kg.KindLocation, records, rows.Location, func(l kg.Location) row {
		return row{"identifiers": rows.Identifiers(l.Identifiers), "parents": rows.Strings(l.Parents)}
	}, "MATCH (n:Location {id: row.p.id})-[r:IDENTIFIED_BY|WITHIN]->() DELETE r",
		"MATCH (n:Location {id: row.p.id}) UNWIND row.identifiers AS key MERGE (i:Identifier {key: key}) CREATE (n)-[:IDENTIFIED_BY]->(i)",
		"MATCH (n:Location {id: row.p.id}) UNWIND row.parents AS parent MATCH (p:Location {id: parent}) CREATE (n)-[:WITHIN]->(p)"); err != nil {
		return err
	}
	return putSearch(ctx, t, records)
}

func (t tx) PutDocuments(ctx context.Context, records []kg.Document) error {
	if err := put(ctx, t, kg.KindDocument, records, rows.Document, nothing,
		"MATCH (n:Document {id: row.p.id})-[r:PUBLISHED_BY|SYNDICATES]->() DELETE r",
		"MATCH (n:Document {id: row.p.id}) MATCH (a:Actor {id: row.p.publisher}) CREATE (n)-[:PUBLISHED_BY]->(a)",
		"MATCH (n:Document {id: row.p.id}) MATCH (d:Document {id: row.p.syndicates}) CREATE (n)-[:SYNDICATES]->(d)"); err != nil {
		return err
	}
	return putSearch(ctx, t, records)
}

func (t tx) PutReleases(ctx context.Context, records []kg.Release) error {
	return put(ctx, t, kg.KindRelease, records, rows.Release, nothing)
}

func (t tx) PutAffiliations(ctx context.Context, records []kg.Affiliation) error {
	return put(ctx, t, kg.KindAffiliation, records, rows.Affiliation, nothing,
		"MATCH (n:Affiliation {id: row.p.id})-[r:HOLDER|COUNTERPART]->() DELETE r",
		"MATCH (n:Affiliation {id: row.p.id}) MATCH (a:Actor {id: row.p.holder}) CREATE (n)-[:HOLDER]->(a)",
		"MATCH (n:Affiliation {id: row.p.id}) MATCH (a:Actor {id: row.p.counterpart}) CREATE (n)-[:COUNTERPART]->(a)",
		"MATCH (n:Affiliation {id: row.p.id}) MATCH (l:Location {id: row.p.counterpart}) CREATE (n)-[:COUNTERPART]->(l)")
}

func (t tx) PutIdentities(ctx context.Context, records []kg.IdentityDecision) error {
	return put(ctx, t, kg.KindIdentity, records, rows.Decision, nothing)
}
