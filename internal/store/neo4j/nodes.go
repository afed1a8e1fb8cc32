package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"casus/internal/kg"
)

// Nodes returns nodes of any kind by id, with one query for each kind.
func (s *Store) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	if err := ctx.Err(); err != nil {
		return nil, mapError(ctx, err, "read nodes")
	}
	return readView(ctx, s, v, func(b *builder) ([]kg.Node, error) { return b.nodes(ctx, ids) })
}

func (b *builder) nodes(ctx context.Context, ids []kg.ID) ([]kg.Node, error) {
	ids, v := b.identities.IDs(ids), b.view
	byKind := map[kg.NodeKind][]kg.ID{}
	for _, id := range ids {
		byKind[id.Kind()] = append(byKind[id.Kind()], id)
	}
	found := map[kg.ID]kg.Node{}
	for kind, requested := range byKind {
		var err error
		match := "UNWIND $ids AS id MATCH (n:" + label(kind) + " {id: id})"
		switch kind {
		case kg.KindActor:
			query := match + where(b.inLayer("n")) + " RETURN " + b.property("n", "_record") + " AS record"
			err = nodes(ctx, b, found, requested, query, recordDecoder(func(a *kg.Actor) { a.View = v }))
		case kg.KindLocation:
			query := match + where(b.inLayer("n")) + " RETURN " + b.property("n", "_record") + " AS record"
			err = nodes(ctx, b, found, requested, query, recordDecoder(func(l *kg.Location) { l.View = v }))
		case kg.KindDocument:
			err = nodes(ctx, b, found, requested, match+" RETURN n._record AS record", b.documentDecoder())
		case kg.KindEvent:
			query := "UNWIND $ids AS id MATCH " + b.statePattern("n") + where("n.id = id", b.inView("n")) +
				" RETURN n.id AS id, " + eventColumns().String()
			err = nodes(ctx, b, found, requested, query, eventDecoder(v))
		case kg.KindClaim:
			query := match + " WHERE n._knownFrom <= $m RETURN " + b.claimColumns().String()
			err = nodes(ctx, b, found, requested, query, b.claimDecoder())
		case kg.KindAffiliation:
			query := match + "-[r:SUPPORTED]->()" + where(b.isKnown("r")) + " RETURN n._record AS record, r.claims AS claims"
			err = nodes(ctx, b, found, requested, query, b.affiliationDecoder())
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

// nodes reads the nodes of one kind into found.
func nodes[T kg.Node](
	ctx context.Context, b *builder, found map[kg.ID]kg.Node, ids []kg.ID,
	query string, read func(*neo4j.Record) (T, error),
) error {
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

// recordDecoder returns a decoder of records; mark sets the view of the result.
func recordDecoder[T any](mark func(*T)) func(*neo4j.Record) (T, error) {
	return func(r *neo4j.Record) (T, error) {
		v, err := recordOf[T](r)
		mark(&v)
		return v, err
	}
}

// affiliationDecoder returns a decoder of affiliations with the claims that support them in the view.
func (b *builder) affiliationDecoder() func(*neo4j.Record) (kg.Affiliation, error) {
	return func(r *neo4j.Record) (kg.Affiliation, error) {
		a, err := recordOf[kg.Affiliation](r)
		if err != nil {
			return a, err
		}
		a = b.identities.Affiliation(a)
		claims, err := listOf[string](r, "claims")
		for _, c := range claims {
			a.Claims = append(a.Claims, kg.ID(c))
		}
		a.View = b.view
		return a, err
	}
}
