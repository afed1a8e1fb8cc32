package neo4j

import (
	"context"
	"maps"
	"slices"

	"casus/internal/kg"
	"casus/internal/store/apply"
	"casus/internal/store/codec"
	"casus/internal/store/neo4j/rows"
)

// put writes the properties of nodes of one kind, deletes their relationships of the types in drop and creates the
// relationships that links returns.
func put[T kg.Identified](
	ctx context.Context, t tx, kind kg.NodeKind, records []T, emit func(rows.Columns, T, string),
	drop string, links func(T) map[linkType][]kg.ID,
) error {
	all := make([]row, len(records))
	linked := map[linkType][]row{}
	for i, r := range records {
		record, err := codec.Encode(r)
		if err != nil {
			return err
		}
		all[i] = rowOf(func(c rows.Columns) { emit(c, r, record) })
		if id := r.NodeID(); links != nil {
			for l, to := range links(r) {
				linked[l] = append(linked[l], pairs(id, to...)...)
			}
		}
	}
	if err := putRows(ctx, t, kind, records, all, drop); err != nil {
		return err
	}
	for l, ids := range linked {
		if err := t.createEdges(ctx, kind, l.typ, l.to, ids); err != nil {
			return err
		}
	}
	return nil
}

// putRows writes the properties of nodes and deletes their relationships of the types in drop.
func putRows[T kg.Identified](
	ctx context.Context, t tx, kind kg.NodeKind, records []T, properties []row, drop string,
) error {
	all := make([]row, len(properties))
	var old []row
	for i, r := range records {
		all[i] = row{"p": properties[i]}
		if id := r.NodeID(); t.created[id] {
			t.written[id] = r
		} else {
			old = append(old, row{"id": string(id)})
		}
	}
	if err := t.forEach(ctx, "MERGE (n:"+label(kind)+" {id: row.p.id}) SET n = row.p", all); err != nil || drop == "" {
		return err
	}
	return t.forEach(ctx, "MATCH (n:"+label(kind)+" {id: row.id})-[r:"+drop+"]->() DELETE r", old)
}

// putViews writes actors or locations in both views. A representative, the node that stands for its class, has the
// properties of the class, and its own under their exact names. The other members are in the EXACT layer only.
// Relationships to identifiers, which are nodes, have the layer in which they hold.
func putViews[T kg.Identified](
	ctx context.Context, t tx, kind kg.NodeKind, records []apply.Views[T], emit func(rows.Columns, T, string),
	drop string, identifiers func(T) []kg.Identifier,
) error {
	exact, properties := make([]T, len(records)), make([]row, len(records))
	var identified []row
	for i, r := range records {
		exact[i] = r.Exact
		exactRecord, err := codec.Encode(r.Exact)
		if err != nil {
			return err
		}
		shown, record := r.Exact, exactRecord
		if r.Resolved != nil {
			shown = *r.Resolved
			if record, err = codec.Encode(shown); err != nil {
				return err
			}
		}
		properties[i] = rowOf(func(c rows.Columns) {
			emit(c, shown, record)
			if r.Resolved != nil {
				rows.ExactColumns(c, func(c rows.Columns) { emit(c, r.Exact, exactRecord) })
			}
			if r.Hidden {
				rows.Layer(c, apply.Exact)
			}
		})
		keys := apply.LayersOf(r, func(v T) []string { return rows.Identifiers(identifiers(v)) })
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			identified = append(identified, row{"id": string(r.Exact.NodeID()), "key": key, "p": layerRow(keys[key])})
		}
	}
	if err := putRows(ctx, t, kind, exact, properties, drop); err != nil {
		return err
	}
	return t.forEach(ctx, "MATCH (n:"+label(kind)+" {id: row.id}) USING INDEX n:"+label(kind)+"(id)"+
		" MERGE (i:Identifier {key: row.key}) CREATE (n)-[r:IDENTIFIED_BY]->(i) SET r = row.p", identified)
}

