package neo4j

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
	return reads(ctx, s, v, func(b *builder) ([]kg.Node, error) { return b.nodes(ctx, ids) })
}

func (b *builder) nodes(ctx context.Context, ids []kg.ID) ([]kg.Node, error) {
	ids, v := b.one.IDs(ids), b.view
	byKind := map[kg.NodeKind][]kg.ID{}
	for _, id := range ids {
		byKind[id.Kind()] = append(byKind[id.Kind()], id)
	}
	found := map[kg.ID]kg.Node{}
	for kind, asked := range byKind {
		var err error
		match := "UNWIND $ids AS id MATCH (n:" + label(kind) + " {id: id})"
		switch kind {
		case kg.KindActor:
			err = nodes(ctx, b, found, asked, match+where(b.layer("n"))+" RETURN "+b.own("n", "record")+" AS record", recordIn(func(a *kg.Actor) { a.View = v }))
		case kg.KindLocation:
			err = nodes(ctx, b, found, asked, match+where(b.layer("n"))+" RETURN "+b.own("n", "record")+" AS record", recordIn(func(l *kg.Location) { l.View = v }))
		case kg.KindDocument:
			err = nodes(ctx, b, found, asked, match+" RETURN n.record AS record", b.documentIn())
		case kg.KindEvent:
			err = nodes(ctx, b, found, asked, "UNWIND $ids AS id MATCH "+b.states("n")+where("n.id = id", b.inView("n"))+" RETURN n.id AS id, "+eventColumns, eventIn(v))
		case kg.KindClaim:
			err = nodes(ctx, b, found, asked, match+" WHERE n.knownFrom <= $m RETURN "+b.claimColumns(), b.claimIn())
		case kg.KindAffiliation:
			err = nodes(ctx, b, found, asked, match+"-[r:SUPPORTED]->()"+where(b.known("r"))+" RETURN n.record AS record, r.claims AS claims", b.affiliationIn())
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
	rows, err := b.query(ctx, query)
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
func recordIn[T any](see func(*T)) func(*neo4j.Record) (T, error) {
	return func(r *neo4j.Record) (T, error) {
		v, err := recordOf[T](r)
		see(&v)
		return v, err
	}
}

// affiliationIn decodes an affiliation with the claims that support it in the view.
func (b *builder) affiliationIn() func(*neo4j.Record) (kg.Affiliation, error) {
	return func(r *neo4j.Record) (kg.Affiliation, error) {
		a, err := recordOf[kg.Affiliation](r)
		if err != nil {
			return a, err
		}
		a = b.one.Affiliation(a)
		claims, err := listOf[string](r, "claims")
		for _, c := range claims {
			a.Claims = append(a.Claims, kg.ID(c))
		}
		a.View = b.view
		return a, err
	}
}
