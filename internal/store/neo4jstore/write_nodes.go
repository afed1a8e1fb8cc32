package neo4jstore

import (
	"context"

	"casus/internal/kg"
	"casus/internal/store/neo4jstore/rows"
)

// put writes nodes of one kind: their properties, and then their relationships anew: those of the types drop go, and links
// gives what there is instead. An identifier is a node of its own.
func put[T kg.Identified](ctx context.Context, t tx, kind kg.NodeKind, records []T, give func(rows.Columns, T, string), drop string, links func(T) map[link][]kg.ID) error {
	all := make([]row, len(records))
	var old []row
	linked := map[link][]row{}
	for i, r := range records {
		record, err := rows.Encode(r)
		if err != nil {
			return err
		}
		id := r.NodeID()
		all[i] = row{"p": rowOf(func(c rows.Columns) { give(c, r, record) })}
		if t.made[id] {
			t.put[id] = r
		} else {
			old = append(old, row{"id": string(id)})
		}
		if links != nil {
			for l, to := range links(r) {
				linked[l] = append(linked[l], pairs(id, to...)...)
			}
		}
	}
	if err := t.each(ctx, "MERGE (n:"+label(kind)+" {id: row.p.id}) SET n = row.p", all); err != nil {
		return err
	}
	if drop != "" {
		if err := t.each(ctx, "MATCH (n:"+label(kind)+" {id: row.id})-[r:"+drop+"]->() DELETE r", old); err != nil {
			return err
		}
	}
	for l, ids := range linked {
		if err := t.link(ctx, kind, l.typ, l.to, ids); err != nil {
			return err
		}
	}
	return nil
}

// identify links nodes to their identifiers.
func identify[T kg.Identified](ctx context.Context, t tx, kind kg.NodeKind, records []T, of func(T) []kg.Identifier) error {
	var all []row
	for _, r := range records {
		for _, key := range rows.Identifiers(of(r)) {
			all = append(all, row{"id": string(r.NodeID()), "key": key})
		}
	}
	return t.each(ctx, "MATCH (n:"+label(kind)+" {id: row.id}) USING INDEX n:"+label(kind)+"(id) MERGE (i:Identifier {key: row.key}) CREATE (n)-[:IDENTIFIED_BY]->(i)", all)
}

func (t tx) PutActors(ctx context.Context, records []kg.Actor) error {
	if err := put(ctx, t, kg.KindActor, records, rows.Actor, "IDENTIFIED_BY", nil); err != nil {
		return err
	}
	return identify(ctx, t, kg.KindActor, records, func(a kg.Actor) []kg.Identifier { return a.Identifiers })
}

func (t tx) PutLocations(ctx context.Context, records []kg.Location) error {
	if err := put(ctx, t, kg.KindLocation, records, rows.Location, "IDENTIFIED_BY|WITHIN", func(l kg.Location) map[link][]kg.ID {
		return map[link][]kg.ID{{"WITHIN", kg.KindLocation}: l.Parents}
	}); err != nil {
		return err
	}
	return identify(ctx, t, kg.KindLocation, records, func(l kg.Location) []kg.Identifier { return l.Identifiers })
}

// PutDocuments leaves those that are new, and all links, to the growth: a link may lead to a new one.
func (t tx) PutDocuments(ctx context.Context, records []kg.Document) error {
	var old []kg.Document
	for _, d := range records {
		if t.made[d.ID] {
			record, err := rows.Encode(d)
			if err != nil {
				return err
			}
			t.put[d.ID] = d
			t.growth.node(label(kg.KindDocument), string(d.ID), func(c rows.Columns) { rows.Document(c, d, record) })
		} else {
			old = append(old, d)
		}
		t.growth.links("PUBLISHED_BY", d.ID, d.Publisher)
		t.growth.links("SYNDICATES", d.ID, d.Syndicates)
	}
	return put(ctx, t, kg.KindDocument, old, rows.Document, "PUBLISHED_BY|SYNDICATES", nil)
}

func (t tx) PutReleases(ctx context.Context, records []kg.Release) error {
	return put(ctx, t, kg.KindRelease, records, rows.Release, "", nil)
}

func (t tx) PutAffiliations(ctx context.Context, records []kg.Affiliation) error {
	return put(ctx, t, kg.KindAffiliation, records, rows.Affiliation, "HOLDER|COUNTERPART", func(a kg.Affiliation) map[link][]kg.ID {
		return map[link][]kg.ID{{"HOLDER", kg.KindActor}: {a.Holder}, {"COUNTERPART", a.Counterpart.Kind()}: {a.Counterpart}}
	})
}

func (t tx) PutIdentities(ctx context.Context, records []kg.IdentityDecision) error {
	return put(ctx, t, kg.KindIdentity, records, rows.Decision, "", nil)
}

// link is a type of relationship and what it leads to.
type link struct {
	typ string
	to  kg.NodeKind
}
