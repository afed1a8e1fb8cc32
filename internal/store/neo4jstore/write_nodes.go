package neo4jstore

import (
	"context"

	"casus/internal/kg"
)

// put writes nodes of one kind: their properties, what they are found by, and then each statement, which makes their
// relationships anew.
func put[T kg.Identified](ctx context.Context, t tx, kind kg.NodeKind, records []T, properties func(T) row, then ...string) error {
	rows := make([]row, len(records))
	for i, r := range records {
		record, err := encode(r)
		if err != nil {
			return err
		}
		rows[i] = properties(r)
		p := rows[i]["p"].(row)
		p["id"], p["idKey"], p["record"] = string(r.NodeID()), sortKey(string(r.NodeID())), record
	}
	statements := append([]string{"MERGE (n:" + label(kind) + " {id: row.p.id}) SET n = row.p"}, then...)
	for _, s := range statements {
		if err := t.each(ctx, s, rows); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) PutActors(ctx context.Context, records []kg.Actor) error {
	if err := put(ctx, t, kg.KindActor, records, func(a kg.Actor) row {
		return row{"p": row{"kind": string(a.Kind), "country": a.Country, "nameKey": sortKey(kg.NameKey(a.Names)), "name": kg.BestName(a.Names, "")},
			"identifiers": identifierKeys(a.Identifiers)}
	}, "MATCH (n:Actor {id: row.p.id})-[r:IDENTIFIED_BY]->() DELETE r",
		"MATCH (n:Actor {id: row.p.id}) UNWIND row.identifiers AS key MERGE (i:Identifier {key: key}) CREATE (n)-[:IDENTIFIED_BY]->(i)"); err != nil {
		return err
	}
	return putSearch(ctx, t, records)
}

func (t tx) PutLocations(ctx context.Context, records []kg.Location) error {
	if err := put(ctx, t, kg.KindLocation, records, func(l kg.Location) row {
		p := row{"kind": string(l.Kind), "country": l.Country, "nameKey": sortKey(kg.NameKey(l.Names)), "name": kg.BestName(l.Names, "")}
		if l.Point != nil {
			p["latitude"], p["longitude"] = l.Point.Latitude, l.Point.Longitude
		}
		return row{"p": p, "identifiers": identifierKeys(l.Identifiers), "parents": stringsOf(l.Parents)}
	}, "MATCH (n:Location {id: row.p.id}) WHERE n.latitude IS NOT NULL SET n.point = point({latitude: n.latitude, longitude: n.longitude})",
		"MATCH (n:Location {id: row.p.id})-[r:IDENTIFIED_BY|WITHIN]->() DELETE r",
		"MATCH (n:Location {id: row.p.id}) UNWIND row.identifiers AS key MERGE (i:Identifier {key: key}) CREATE (n)-[:IDENTIFIED_BY]->(i)",
		"MATCH (n:Location {id: row.p.id}) UNWIND row.parents AS parent MATCH (p:Location {id: parent}) CREATE (n)-[:WITHIN]->(p)"); err != nil {
		return err
	}
	return putSearch(ctx, t, records)
}

func identifierKeys(identifiers []kg.Identifier) []string {
	keys := make([]string, len(identifiers))
	for i, id := range identifiers {
		keys[i] = id.Scheme + " " + id.Value
	}
	return keys
}

func (t tx) PutDocuments(ctx context.Context, records []kg.Document) error {
	if err := put(ctx, t, kg.KindDocument, records, func(d kg.Document) row {
		earliest, latest := bounds(d.PublishedAt)
		return row{"p": row{
			"publisher": string(d.Publisher), "language": d.Language, "titleKey": sortKey(kg.NameKey(d.Titles)), "title": kg.BestName(d.Titles, ""),
			"syndicates": string(d.Syndicates), "hasPublished": d.PublishedAt != nil, "publishedEarliest": earliest, "publishedLatest": latest,
			"publishedAsc": kg.PublishedKey(d, kg.Asc), "publishedDesc": kg.PublishedKey(d, kg.Desc),
		}}
	}, "MATCH (n:Document {id: row.p.id})-[r:PUBLISHED_BY|SYNDICATES]->() DELETE r",
		"MATCH (n:Document {id: row.p.id}) MATCH (a:Actor {id: row.p.publisher}) CREATE (n)-[:PUBLISHED_BY]->(a)",
		"MATCH (n:Document {id: row.p.id}) MATCH (d:Document {id: row.p.syndicates}) CREATE (n)-[:SYNDICATES]->(d)"); err != nil {
		return err
	}
	return putSearch(ctx, t, records)
}

func (t tx) PutReleases(ctx context.Context, records []kg.Release) error {
	return put(ctx, t, kg.KindRelease, records, func(r kg.Release) row {
		return row{"p": row{"name": r.Name, "release": r.Release}}
	})
}

func (t tx) PutAffiliations(ctx context.Context, records []kg.Affiliation) error {
	return put(ctx, t, kg.KindAffiliation, records, func(a kg.Affiliation) row {
		earliest, latest := bounds(a.ValidTime)
		return row{"p": row{
			"holder": string(a.Holder), "counterpart": string(a.Counterpart), "type": string(a.Type), "position": a.Position,
			"validEarliest": earliest, "validLatest": latest,
		}}
	}, "MATCH (n:Affiliation {id: row.p.id})-[r:HOLDER|COUNTERPART]->() DELETE r",
		"MATCH (n:Affiliation {id: row.p.id}) MATCH (a:Actor {id: row.p.holder}) CREATE (n)-[:HOLDER]->(a)",
		"MATCH (n:Affiliation {id: row.p.id}) MATCH (a:Actor {id: row.p.counterpart}) CREATE (n)-[:COUNTERPART]->(a)",
		"MATCH (n:Affiliation {id: row.p.id}) MATCH (l:Location {id: row.p.counterpart}) CREATE (n)-[:COUNTERPART]->(l)")
}

func (t tx) PutIdentities(ctx context.Context, records []kg.IdentityDecision) error {
	return put(ctx, t, kg.KindIdentity, records, func(d kg.IdentityDecision) row {
		return row{"p": row{"a": string(d.A), "b": string(d.B), "same": d.Same, "decidedBy": d.DecidedBy, "decidedAt": int64(d.DecidedAt)}}
	})
}

// bounds are a time's; those of a time that is not given are open.
func bounds(t *kg.Time) (earliest, latest int64) {
	if t == nil {
		return int64(kg.BeginningOfTime), int64(kg.EndOfTime)
	}
	return int64(t.Earliest), int64(t.Latest)
}
