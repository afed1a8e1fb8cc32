package sqlite

import (
	"context"
	"database/sql"

	"casus/internal/kg"
	"casus/internal/store/codec"
)

// Nodes returns nodes of any kind by id, with one query for each kind.
func (s *Store) Nodes(ctx context.Context, v kg.View, ids []kg.ID) ([]kg.Node, error) {
	if err := ctx.Err(); err != nil {
		return nil, mapError(err, "read nodes")
	}
	return readView(ctx, s, v, func(r viewReader) ([]kg.Node, error) { return r.nodes(ids) })
}

func (r viewReader) nodes(ids []kg.ID) ([]kg.Node, error) {
	ids, v := r.identities.IDs(ids), r.view
	byKind := map[kg.NodeKind][]kg.ID{}
	for _, id := range ids {
		byKind[id.Kind()] = append(byKind[id.Kind()], id)
	}
	found := map[kg.ID]kg.Node{}
	for kind, kindIDs := range byKind {
		var err error
		switch kind {
		case kg.KindActor:
			q := sqlOf("SELECT a.id, a.record FROM actor a WHERE ").append(r.inLayer("a"), sqlOf(" AND "))
			err = nodes(r, found, recordScanner(func(a *kg.Actor) { a.View = v }), q, "a.id", kindIDs)
		case kg.KindLocation:
			q := sqlOf("SELECT l.id, l.record FROM location l WHERE ").append(r.inLayer("l"), sqlOf(" AND "))
			err = nodes(r, found, recordScanner(func(l *kg.Location) { l.View = v }), q, "l.id", kindIDs)
		case kg.KindDocument:
			q := sqlOf("SELECT id, record FROM document WHERE ")
			err = nodes(r, found, recordScanner(r.viewDocument), q, "id", kindIDs)
		case kg.KindEvent:
			q := sqlOf("SELECT e.event, e.record FROM event_state e WHERE ").append(r.holds("e"), sqlOf(" AND "))
			err = nodes(r, found, eventScanner(v), q, "e.event", kindIDs)
		case kg.KindClaim:
			q := sqlOf("SELECT c.id, ").
				append(r.claimColumns(), sqlOf(" FROM claim c WHERE "), r.isKnown("c"), sqlOf(" AND "))
			err = nodes(r, found, r.claimScanner(), q, "c.id", kindIDs)
		case kg.KindAffiliation:
			q := sqlOf("SELECT a.id, a.record, s.record FROM affiliation a JOIN affiliated s ON s.affiliation = a.id WHERE ").
				append(r.holds("s"), sqlOf(" AND "))
			err = nodes(r, found, r.affiliationScanner(), q, "a.id", kindIDs)
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

// nodes reads the nodes of one kind.
func nodes[T kg.Node](
	r viewReader, found map[kg.ID]kg.Node, scan func() ([]any, func(kg.ID) (T, error)),
	query clause, column string, ids []kg.ID,
) error {
	q := query.append(oneOf(column, ids))
	_, err := rows(r.ctx, r.read, func(row *sql.Rows) (none struct{}, err error) {
		var id string
		into, item := scan()
		if err = row.Scan(append([]any{&id}, into...)...); err == nil {
			found[kg.ID(id)], err = item(kg.ID(id))
		}
		return none, err
	}, q.sql, q.args...)
	return err
}

// affiliationScanner scans an affiliation with the claims that support it in the view.
func (r viewReader) affiliationScanner() func() ([]any, func(kg.ID) (kg.Affiliation, error)) {
	return func() ([]any, func(kg.ID) (kg.Affiliation, error)) {
		var text, claims string
		return []any{&text, &claims}, func(kg.ID) (kg.Affiliation, error) {
			a, err := codec.Decode[kg.Affiliation](text)
			if err == nil {
				a = r.identities.Affiliation(a)
				a.View = r.view
				a.Claims, err = codec.Decode[[]kg.ID](claims)
			}
			return a, err
		}
	}
}