// layerRow returns the properties of a relationship that has only a layer.
func layerRow(layer apply.Layer) row {
	return rowOf(func(c rows.Columns) { rows.Layer(c, layer) })
}

func (t tx) PutActors(ctx context.Context, records []apply.Views[kg.Actor]) error {
	return putViews(ctx, t, kg.KindActor, records, rows.Actor, "IDENTIFIED_BY",
		func(a kg.Actor) []kg.Identifier { return a.Identifiers })
}

func (t tx) PutLocations(ctx context.Context, records []apply.Views[kg.Location]) error {
	identifiers := func(l kg.Location) []kg.Identifier { return l.Identifiers }
	err := putViews(ctx, t, kg.KindLocation, records, rows.Location, "IDENTIFIED_BY|WITHIN", identifiers)
	if err != nil {
		return err
	}
	var all []row
	for _, r := range records {
		parents := apply.LayersOf(r, func(l kg.Location) []kg.ID { return l.Parents })
		for _, parent := range slices.Sorted(maps.Keys(parents)) {
			all = append(all, row{"a": string(r.Exact.ID), "b": string(parent), "p": layerRow(parents[parent])})
		}
	}
	return t.forEach(ctx, "MATCH (a:Location {id: row.a}) USING INDEX a:Location(id)"+
		" MATCH (b:Location {id: row.b}) USING INDEX b:Location(id)"+
		" CREATE (a)-[r:WITHIN]->(b) SET r = row.p", all)
}

// PutDocuments defers new documents and all links to the end of the batch, since a link may lead to a new document.
func (t tx) PutDocuments(ctx context.Context, records []kg.Document) error {
	var old []kg.Document
	for _, d := range records {
		if t.created[d.ID] {
			record, err := codec.Encode(d)
			if err != nil {
				return err
			}
			t.written[d.ID] = d
			t.batch.node(label(kg.KindDocument), string(d.ID), func(c rows.Columns) { rows.Document(c, d, record) })
		} else {
			old = append(old, d)
		}
		t.batch.links("PUBLISHED_BY", d.ID, d.Publisher)
		t.batch.links("SYNDICATES", d.ID, d.Syndicates)
	}
	return put(ctx, t, kg.KindDocument, old, rows.Document, "PUBLISHED_BY|SYNDICATES", nil)
}

func (t tx) PutReleases(ctx context.Context, records []kg.Release) error {
	return put(ctx, t, kg.KindRelease, records, rows.Release, "", nil)
}

func (t tx) PutAffiliations(ctx context.Context, records []kg.Affiliation) error {
	links := func(a kg.Affiliation) map[linkType][]kg.ID {
		return map[linkType][]kg.ID{
			{"HOLDER", kg.KindActor}: {a.Holder}, {"COUNTERPART", a.Counterpart.Kind()}: {a.Counterpart},
		}
	}
	var old []row // their relationships repeat the record and its ends
	for _, a := range records {
		if !t.created[a.ID] {
			old = append(old, row{"id": string(a.ID)})
		}
	}
	if err := t.forEach(ctx, dropAffiliatedWith, old); err != nil {
		return err
	}
	if err := put(ctx, t, kg.KindAffiliation, records, rows.Affiliation, "HOLDER|COUNTERPART", links); err != nil {
		return err
	}
	if err := t.forEach(ctx, "MATCH (f:Affiliation {id: row.id})-[s:SUPPORTED]->(before) MATCH (f)-[:HOLDER]->(h)"+
		" WHERE h <> before CREATE (f)-[n:SUPPORTED]->(h) SET n = properties(s) DELETE s", old); err != nil {
		return err
	}
	return t.forEach(ctx, createAffiliatedWith, old)
}

func (t tx) PutIdentities(ctx context.Context, records []kg.IdentityDecision) error {
	return put(ctx, t, kg.KindIdentity, records, rows.Decision, "", nil)
}

// linkType is a type of relationship and the kind of node that it leads to.
type linkType struct {
	typ string
	to  kg.NodeKind
}
