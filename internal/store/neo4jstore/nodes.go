package neo4jstore

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
)

// Nodes finds nodes of any kind by id, with one query for each kind.
func (s *Store) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	if err := ctx.Err(); err != nil {
		return nil, mapError(ctx, err, "read nodes")
	}
	byKind := map[kg.NodeKind][]kg.ID{}
	for _, id := range ids {
		byKind[id.Kind()] = append(byKind[id.Kind()], id)
	}
	found := map[kg.ID]kg.Node{}
	b := s.builder(v)
	for kind, asked := range byKind {
		var err error
		match := "UNWIND $ids AS id MATCH (n:" + label(kind) + " {id: id})"
		switch kind {
		case kg.KindActor:
			err = nodes(ctx, b, found, asked, match+" RETURN n.record AS record", recordIn(decodeActor, func(a *kg.Actor) { a.View = v }))
		case kg.KindLocation:
			err = nodes(ctx, b, found, asked, match+" RETURN n.record AS record", recordIn(decodeLocation, func(l *kg.Location) { l.View = v }))
		case kg.KindDocument:
			err = nodes(ctx, b, found, asked, match+" RETURN n.record AS record", recordIn(decodeDocument, func(d *kg.Document) { d.View = v }))
		case kg.KindEvent:
			err = nodes(ctx, b, found, asked, "UNWIND $ids AS id MATCH "+b.states("n")+where("n.id = id", b.inView("n"))+" RETURN n.id AS id, "+eventColumns, eventIn(v))
		case kg.KindClaim:
			err = nodes(ctx, b, found, asked, match+" WHERE n.knownFrom <= $m RETURN "+claimColumns, claimIn(v))
		case kg.KindAffiliation:
			err = nodes(ctx, b, found, asked, match+"-[r:SUPPORTED]->()"+where(b.known("r"))+" RETURN n.record AS record, r.claims AS claims", affiliationIn(v))
		}
		if err != nil {
			return nil, err
		}
	}
	all := make([]kg.Node, len(ids))
	for i, id := range ids {
		all[i] = found[id]
	}
	return all, nil
}

// nodes reads those of one kind.
func nodes[T kg.Node](ctx context.Context, b *builder, found map[kg.ID]kg.Node, ids []kg.ID, query string, read func(*neo4j.Record) (T, error)) error {
	b.params["ids"] = stringsOf(ids)
	rows, err := b.store.query(ctx, query, b.params)
	if err != nil {
		return err
	}
	for _, r := range rows {
		n, err := read(r)
		if err != nil {
			return err
		}
		found[n.NodeID()] = n
	}
	return nil
}

// recordIn decodes a record and lets see mark it with the view.
func recordIn[T any](decode func(string) (T, error), see func(*T)) func(*neo4j.Record) (T, error) {
	return func(r *neo4j.Record) (T, error) {
		v, err := recordOf(decode)(r)
		see(&v)
		return v, err
	}
}

// affiliationIn decodes an affiliation with the claims that support it in a view.
func affiliationIn(v kg.View) func(*neo4j.Record) (kg.Affiliation, error) {
	return func(r *neo4j.Record) (kg.Affiliation, error) {
		a, err := recordOf(decodeAffiliation)(r)
		if err != nil {
			return a, err
		}
		claims, err := listOf[string](r, "claims")
		for _, c := range claims {
			a.Claims = append(a.Claims, kg.ID(c))
		}
		a.View = v
		return a, err
	}
}
